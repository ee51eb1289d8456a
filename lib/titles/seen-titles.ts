import { type ProviderItem, sourceKey } from "@/lib/search/item";
import type { SeenSource, SeenTitles } from "./write-titles";

/** Titles that wait to be written, and every id by which somebody may have got to know them. */
export interface SeenBuffer {
  add(titleId: string, sources: readonly SeenSource[], ids: readonly string[]): void;
  /** The title that an id stands for, while it waits or is being written. */
  find(id: string): string | null;
  sources(titleId: string): readonly SeenSource[];
  /** Up to `max` of the oldest; they stay findable until `settle`. */
  take(max: number): SeenTitles;
  /** `written` false puts them back. */
  settle(taken: SeenTitles, written: boolean): void;
  size(): number;
}

/** Only a database that cannot be written lets so many wait. */
const TITLES_MAX = 5000;

export function createSeenBuffer(onDropped: (titleId: string, sources: readonly SeenSource[]) => void): SeenBuffer {
  const waiting = new Map<string, Map<string, SeenSource>>();
  const writing = new Map<string, ReadonlyMap<string, SeenSource>>();
  const titleOf = new Map<string, string>();

  function put(titleId: string, sources: Iterable<SeenSource>, replaces: boolean): void {
    const known = waiting.get(titleId) ?? new Map<string, SeenSource>();
    for (const source of sources) {
      const key = sourceKey({ providerId: source.providerId, externalId: source.record.externalId });
      if (replaces || !known.has(key)) known.set(key, source);
    }
    waiting.set(titleId, known);
  }

  function forget(titleId: string): void {
    if (waiting.has(titleId) || writing.has(titleId)) return;
    for (const [id, title] of titleOf) if (title === titleId) titleOf.delete(id);
  }

  function dropOldest(): void {
    const [oldest] = waiting;
    if (!oldest) return;
    const [titleId, sources] = oldest;
    waiting.delete(titleId);
    onDropped(titleId, [...sources.values()]);
    forget(titleId);
  }

  return {
    add(titleId, sources, ids) {
      put(titleId, sources, true);
      titleOf.set(titleId, titleId);
      for (const id of ids) titleOf.set(id, titleId);
      if (waiting.size > TITLES_MAX) dropOldest();
    },
    find: (id) => titleOf.get(id) ?? null,
    sources: (titleId) => [...new Map([...(writing.get(titleId) ?? []), ...(waiting.get(titleId) ?? [])]).values()],
    take(max) {
      const taken = new Map([...waiting].slice(0, max));
      for (const [titleId, sources] of taken) {
        waiting.delete(titleId);
        writing.set(titleId, sources);
      }
      return taken;
    },
    settle(taken, written) {
      for (const [titleId, sources] of taken) {
        writing.delete(titleId);
        if (!written) put(titleId, sources.values(), false);
      }
      const gone = new Set([...taken.keys()].filter((titleId) => !waiting.has(titleId)));
      for (const [id, titleId] of titleOf) if (gone.has(titleId)) titleOf.delete(id);
    },
    size: () => waiting.size,
  };
}

/** The provider's record in an item, without what the search added. */
export function toSeenSource(item: ProviderItem): SeenSource {
  const { providerId, rank: _, titleId: __, sourceId: ___, known: ____, ...record } = item;
  return { providerId, record, detailedAt: null };
}
