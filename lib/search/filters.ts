import type { ContentRating, WorkStatus, WorkType } from "@/lib/providers/work";
import type { Card } from "./card";

/** What of the merged works is wanted. An empty list means everything. */
export interface SearchFilters {
  types: readonly WorkType[];
  /** BCP 47; `en` also means `en-GB`. */
  languages: readonly string[];
  year: number | null;
  statuses: readonly WorkStatus[];
  ratings: readonly ContentRating[];
}

export const NO_FILTERS: SearchFilters = { types: [], languages: [], year: null, statuses: [], ratings: [] };

const ADULT: ReadonlySet<ContentRating> = new Set(["erotica", "pornographic"]);

/** Whether a card is wanted. Adult works stay out until the user turned them on, even where a filter names them. */
export function matchesFilters(card: Card, filters: SearchFilters, options: { showAdult: boolean }): boolean {
  if (!options.showAdult && ADULT.has(card.contentRating)) return false;
  if (filters.ratings.length > 0 && !filters.ratings.includes(card.contentRating)) return false;
  if (filters.types.length > 0 && !filters.types.includes(card.type)) return false;
  if (filters.statuses.length > 0 && !filters.statuses.includes(card.status)) return false;
  if (filters.year !== null && card.year !== filters.year) return false;
  return filters.languages.length === 0 || filters.languages.some((wanted) => speaks(card.languages, wanted));
}

function speaks(languages: readonly string[], wanted: string): boolean {
  const lower = wanted.toLowerCase();
  return languages.some(
    (language) => language.toLowerCase() === lower || language.toLowerCase().startsWith(`${lower}-`),
  );
}
