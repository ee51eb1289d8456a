import { ProviderError } from "./outcome";
import type { WorkRecord } from "./work";

/** Each item as a record; an unreadable one (`toRecord` gave null) is left out and counted, never the page. */
export function parseItems<Item>(
  raw: readonly Item[],
  toRecord: (item: Item) => WorkRecord | null,
): { items: WorkRecord[]; dropped: number } {
  const items = raw.map(toRecord).filter((record) => record !== null);
  return { items, dropped: raw.length - items.length };
}

/** The one item of a details answer; throws `contract` when it cannot be read. */
export function parseItem<Item>(raw: Item, toRecord: (item: Item) => WorkRecord | null): WorkRecord {
  const record = toRecord(raw);
  if (!record) throw new ProviderError({ class: "contract", message: "The answer's work could not be read." });
  return record;
}
