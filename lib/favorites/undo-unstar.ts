import "server-only";
import { restoreUnstarred } from "@/lib/db/favorites";
import { logBulk } from "./bulk-update";
import type { FavoriteContext } from "./favorite-context";

/** Stars again what one bulk change took off at `unstarredAt`. Returns how many. */
export async function undoUnstar(
  context: FavoriteContext,
  { viewerId, unstarredAt }: { viewerId: string; unstarredAt: Date },
): Promise<number> {
  const at = new Date(context.clock());
  const count = await restoreUnstarred(context.client, { viewerId, unstarredAt, at });
  context.starsChanged(viewerId);
  logBulk(context, { viewerId, count, change: { isFavorite: true } });
  return count;
}
