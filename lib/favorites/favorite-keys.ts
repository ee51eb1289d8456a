import type { FavoriteKeys } from "@/lib/db/favorites";
import { titleKey, titleWords, toSearchText } from "@/lib/search/normalise";

/** A favorite's stored keys: sorted by the title that its user gave it, found by that and by every title of the work. */
export function toFavoriteKeys(
  { title, year, searchText }: { title: string; year: number | null; searchText: string },
  customTitle: string | null,
): FavoriteKeys {
  return {
    sortTitle: toSortTitle(customTitle ?? title),
    sortYear: year,
    searchText: customTitle ? `${toSearchText([customTitle])} | ${searchText}` : searchText,
  };
}

/** The words that `searchText` must contain for a query; for one of signs alone ("…") the query itself. */
export function toQueryWords(query: string): string[] {
  if (query.trim() === "") return [];
  const words = titleWords(query);
  return words.length > 0 ? words : [titleKey(query)];
}

function toSortTitle(text: string): string {
  return titleWords(text).join(" ") || titleKey(text);
}
