import { z } from "zod";
import { DEFAULT_SORT, type FavoriteFilterQuery, favoriteFilterQuery } from "@/lib/favorites/list-query";

export const FAVORITE_VIEWS = ["grid", "list", "compact"] as const;
export type FavoriteViewName = (typeof FAVORITE_VIEWS)[number];

/** What the address of the favorites page says. */
export interface FavoritesParams extends FavoriteFilterQuery {
  view: FavoriteViewName;
  page: number;
}

type Raw = Readonly<Record<string, string | string[] | undefined>>;

/** From an address that anybody may have typed: what makes no sense is left out, never an error page. */
const paramsSchema = z.object({
  sort: favoriteFilterQuery.sort.catch(DEFAULT_SORT),
  q: favoriteFilterQuery.q.catch(""),
  tag: favoriteFilterQuery.tag.catch([]),
  rating: favoriteFilterQuery.rating.catch(undefined),
  reading_status: favoriteFilterQuery.reading_status.catch(undefined),
  provider: favoriteFilterQuery.provider.catch([]),
  health: favoriteFilterQuery.health.catch(undefined),
  is_favorite: favoriteFilterQuery.is_favorite.catch(true),
  view: z.enum(FAVORITE_VIEWS).catch("grid"),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});

export function parseFavoritesParams(raw: Raw): FavoritesParams {
  const given = Object.entries(raw).filter(([, value]) => value !== "");
  const params = paramsSchema.parse(Object.fromEntries(given));
  return {
    ...params,
    q: params.q.trim(),
    tag: params.tag.filter(Boolean),
    provider: params.provider.filter(Boolean),
  };
}

/** The same from a query string, as the forms of the page send it along. */
export function parseFavoritesQuery(query: string): FavoritesParams {
  const search = new URLSearchParams(query);
  const raw = Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)] as const));
  return parseFavoritesParams(
    Object.fromEntries(Object.entries(raw).map(([name, values]) => [name, values.length === 1 ? values[0] : values])),
  );
}

/** The query string of these parameters, without what is the default. */
export function toFavoritesQuery(params: FavoritesParams): string {
  const entries: [string, string][] = [];
  if (!params.is_favorite) entries.push(["is_favorite", "false"]);
  if (params.q) entries.push(["q", params.q]);
  for (const tag of params.tag) entries.push(["tag", tag]);
  if (params.rating) entries.push(["rating", params.rating]);
  if (params.reading_status) entries.push(["reading_status", params.reading_status]);
  for (const provider of params.provider) entries.push(["provider", provider]);
  if (params.health) entries.push(["health", params.health]);
  if (params.sort !== DEFAULT_SORT) entries.push(["sort", params.sort]);
  if (params.view !== "grid") entries.push(["view", params.view]);
  if (params.page > 1) entries.push(["page", String(params.page)]);
  return new URLSearchParams(entries).toString();
}

/** The address of the page for these parameters; a change of anything but the page leads to the first one. */
export function toFavoritesHref(
  params: FavoritesParams,
  changes: Partial<FavoritesParams> = {},
): "/favorites" | `/favorites?${string}` {
  const query = toFavoritesQuery({ ...params, page: 1, ...changes });
  return query ? `/favorites?${query}` : "/favorites";
}

/** How many filters are set, text apart. */
export function countFilters({ tag, rating, reading_status, provider, health }: FavoritesParams): number {
  return [tag.length > 0, rating, reading_status, provider.length > 0, health].filter(Boolean).length;
}
