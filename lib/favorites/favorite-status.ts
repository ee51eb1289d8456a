import "server-only";
import { listFavoriteStates } from "@/lib/db/favorites";
import type { FavoriteContext } from "./favorite-context";
import { resolveTitle } from "./resolve-title";

/** Whether the viewer has starred the title. AppError not_found for an unknown title. */
export async function favoriteStatus(
  context: Pick<FavoriteContext, "client" | "ensureTitle">,
  options: { viewerId: string; titleId: string },
): Promise<{ titleId: string; isFavorite: boolean }> {
  const titleId = await resolveTitle(context, options.titleId);
  const states = await listFavoriteStates(context.client, { viewerId: options.viewerId, titleIds: [titleId] });
  return { titleId, isFavorite: states.get(titleId) ?? false };
}
