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
  const titles = new Map<string, WorkTitle>();
  for (const { text, lang = null, kind = "synonym" } of candidates) {
    const line = toLine(text);
    if (!line) continue;
    const known = titles.get(line);
    if (known) known.lang ??= lang;
    else titles.set(line, { text: line, lang, kind: titles.size === 0 ? "main" : kind });
  }
  return [...titles.values()].slice(0, TITLES_MAX);
}
