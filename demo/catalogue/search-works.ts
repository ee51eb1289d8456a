import { distance } from "fastest-levenshtein";
import type { Work } from "./work";
import { allTitles } from "./work";

const LEAST = 0.55;
const LEAST_LOOSE = 0.3;

const spellings = new WeakMap<Work, readonly string[]>();

/** Works with a title like the text, best first; a tie goes to the better rated one. */
export function searchWorks(works: readonly Work[], text: string, loose: boolean): Work[] {
  const wanted = normalise(text);
  if (wanted === "") return [...works];
  const least = loose ? LEAST_LOOSE : LEAST;
  return works
    .map((work) => ({ work, likeness: Math.max(...normalisedTitles(work).map((title) => likeness(title, wanted))) }))
    .filter((hit) => hit.likeness >= least)
    .sort((one, other) => other.likeness - one.likeness || other.work.score - one.work.score)
    .map((hit) => hit.work);
}

function normalisedTitles(work: Work): readonly string[] {
  const known = spellings.get(work);
  if (known) return known;
  const titles = allTitles(work).map(normalise);
  spellings.set(work, titles);
  return titles;
}

/** Lower case, letters and digits only, one blank between words. */
export function normalise(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function likeness(title: string, wanted: string): number {
  if (title === wanted) return 1;
  const share = wanted.length / title.length;
  if (title.startsWith(wanted) && wanted.length >= 2) return 0.85 + 0.1 * share;
  if (wanted.length >= 3 && title.includes(wanted)) return 0.8;
  const words = title.split(" ");
  const asked = wanted.split(" ");
  const found = asked.filter((word) => words.some((candidate) => isSameWord(candidate, word))).length;
  const byWords = found === asked.length ? 0.7 : (found / asked.length) * 0.5;
  const longest = Math.max(title.length, wanted.length);
  const byLetters = longest <= 40 ? 0.75 * (1 - distance(title, wanted) / longest) : 0;
  return Math.max(byWords, byLetters);
}

function isSameWord(candidate: string, word: string): boolean {
  if (candidate === word || (word.length >= 3 && candidate.startsWith(word))) return true;
  const slips = word.length >= 8 ? 2 : word.length >= 5 ? 1 : 0;
  return Math.abs(candidate.length - word.length) <= slips && distance(candidate, word) <= slips;
}
