import type {
  ContentRating,
  CrossIds,
  IdNamespace,
  TitleKind,
  WorkStatus,
  WorkTitle,
  WorkType,
} from "@/lib/providers/work";
import { ID_NAMESPACES } from "@/lib/providers/work";
import { authorKeyOf } from "./author-key";
import type { ProviderItem } from "./item";
import type { Cluster, MergeReason } from "./merge";
import { titleTextOf } from "./title-text";

export type TitleLanguage = "english" | "romanised" | "native";

export interface CardSource {
  providerId: string;
  externalId: string;
  url: string | null;
  rank: number;
}

/** One work as it is shown: what its sources say, put together. */
export interface Card {
  id: string;
  title: string;
  titles: WorkTitle[];
  type: WorkType;
  year: number | null;
  status: WorkStatus;
  authors: string[];
  description: string | null;
  /** Path of our own cover proxy; null when no source has a cover. */
  coverImage: string | null;
  contentRating: ContentRating;
  tags: string[];
  languages: string[];
  /** Place value in this search, higher is better; 0 before it is ranked. */
  score: number;
  isFavorite: boolean;
  ids: CrossIds;
  sources: CardSource[];
  mergedBecause: MergeReason[];
  maybeSame: string[];
  /** Every title id that stands for this card, its own first: a favorite may hang on any of them. */
  titleIds: string[];
}

const TAGS_MAX = 40;
const DESCRIPTION_SANE_MAX = 6000;
const RATING_ORDER: readonly ContentRating[] = ["unknown", "safe", "suggestive", "erotica", "pornographic"];
const KIND_ORDER: readonly TitleKind[] = ["main", "english", "romanised", "native", "synonym"];

/** The merged view of a cluster: lists are united, single values come from the strongest source that has one. */
export function toCard(cluster: Cluster, options: { titleLanguage: TitleLanguage }): Card {
  const { items } = cluster;
  const titles = mergeTitles(items);
  return {
    id: cluster.id,
    title: pickTitle(items, options.titleLanguage),
    titles,
    type: firstOf(items, (item) => (item.type === "unknown" ? null : item.type)) ?? "unknown",
    year: firstOf(items, (item) => item.year),
    status: firstOf(items, (item) => (item.status === "unknown" ? null : item.status)) ?? "unknown",
    authors: unite(items, (item) => item.authors, authorKeyOf),
    description: longestDescription(items),
    coverImage: items.some((item) => item.coverUrl) ? coverPath(cluster.id) : null,
    contentRating: worstRating(items),
    tags: unite(items, (item) => item.tags, toFolded).slice(0, TAGS_MAX),
    languages: unite(items, (item) => item.languages),
    score: 0,
    isFavorite: false,
    ids: mergeIds(items),
    sources: items.map(({ providerId, externalId, url, rank }) => ({ providerId, externalId, url, rank })),
    mergedBecause: cluster.mergedBecause,
    maybeSame: cluster.maybeSame,
    titleIds: listTitleIds(cluster),
  };
}

/** Path of the cover proxy, without the base of the instance. */
export function coverPath(titleId: string): string {
  return `/api/v1/titles/${encodeURIComponent(titleId)}/cover?w=320`;
}

/** The title to show, in the language wanted, else the nearest that there is. Never empty for items with a title. */
export function pickTitle(items: readonly { titles: readonly WorkTitle[] }[], language: TitleLanguage): string {
  for (const wanted of PREFERENCES[language]) {
    const found = firstOf(items, (item) => item.titles.find(wanted)?.text ?? null);
    if (found) return found;
  }
  return "";
}

const isEnglish = (title: WorkTitle) =>
  title.kind === "english" || (title.kind === "main" && /^en\b/i.test(title.lang ?? ""));
const isRomanised = (title: WorkTitle) => title.kind === "romanised" || (title.lang ?? "").endsWith("-Latn");
const isNative = (title: WorkTitle) => title.kind === "native";
const isMain = (title: WorkTitle) => title.kind === "main";
const isAny = () => true;

const PREFERENCES = {
  english: [isEnglish, isMain, isRomanised, isNative, isAny],
  romanised: [isRomanised, isMain, isEnglish, isNative, isAny],
  native: [isNative, isMain, isRomanised, isEnglish, isAny],
} satisfies Record<TitleLanguage, ((title: WorkTitle) => boolean)[]>;

function mergeTitles(items: readonly ProviderItem[]): WorkTitle[] {
  const best = new Map<string, WorkTitle>();
  for (const item of items) {
    for (const title of item.titles) {
      const key = titleTextOf(title.text).folded;
      const other = best.get(key);
      if (!other) best.set(key, title);
      else if (other.lang === null && title.lang !== null) best.set(key, { ...other, lang: title.lang });
    }
  }
  return [...best.values()].sort((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind));
}

function longestDescription(items: readonly ProviderItem[]): string | null {
  let longest: string | null = null;
  let first: string | null = null;
  for (const { description } of items) {
    const text = description?.trim();
    if (!text) continue;
    first ??= text;
    if (text.length <= DESCRIPTION_SANE_MAX && text.length > (longest?.length ?? 0)) longest = text;
  }
  return longest ?? first?.slice(0, DESCRIPTION_SANE_MAX) ?? null;
}

function worstRating(items: readonly ProviderItem[]): ContentRating {
  return items.reduce<ContentRating>(
    (worst, { contentRating }) =>
      RATING_ORDER.indexOf(contentRating) > RATING_ORDER.indexOf(worst) ? contentRating : worst,
    "unknown",
  );
}

function mergeIds(items: readonly ProviderItem[]): CrossIds {
  const ids: Partial<Record<IdNamespace, string>> = {};
  for (const namespace of ID_NAMESPACES) {
    const id = firstOf(items, (item) => item.ids[namespace] ?? null);
    if (id) ids[namespace] = id;
  }
  return ids;
}

function firstOf<Item, Value>(items: readonly Item[], read: (item: Item) => Value | null): Value | null {
  for (const item of items) {
    const value = read(item);
    if (value !== null) return value;
  }
  return null;
}

/**
 * All values of all items in order, each once. Two with one key are one; keys are made only where two values differ as they stand,
 * since catalogues mostly use the same words.
 */
function unite(
  items: readonly ProviderItem[],
  read: (item: ProviderItem) => readonly string[],
  keyOf?: (value: string) => string,
): string[] {
  const values: string[] = [];
  const keys: string[] = [];
  for (const item of items) {
    for (const value of read(item)) {
      if (values.includes(value)) continue;
      if (keyOf) {
        const key = keyOf(value) || value;
        if (keys.includes(key)) continue;
        keys.push(key);
      }
      values.push(value);
    }
  }
  return values;
}

function toFolded(text: string): string {
  return text.toLowerCase();
}

function listTitleIds({ id, items }: Cluster): string[] {
  const ids = [id];
  for (const { titleId } of items) if (!ids.includes(titleId)) ids.push(titleId);
  for (const { sourceId } of items) if (!ids.includes(sourceId)) ids.push(sourceId);
  return ids;
}
