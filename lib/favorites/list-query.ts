import { z } from "zod";
import type { FavoriteFilter, FavoriteSort } from "@/lib/db/favorite-list";
import { pageQuery } from "@/lib/http/paged";
import { toQueryWords } from "./favorite-keys";
import { FAVORITE_HEALTH, type ProviderCondition, toHealthFilter } from "./health-filter";
import { READING_STATUSES } from "./reading-status";

export const FAVORITE_SORTS = [
  "updated",
  "-updated",
  "created",
  "-created",
  "title",
  "-title",
  "rating",
  "-rating",
  "year",
  "-year",
] as const;
export type FavoriteSortParameter = (typeof FAVORITE_SORTS)[number];
export const DEFAULT_SORT: FavoriteSortParameter = "-updated";

const STARS = String.raw`(?:[0-4](?:\.[05])?|5(?:\.0)?)`;
const RATING = new RegExp(String.raw`^(?:none|${STARS}|${STARS}\.\.|\.\.${STARS}|${STARS}\.\.${STARS})$`);

const oneOrMany = (item: z.ZodString) =>
  z
    .union([item, z.array(item).max(20)])
    .default([])
    .transform((value) => (typeof value === "string" ? [value] : value));

/** What may be asked of the list of favorites, in the API and in the address of the page. */
export const favoriteFilterQuery = {
  sort: z.enum(FAVORITE_SORTS).default(DEFAULT_SORT).meta({ description: "With - for descending." }),
  q: z.string().max(500).default("").meta({ description: "Words that occur in any title or the custom title." }),
  tag: oneOrMany(z.string().max(64)).meta({ description: "Repeated: all of them." }),
  rating: z
    .string()
    .regex(RATING, "Expected 0–5 in halves, a range like 3.5.. or 2..4, or none.")
    .optional()
    .meta({ description: "0–5 in halves; a range like `3.5..` or `2..4`; `none` for unrated." }),
  reading_status: z.enum([...READING_STATUSES, "none"]).optional(),
  provider: oneOrMany(z.string().max(100)).meta({ description: "Has a source there; repeated: at one of them." }),
  health: z.enum(FAVORITE_HEALTH).optional().meta({
    description:
      "A provider status: with a source at such a provider. `needs_attention`: at no provider that was healthy within the last day.",
  }),
  is_favorite: z.stringbool().default(true).meta({ description: "false: unstarred ones that keep notes or ratings." }),
};

export const favoriteListQuery = z.object({ ...pageQuery, ...favoriteFilterQuery });

const filterQuery = z.object(favoriteFilterQuery);
export type FavoriteFilterQuery = z.infer<typeof filterQuery>;

/** The filter in the repository's terms; `providers` are those of `now` (epoch milliseconds), for the health filter. */
export function toFavoriteFilter(
  query: Omit<FavoriteFilterQuery, "sort">,
  conditions: { providers: readonly ProviderCondition[]; now: number },
): FavoriteFilter {
  const health = toHealthFilter(query.health ?? null, conditions);
  return {
    isFavorite: query.is_favorite,
    words: toQueryWords(query.q),
    tags: query.tag,
    rating: query.rating === undefined ? null : toRatingFilter(query.rating),
    readingStatus: query.reading_status ?? null,
    withSourceAt: [...health.withSourceAt, ...(query.provider.length > 0 ? [query.provider] : [])],
    withoutSourceAt: health.withoutSourceAt,
  };
}

export function toFavoriteSort(parameter: FavoriteSortParameter): FavoriteSort {
  const descending = parameter.startsWith("-");
  // Safe because each member of FAVORITE_SORTS is a sort key, with or without the sign.
  return { key: (descending ? parameter.slice(1) : parameter) as FavoriteSort["key"], descending };
}

function toRatingFilter(text: string): FavoriteFilter["rating"] {
  if (text === "none") return "none";
  const [from = "", to = from] = text.split("..");
  return { min: from === "" ? 0 : Number(from) * 2, max: to === "" ? 10 : Number(to) * 2 };
}
