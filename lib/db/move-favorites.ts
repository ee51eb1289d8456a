import "server-only";
import type { Transaction } from "./client";

const ROW = {
  id: true,
  userId: true,
  isFavorite: true,
  customTitle: true,
  ratingHalves: true,
  notes: true,
  readingStatus: true,
  progress: true,
  createdAt: true,
  tags: { select: { tagId: true } },
} as const;

/**
 * Every user's favorites of one title go over to another. A user with both keeps one row, the fuller one, which takes from the other
 * all that it lacks: star, tags, empty fields; where both have notes they stand one under the other.
 */
export async function moveFavorites(client: Transaction, { from, to }: { from: string; to: string }): Promise<void> {
  const leaving = await client.favorite.findMany({ where: { titleId: from }, select: ROW });
  if (leaving.length === 0) return;
  const userIds = leaving.map(({ userId }) => userId);
  const staying = await client.favorite.findMany({ where: { titleId: to, userId: { in: userIds } }, select: ROW });
  for (const row of leaving) {
    const other = staying.find(({ userId }) => userId === row.userId);
    if (!other) {
      await client.favorite.update({ where: { id: row.id }, data: { titleId: to } });
      continue;
    }
    const [kept, dropped] = fullness(row) > fullness(other) ? [row, other] : [other, row];
    const tagIds = new Set(kept.tags.map(({ tagId }) => tagId));
    const missing = dropped.tags.filter(({ tagId }) => !tagIds.has(tagId));
    if (missing.length > 0) {
      await client.favoriteTag.createMany({ data: missing.map(({ tagId }) => ({ favoriteId: kept.id, tagId })) });
    }
    await client.favorite.delete({ where: { id: dropped.id } });
    await client.favorite.update({ where: { id: kept.id }, data: { titleId: to, ...unite(kept, dropped) } });
  }
}

interface Row {
  isFavorite: boolean;
  customTitle: string | null;
  ratingHalves: number | null;
  notes: string | null;
  readingStatus: string | null;
  progress: number | null;
  createdAt: Date;
  tags: readonly { tagId: string }[];
}

function fullness({ customTitle, ratingHalves, notes, readingStatus, progress, tags }: Row): number {
  return (
    [customTitle, ratingHalves, notes, readingStatus, progress].filter((value) => value !== null).length + tags.length
  );
}

function unite(kept: Row, dropped: Row) {
  const bothNotes = kept.notes && dropped.notes && kept.notes !== dropped.notes;
  return {
    isFavorite: kept.isFavorite || dropped.isFavorite,
    customTitle: kept.customTitle ?? dropped.customTitle,
    ratingHalves: kept.ratingHalves ?? dropped.ratingHalves,
    notes: bothNotes ? `${kept.notes}\n\n${dropped.notes}` : (kept.notes ?? dropped.notes),
    readingStatus: kept.readingStatus ?? dropped.readingStatus,
    progress: kept.progress ?? dropped.progress,
    createdAt: new Date(Math.min(kept.createdAt.getTime(), dropped.createdAt.getTime())),
  };
}
