import type { WorkTitle, WorkType } from "@/lib/providers/work";
import { authorKeyOf } from "./author-key";
import type { ProviderItem } from "./item";
import { titleTextOf } from "./title-text";

export type Family = "comic" | "novel" | "one_shot" | "doujinshi" | "book" | "movie" | "tv" | "subtitle" | "model";

export interface TitleForm {
  /** Its item's. */
  index: number;
  key: string;
  text: string;
  isMain: boolean;
  digits: string;
}

/** An item with all that comparing needs, worked out once. */
export interface Prepared {
  item: ProviderItem;
  /** Its place in the list that is merged, the strongest first. */
  index: number;
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

export function prepare(item: ProviderItem, index: number): Prepared {
  return {
    item,
    index,
    family: FAMILIES[item.type],
    titles: toTitleForms(item.titles, index),
    authors: toAuthorKeys(item.authors),
  };
}

/** The folded titles of a work, each key once. */
function toTitleForms(titles: readonly WorkTitle[], index: number): readonly TitleForm[] {
  const forms: TitleForm[] = [];
  const hasMain = titles.some((title) => title.kind === "main");
  titles.forEach((title, order) => {
    const { key, digits } = titleTextOf(title.text);
    if (!key) return;
    const isMain = hasMain ? title.kind === "main" : order === 0;
    const form = { index, key, text: title.text, isMain, digits };
    const place = forms.findIndex((other) => other.key === key);
    if (place < 0) forms.push(form);
    else if (isMain && !forms[place]?.isMain) forms[place] = form;
  });
  return forms;
}

function toAuthorKeys(authors: readonly string[]): readonly string[] {
  const keys: string[] = [];
  for (const author of authors) {
    const key = authorKeyOf(author);
    if (key && !keys.includes(key)) keys.push(key);
  }
  return keys.sort();
}
