import "server-only";
import { type FavoriteFilter, listMatchingTitleIds } from "@/lib/db/favorite-list";
import { deleteFavorites } from "@/lib/db/favorites";
import { deleteUnusedTags } from "@/lib/db/tags";
import { type FavoriteContext, TRANSACTION_OPTIONS } from "./favorite-context";

/** Deletes favorites with notes and ratings, for good: the titles named, or all that a filter means. Returns how many. */
export async function purgeFavorites(
  { client, starsChanged, log }: Pick<FavoriteContext, "client" | "starsChanged" | "log">,
  { viewerId, of }: { viewerId: string; of: { titleIds: readonly string[] } | { filter: FavoriteFilter } },
): Promise<number> {
  const count = await client.$transaction(async (transaction) => {
    const titleIds =
      "titleIds" in of ? of.titleIds : await listMatchingTitleIds(transaction, { viewerId, filter: of.filter });
    const deleted = await deleteFavorites(transaction, { viewerId, titleIds });
    await deleteUnusedTags(transaction, { viewerId });
    return deleted;
  }, TRANSACTION_OPTIONS);
  starsChanged(viewerId);
  log.info({ event: "favorite.bulk", user_id: viewerId, count, purged: true }, "Favorites were deleted");
  return count;
}
