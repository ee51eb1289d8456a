import "server-only";
import { listFavorites as listRows } from "@/lib/db/favorite-list";
import type { Favorite } from "@/lib/db/favorites";
import type { FavoriteContext } from "./favorite-context";
import type { ProviderCondition } from "./health-filter";
import { type FavoriteFilterQuery, toFavoriteFilter, toFavoriteSort } from "./list-query";

/** One page of the viewer's favorites and their number over all pages; beyond the end an empty page. `page` counts from 1. */
export async function listFavorites(
  { client, clock }: Pick<FavoriteContext, "client" | "clock">,
  options: {
    viewerId: string;
    query: FavoriteFilterQuery & { page: number; limit: number };
    providers: readonly ProviderCondition[];
  },
): Promise<{ favorites: Favorite[]; total: number }> {
  const { viewerId, query, providers } = options;
  return listRows(client, {
    viewerId,
    filter: toFavoriteFilter(query, { providers, now: clock() }),
    sort: toFavoriteSort(query.sort),
    page: query.page,
    limit: query.limit,
  });
}
