import "server-only";
import { deleteFavorites, unstarTitles } from "@/lib/db/favorites";
import { deleteUnusedTags } from "@/lib/db/tags";
import type { FavoriteContext } from "./favorite-context";
import { resolveTitle } from "./resolve-title";

/**
 * Takes the star back and keeps rating and notes; with `purge` they go too. Fine when it was no favorite. AppError not_found for an
 * unknown title.
 */
export async function removeFavorite(
  context: FavoriteContext,
  options: { viewerId: string; titleId: string; purge: boolean },
): Promise<void> {
  const { client, clock, log } = context;
  const { viewerId, purge } = options;
  const titleIds = [await resolveTitle(context, options.titleId)];
  const changed = purge
    ? await deleteFavorites(client, { viewerId, titleIds })
    : await unstarTitles(client, { viewerId, titleIds, at: new Date(clock()) });
  if (changed === 0) return;
  context.starsChanged(viewerId);
  if (purge) await deleteUnusedTags(client, { viewerId });
  log.info(
    { event: "favorite.set", user_id: viewerId, title_id: titleIds[0], is_favorite: false, purged: purge },
    "A title was taken off the favorites",
  );
}
