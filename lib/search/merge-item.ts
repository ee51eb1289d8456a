import type { WorkTitle, WorkType } from "@/lib/providers/work";
import { type ProviderItem, sourceKey } from "./item";
import { authorKey, digitsOf, titleKey } from "./normalise";

export type Family = "comic" | "novel" | "one_shot" | "doujinshi" | "book" | "movie" | "tv" | "subtitle" | "model";

export interface TitleForm {
  key: string;
  text: string;
  isMain: boolean;
  digits: string;
}

/** An item with all that comparing needs, worked out once. */
export interface Prepared {
  item: ProviderItem;
  /** Its place in the list that is merged. */
  index: number;
  key: string;
  /** Null: unknown, which never merges by likeness. */
  family: Family | null;
  titles: readonly TitleForm[];
  authors: readonly string[];
}

const FAMILIES = {
  manga: "comic",
  manhwa: "comic",
  manhua: "comic",
  comic: "comic",
  novel: "novel",
  one_shot: "one_shot",
  doujinshi: "doujinshi",
  book: "book",
  movie: "movie",
  tv: "tv",
  subtitle: "subtitle",
  model: "model",
  unknown: null,
} satisfies Record<WorkType, Family | null>;

// Keys of a record's lists by the identity of the list: the page merges again at every answer, mostly over the same records.
const titleForms = new WeakMap<readonly WorkTitle[], readonly TitleForm[]>();
const authorKeys = new WeakMap<ProviderItem["authors"], readonly string[]>();

export function prepare(item: ProviderItem, index: number): Prepared {
  return {
    item,
    index,
    key: sourceKey(item),
    family: FAMILIES[item.type],
    titles: memo(titleForms, item.titles, toTitleForms),
    authors: memo(authorKeys, item.authors, (authors) => [...new Set(authors.map(authorKey).filter(Boolean))].sort()),
  };
}

/** The folded titles of a work, the main one first, each key once. */
export function titleFormsOf(titles: readonly WorkTitle[]): readonly TitleForm[] {
  return memo(titleForms, titles, toTitleForms);
}

function toTitleForms(titles: readonly WorkTitle[]): readonly TitleForm[] {
  const forms = new Map<string, TitleForm>();
  const hasMain = titles.some((title) => title.kind === "main");
  for (const [place, title] of titles.entries()) {
    const key = titleKey(title.text);
    const isMain = hasMain ? title.kind === "main" : place === 0;
    const before = forms.get(key);
    if (key && (!before || (isMain && !before.isMain))) {
      forms.set(key, { key, text: title.text, isMain, digits: digitsOf(key) });
    }
  }
  return [...forms.values()];
}

function memo<Key extends object, Value>(cache: WeakMap<Key, Value>, key: Key, make: (key: Key) => Value): Value {
  let value = cache.get(key);
  if (value === undefined) {
    value = make(key);
    cache.set(key, value);
  }
  return value;
}
