import { toLine } from "./text";
import type { TitleKind, WorkTitle } from "./work";

const TITLES_MAX = 60;

export interface TitleCandidate {
  text: unknown;
  lang?: string | null;
  kind?: TitleKind;
}

/** Titles cleaned, without empty ones and repeats, in order; the first becomes the main one and learns its language from a repeat. */
export function toTitles(candidates: readonly TitleCandidate[]): WorkTitle[] {
  const titles: WorkTitle[] = [];
  for (const { text, lang = null, kind = "synonym" } of candidates) {
    const line = toLine(text);
    if (!line) continue;
    const known = titles.find((title) => title.text === line);
    if (known) known.lang ??= lang;
    else if (titles.length < TITLES_MAX) titles.push({ text: line, lang, kind: titles.length === 0 ? "main" : kind });
  }
  return titles;
}
