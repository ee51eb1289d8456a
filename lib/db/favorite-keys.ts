import "server-only";
import type { Client, Transaction } from "./client";
import type { FavoriteKeys } from "./favorites";
import { inChunks } from "./in-chunks";

export interface TitleKeys {
  titleId: string;
  title: string;
  year: number | null;
  searchText: string;
}

/** What favorites of these titles are sorted and found by; unknown titles are left out. */
export async function listTitleKeys(client: Client | Transaction, titleIds: readonly string[]): Promise<TitleKeys[]> {
  const found: TitleKeys[] = [];
  for (const some of inChunks(titleIds)) {
    const rows = await client.title.findMany({
      where: { id: { in: some } },
      select: { id: true, title: true, year: true, searchText: true },
    });
    for (const { id, ...keys } of rows) found.push({ titleId: id, ...keys });
  }
  return found;
}

/** Every user's favorites of these titles, with what their keys are made of. */
export async function listFavoritesToRefresh(client: Client | Transaction, titleIds: readonly string[]) {
  const found = [];
  for (const some of inChunks(titleIds)) {
    const rows = await client.favorite.findMany({
      where: { titleId: { in: some } },
      select: {
        id: true,
        customTitle: true,
        sortTitle: true,
        sortYear: true,
        searchText: true,
        title: { select: { title: true, year: true, searchText: true } },
      },
    });
    found.push(...rows);
  }
  return found;
}

export async function writeFavoriteKeys(
  client: Client | Transaction,
  { id, ...keys }: FavoriteKeys & { id: string },
): Promise<void> {
  await client.favorite.updateMany({ where: { id }, data: keys });
}
