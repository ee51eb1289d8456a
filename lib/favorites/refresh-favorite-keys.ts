import "server-only";
import type { Client, Transaction } from "@/lib/db/client";
import { listFavoritesToRefresh, writeFavoriteKeys } from "@/lib/db/favorite-keys";
import { toFavoriteKeys } from "./favorite-keys";

/** After titles were written anew: brings what every user's favorites of them are sorted and found by up to date. */
export async function refreshFavoriteKeys(client: Client | Transaction, titleIds: readonly string[]): Promise<void> {
  for (const favorite of await listFavoritesToRefresh(client, titleIds)) {
    const keys = toFavoriteKeys(favorite.title, favorite.customTitle);
    const { sortTitle, sortYear, searchText } = favorite;
    if (keys.sortTitle === sortTitle && keys.sortYear === sortYear && keys.searchText === searchText) continue;
    await writeFavoriteKeys(client, { id: favorite.id, ...keys });
  }
}
