import { nextOffset, toOffset } from "./paging";
import type { ProviderAdapter, SearchInput, SearchPage } from "./provider";
import { toDescription, toLines } from "./text";
import { toTitles } from "./titles";
import type { WorkRecord } from "./work";
import { parseYear } from "./year";

type Own = Pick<ProviderAdapter, "id" | "name" | "defaultBaseUrl" | "configFields" | "check" | "search"> &
  Partial<ProviderAdapter>;

/** What the providers of language models have in common, around what is an adapter's own. */
export function modelProvider(own: Own): ProviderAdapter {
  return {
    kind: "ai",
    multi: false,
    enabledByDefault: true,
    checkInterval: null,
    // None of them publishes a limit for its list of models: enough for people, and far below what any allows for its other calls.
    rate: { calls: 2, intervalMs: 1000 },
    ...own,
  };
}

export interface ListedModel {
  id: string;
  name?: string | null;
  maker?: string | null;
  /** Anything that begins with a year. */
  created?: unknown;
  description?: string | null;
  tags?: readonly unknown[];
  url?: string | null;
}

/** All models of a provider, as far as they could be read. */
export interface ModelList {
  items: readonly WorkRecord[];
  dropped: number;
}

/** A model as a record; null when its id is no readable text. */
export function toModelRecord(model: ListedModel): WorkRecord | null {
  const titles = toTitles([{ text: model.name }, { text: model.id }]);
  if (titles.length === 0) return null;
  return {
    externalId: model.id,
    titles,
    type: "model",
    year: parseYear(model.created),
    status: "unknown",
    authors: toLines([model.maker]),
    description: toDescription(model.description),
    coverUrl: null,
    contentRating: "unknown",
    tags: toLines(model.tags ?? []),
    languages: [],
    ids: {},
    url: model.url ?? null,
  };
}

/**
 * The page of a list that a search asks for: their APIs only list. Every word of the query must begin a word of a model's names, maker or tags,
 * or stand somewhere in a name. Best first: the name itself, names that begin so, other names, the rest; then newer, shorter, by alphabet. Pure;
 * the order of the list does not matter.
 */
export function searchModels(
  listed: { items: readonly WorkRecord[]; dropped: number },
  input: SearchInput,
): SearchPage {
  const query = toWords(input.text);
  const found = listed.items
    .map((record) => ({ record, score: scoreOf(record, query) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || compareRecords(a.record, b.record))
    .map(({ record }) => record);
  const offset = toOffset(input.page);
  const items = found.slice(offset, offset + input.limit);
  return {
    items,
    // What could not be read is no reason to doubt an answer that has no hits.
    dropped: items.length > 0 || listed.items.length === 0 ? listed.dropped : 0,
    nextPage: nextOffset({ offset, limit: input.limit, received: items.length, total: found.length }),
    total: found.length,
  };
}

function scoreOf({ titles, authors, tags }: WorkRecord, query: readonly string[]): number {
  if (query.length === 0) return 0;
  const wanted = query.join("");
  const names = titles.map(({ text }) => toWords(text));
  const joined = names.map((words) => words.join(""));
  if (joined.includes(wanted)) return 4;
  if (joined.some((name) => name.startsWith(wanted))) return 3;
  const isNamed = (word: string) => joined.some((name) => name.includes(word));
  if (query.every(isNamed)) return 2;
  const others = [...authors, ...tags].flatMap(toWords);
  return query.every((word) => isNamed(word) || others.some((other) => other.startsWith(word))) ? 1 : 0;
}

function compareRecords(a: WorkRecord, b: WorkRecord): number {
  const [one, other] = [a.titles[0]?.text ?? "", b.titles[0]?.text ?? ""];
  return (
    (b.year ?? 0) - (a.year ?? 0) ||
    one.length - other.length ||
    compareText(one, other) ||
    compareText(a.externalId, b.externalId)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function toWords(text: string): string[] {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
