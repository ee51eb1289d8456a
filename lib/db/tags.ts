import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Client, Transaction } from "./client";
import { Prisma } from "./generated/sqlite/client";
import { inChunks } from "./in-chunks";

export interface TagCount {
  name: string;
  /** Favorites that carry it. */
  count: number;
}

interface TagChange {
  viewerId: string;
  titleIds: readonly string[];
  names: readonly string[];
}

/** The tags that a user's favorites carry, by name; a tag on unstarred rows only is not among them. */
export async function listTags(client: Client | Transaction, { viewerId }: { viewerId: string }): Promise<TagCount[]> {
  const rows = await client.$queryRaw`
    SELECT g."name" AS name, COUNT(*) AS count
    FROM "Tag" g JOIN "FavoriteTag" ft ON ft."tagId" = g."id" JOIN "Favorite" f ON f."id" = ft."favoriteId"
    WHERE g."userId" = ${viewerId} AND f."userId" = ${viewerId} AND f."isFavorite" = ${true}
    GROUP BY g."name" ORDER BY g."name"`;
  return tagRows.parse(rows);
}

const tagRows = z.array(z.object({ name: z.string(), count: z.union([z.bigint(), z.number()]).transform(Number) }));

/** Puts tags on the viewer's rows of these titles, making tags that are new. */
export async function addTags(client: Client | Transaction, { viewerId, titleIds, names }: TagChange): Promise<void> {
  if (names.length === 0) return;
  const tags = names.map((name) => Prisma.sql`(${randomUUID()}, ${viewerId}, ${name})`);
  await client.$executeRaw`
    INSERT INTO "Tag" ("id", "userId", "name") VALUES ${Prisma.join(tags)} ON CONFLICT ("userId", "name") DO NOTHING`;
  for (const some of inChunks(titleIds)) {
    await client.$executeRaw`
      INSERT INTO "FavoriteTag" ("favoriteId", "tagId")
      SELECT f."id", g."id" FROM "Favorite" f CROSS JOIN "Tag" g
      WHERE f."userId" = ${viewerId} AND f."titleId" IN (${Prisma.join(some)})
        AND g."userId" = ${viewerId} AND g."name" IN (${Prisma.join(names)})
      ON CONFLICT ("favoriteId", "tagId") DO NOTHING`;
  }
}

/** Takes tags off the viewer's rows of these titles; a tag that is on nothing any more is gone. */
export async function removeTags(
  client: Client | Transaction,
  { viewerId, titleIds, names }: TagChange,
): Promise<void> {
  if (names.length === 0) return;
  for (const some of inChunks(titleIds)) {
    await client.favoriteTag.deleteMany({
      where: {
        favorite: { userId: viewerId, titleId: { in: some } },
        tag: { userId: viewerId, name: { in: [...names] } },
      },
    });
  }
  await deleteUnusedTags(client, { viewerId });
}

/** Makes `names` the tags of the viewer's row of one title. */
export async function setTags(
  client: Client | Transaction,
  { viewerId, titleId, names }: { viewerId: string; titleId: string; names: readonly string[] },
): Promise<void> {
  await client.favoriteTag.deleteMany({
    where: { favorite: { userId: viewerId, titleId }, tag: { userId: viewerId, name: { notIn: [...names] } } },
  });
  await addTags(client, { viewerId, titleIds: [titleId], names });
  await deleteUnusedTags(client, { viewerId });
}

export async function deleteUnusedTags(
  client: Client | Transaction,
  { viewerId }: { viewerId: string },
): Promise<void> {
  await client.tag.deleteMany({ where: { userId: viewerId, favorites: { none: {} } } });
}
