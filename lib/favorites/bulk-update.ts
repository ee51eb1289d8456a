import "server-only";
import type { Transaction } from "@/lib/db/client";
import { listTitleKeys } from "@/lib/db/favorite-keys";
import { type FavoriteFilter, listMatchingTitleIds } from "@/lib/db/favorite-list";
import { listFavoriteStates, starTitles, unstarTitles, updateFavorites } from "@/lib/db/favorites";
import { addTags, removeTags } from "@/lib/db/tags";
import { type FavoriteContext, TRANSACTION_OPTIONS } from "./favorite-context";
import { toFavoriteKeys } from "./favorite-keys";
import { resolveTitles, unknownTitles } from "./resolve-title";

/** What is done to each of many favorites; absent stays, null clears. */
export interface BulkChange {
  isFavorite?: boolean;
  tagsAdd?: readonly string[];
  tagsRemove?: readonly string[];
  ratingHalves?: number | null;
  readingStatus?: string | null;
}

export interface BulkAnswer {
  /** Titles, each counted once. */
  updated: number;
  items: { titleId: string; isFavorite: boolean }[];
  /** The instant that the changed rows carry: what `undoUnstar` takes. */
  at: Date;
}

/**
 * One change to many titles, all or nothing. AppError not_found with `/manga_ids/<i>` for an id that no title has, and for one without
 * a row of the viewer's when the change needs one.
 */
export async function bulkUpdate(
  context: FavoriteContext,
  { viewerId, titleIds, change }: { viewerId: string; titleIds: readonly string[]; change: BulkChange },
): Promise<BulkAnswer> {
  const places = await resolveTitles(context, titleIds);
  const resolved = [...places.keys()];
  const at = new Date(context.clock());
  const items = await context.client.$transaction(async (transaction) => {
    await apply(transaction, { viewerId, titleIds: resolved, change, at });
    const states = await listFavoriteStates(transaction, { viewerId, titleIds: resolved });
    const missing = needsRow(change) ? resolved.filter((titleId) => !states.has(titleId)) : [];
    if (missing.length > 0) {
      const rowless = missing.map((titleId) => places.get(titleId) ?? 0);
      throw unknownTitles(rowless, "This title is not among your favorites.");
    }
    return resolved.map((titleId) => ({ titleId, isFavorite: states.get(titleId) ?? false }));
  }, TRANSACTION_OPTIONS);
  context.starsChanged(viewerId);
  logBulk(context, { viewerId, count: items.length, change });
  return { updated: items.length, items, at };
}

/** The same change to every favorite that the filter means. */
export async function bulkUpdateMatching(
  context: FavoriteContext,
  { viewerId, filter, change }: { viewerId: string; filter: FavoriteFilter; change: BulkChange },
): Promise<{ updated: number; at: Date }> {
  const at = new Date(context.clock());
  const updated = await context.client.$transaction(async (transaction) => {
    const titleIds = await listMatchingTitleIds(transaction, { viewerId, filter });
    await apply(transaction, { viewerId, titleIds, change, at });
    return titleIds.length;
  }, TRANSACTION_OPTIONS);
  context.starsChanged(viewerId);
  logBulk(context, { viewerId, count: updated, change });
  return { updated, at };
}

async function apply(
  transaction: Transaction,
  options: { viewerId: string; titleIds: readonly string[]; change: BulkChange; at: Date },
): Promise<void> {
  const { viewerId, titleIds, change, at } = options;
  const { isFavorite, tagsAdd = [], tagsRemove = [], ratingHalves, readingStatus } = change;
  if (isFavorite === true) {
    const found = await listTitleKeys(transaction, titleIds);
    const titles = found.map((title) => ({ titleId: title.titleId, ...toFavoriteKeys(title, null) }));
    await starTitles(transaction, { viewerId, titles, at });
  }
  if (isFavorite === false) await unstarTitles(transaction, { viewerId, titleIds, at });
  if (needsRow(change)) {
    const fields = {
      ...(ratingHalves !== undefined && { ratingHalves }),
      ...(readingStatus !== undefined && { readingStatus }),
    };
    await updateFavorites(transaction, { viewerId, titleIds, fields, at });
  }
  await addTags(transaction, { viewerId, titleIds, names: tagsAdd });
  await removeTags(transaction, { viewerId, titleIds, names: tagsRemove });
}

/** Whether the change says something that only an existing row can hold. */
function needsRow({ tagsAdd = [], tagsRemove = [], ratingHalves, readingStatus }: BulkChange): boolean {
  return tagsAdd.length + tagsRemove.length > 0 || ratingHalves !== undefined || readingStatus !== undefined;
}

export function logBulk(
  { log }: Pick<FavoriteContext, "log">,
  { viewerId, count, change }: { viewerId: string; count: number; change: BulkChange },
): void {
  log.info({ event: "favorite.bulk", user_id: viewerId, count, change }, "Favorites were changed together");
}
