import "server-only";
import type { Transaction } from "@/lib/db/client";
import type { TitleKeys } from "@/lib/db/favorite-keys";
import { updateFavorites } from "@/lib/db/favorites";
import { setTags } from "@/lib/db/tags";
import { toFavoriteKeys } from "./favorite-keys";
import type { FavoriteChange } from "./wire";

/** Writes a change of one favorite with what hangs on it; a change of nothing leaves it as it was, its time included. */
export async function changeFavorite(
  transaction: Transaction,
  { viewerId, title, change, at }: { viewerId: string; title: TitleKeys; change: FavoriteChange; at: Date },
): Promise<void> {
  const { fields, tags } = change;
  if (Object.keys(fields).length === 0 && tags === null) return;
  const { titleId } = title;
  const keys = fields.customTitle === undefined ? {} : toFavoriteKeys(title, fields.customTitle);
  await updateFavorites(transaction, { viewerId, titleIds: [titleId], fields: { ...fields, ...keys }, at });
  if (tags) await setTags(transaction, { viewerId, titleId, names: tags });
}
