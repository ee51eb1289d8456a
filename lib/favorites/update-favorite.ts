import "server-only";
import { type Favorite, findFavorite } from "@/lib/db/favorites";
import { AppError } from "@/lib/errors";
import { changeFavorite } from "./change-favorite";
import { type FavoriteContext, TRANSACTION_OPTIONS } from "./favorite-context";
import { resolveTitleKeys } from "./resolve-title";
import type { FavoriteChange } from "./wire";

/** Changes fields of a title that the viewer has starred, or had. AppError not_found when there is no such row. */
export async function updateFavorite(
  context: FavoriteContext,
  { viewerId, titleId, change }: { viewerId: string; titleId: string; change: FavoriteChange },
): Promise<Favorite> {
  const title = await resolveTitleKeys(context, titleId);
  const at = new Date(context.clock());
  const favorite = await context.client.$transaction(async (transaction) => {
    await changeFavorite(transaction, { viewerId, title, change, at });
    return findFavorite(transaction, { viewerId, titleId: title.titleId });
  }, TRANSACTION_OPTIONS);
  if (!favorite) throw new AppError("not_found", "This title is not among your favorites.");
  return favorite;
}
