import "server-only";
import { type Favorite, findFavorite, starTitles } from "@/lib/db/favorites";
import { AppError } from "@/lib/errors";
import { changeFavorite } from "./change-favorite";
import { type FavoriteContext, TRANSACTION_OPTIONS } from "./favorite-context";
import { toFavoriteKeys } from "./favorite-keys";
import { resolveTitleKeys } from "./resolve-title";
import type { FavoriteChange } from "./wire";

/**
 * Stars a title: sets, never flips, so that twice is once. `created` says whether it was none before; a `change` of its fields
 * goes with it. AppError not_found for an unknown title.
 */
export async function setFavorite(
  context: FavoriteContext,
  { viewerId, titleId, change }: { viewerId: string; titleId: string; change?: FavoriteChange | undefined },
): Promise<{ favorite: Favorite; created: boolean }> {
  const title = await resolveTitleKeys(context, titleId);
  const at = new Date(context.clock());
  const row = { titleId: title.titleId, ...toFavoriteKeys(title, null) };
  const result = await context.client.$transaction(async (transaction) => {
    const starred = await starTitles(transaction, { viewerId, titles: [row], at });
    if (change) await changeFavorite(transaction, { viewerId, title, change, at });
    return { favorite: await findFavorite(transaction, { viewerId, titleId: title.titleId }), created: starred > 0 };
  }, TRANSACTION_OPTIONS);
  context.starsChanged(viewerId);
  if (!result.favorite) throw new AppError("not_found", "There is no such title.");
  const said = { event: "favorite.set", user_id: viewerId, title_id: title.titleId, is_favorite: true };
  context.log.info(said, result.created ? "A title was starred" : "A favorite was set again");
  return { favorite: result.favorite, created: result.created };
}
