import type { ContentRating, WorkStatus, WorkType } from "@/lib/providers/work";

/** A work as the simulated world knows it: the truth that each upstream tells in part and in its own words. */
export interface Work {
  /** Unique, readable label; two upstream entries describe the same work exactly when their keys are equal. */
  key: string;
  romaji: string;
  english: string | null;
  native: string | null;
  synonyms: readonly string[];
  /** "Given Family" */
  story: readonly string[];
  art: readonly string[];
  year: number;
  status: WorkStatus;
  type: WorkType;
  /** ISO 639-1, of the original. */
  language: string;
  demographic: string | null;
  tags: readonly string[];
  rating: ContentRating;
  /** Readers' mean vote, 0–1. */
  score: number;
  ids: WorkIds;
  description: string;
  /** Known to every upstream that lists its type, and described there without gaps. */
  everywhere: boolean;
}

/**
 * `mu` is the API's number, `md` and `opds` are UUIDs; `kt` is Kitsu's number; `ol` Open Library's, without its letters. `tmdb` counts films and
 * series apart. Every work has all of them, though no upstream lists every kind of work.
 */
export interface WorkIds {
  al: number;
  mal: number;
  kt: number;
  mu: number;
  md: string;
  opds: string;
  ol: number;
  tmdb: number;
  imdb: string;
}

export function allTitles(work: Work): string[] {
  const titles = [work.romaji, work.english, work.native, ...work.synonyms];
  return [...new Set(titles.filter((title): title is string => title !== null))];
}
