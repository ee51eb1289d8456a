import "server-only";
import { countFavorites as countRows, NO_FILTER } from "@/lib/db/favorite-list";
import type { FavoriteContext } from "./favorite-context";

/** How many titles the viewer has starred. */
export async function countFavorites(
  { client }: Pick<FavoriteContext, "client">,
  { viewerId }: { viewerId: string },
): Promise<number> {
  return countRows(client, { viewerId, filter: NO_FILTER });
}
