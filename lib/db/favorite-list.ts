import "server-only";
import { z } from "zod";
import type { Client, Transaction } from "./client";
import { FAVORITE_SELECT, type Favorite, toFavorite } from "./favorites";
import { Prisma } from "./generated/sqlite/client";

export interface FavoriteSort {
  key: "updated" | "created" | "title" | "rating" | "year";
  descending: boolean;
}

/** Which favorites are meant; every condition that is not null must hold. */
export interface FavoriteFilter {
  isFavorite: boolean;
  /** Folded as `searchText` is; each must occur in it. */
  words: readonly string[];
  /** Each must be on it. */
  tags: readonly string[];
  /** In halves, both ends included; "none" is unrated. */
  rating: { min: number; max: number } | "none" | null;
  /** "none" is without a status. */
  readingStatus: string | null;
  /** Of each list of providers: a source at one of them. */
  withSourceAt: readonly (readonly string[])[];
  /** No source at any of these providers. */
  withoutSourceAt: readonly string[] | null;
}

export const NO_FILTER: FavoriteFilter = {
  isFavorite: true,
  words: [],
  tags: [],
  rating: null,
  readingStatus: null,
  withSourceAt: [],
  withoutSourceAt: null,
};

export interface FavoritePage {
  favorites: Favorite[];
  /** Over all pages. */
  total: number;
}

/**
 * One page of a user's favorites; beyond the end an empty one. Ids are chosen first, from indexes and the filter alone, and only the
 * rows of the page are read whole, so that the last page costs what the first does. `page` counts from 1.
 */
export async function listFavorites(
  client: Client | Transaction,
  options: { viewerId: string; filter: FavoriteFilter; sort: FavoriteSort; page: number; limit: number },
): Promise<FavoritePage> {
  const [ids, total] = await Promise.all([listPageIds(client, options), countFavorites(client, options)]);
  if (ids.length === 0) return { favorites: [], total };
  const rows = await client.favorite.findMany({
    where: { userId: options.viewerId, id: { in: ids } },
    select: FAVORITE_SELECT,
  });
  const places = new Map(ids.map((id, place) => [id, place]));
  const place = (id: string) => places.get(id) ?? ids.length;
  return { favorites: rows.sort((a, b) => place(a.id) - place(b.id)).map(toFavorite), total };
}

/** The titles of all favorites that the filter means, for a change of all of them. */
export async function listMatchingTitleIds(
  client: Client | Transaction,
  options: { viewerId: string; filter: FavoriteFilter },
): Promise<string[]> {
  const rows = await client.$queryRaw`SELECT f."titleId" AS id FROM "Favorite" f WHERE ${toCondition(options)}`;
  return idRows.parse(rows).map(({ id }) => id);
}

export async function countFavorites(
  client: Client | Transaction,
  options: { viewerId: string; filter: FavoriteFilter },
): Promise<number> {
  const rows = await client.$queryRaw`SELECT COUNT(*) AS total FROM "Favorite" f WHERE ${toCondition(options)}`;
  return countRows.parse(rows)[0].total;
}

const count = z.union([z.bigint(), z.number()]).transform(Number);
const countRows = z.tuple([z.object({ total: count })]);
const idRows = z.array(z.object({ id: z.string() }));

/** From indexes where there is no filter; a filter is worked out over the viewer's rows alone. */
async function listPageIds(
  client: Client | Transaction,
  options: { viewerId: string; filter: FavoriteFilter; sort: FavoriteSort; page: number; limit: number },
): Promise<string[]> {
  const { sort, page, limit } = options;
  const direction = sort.descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const rows = await client.$queryRaw`
    SELECT f."id" AS id FROM "Favorite" f WHERE ${toCondition(options)}
    ORDER BY ${SORT_COLUMNS[sort.key]} ${direction} NULLS LAST, f."id" ${direction}
    LIMIT ${limit} OFFSET ${(page - 1) * limit}`;
  return idRows.parse(rows).map(({ id }) => id);
}

const SORT_COLUMNS = {
  updated: Prisma.sql`f."updatedAt"`,
  created: Prisma.sql`f."createdAt"`,
  title: Prisma.sql`f."sortTitle"`,
  rating: Prisma.sql`f."ratingHalves"`,
  year: Prisma.sql`f."sortYear"`,
} satisfies Record<FavoriteSort["key"], Prisma.Sql>;

function toCondition({ viewerId, filter }: { viewerId: string; filter: FavoriteFilter }): Prisma.Sql {
  const conditions = [Prisma.sql`f."userId" = ${viewerId}`, Prisma.sql`f."isFavorite" = ${filter.isFavorite}`];
  for (const word of filter.words) conditions.push(Prisma.sql`f."searchText" LIKE ${toPattern(word)} ESCAPE '!'`);
  for (const tag of filter.tags) {
    conditions.push(Prisma.sql`f."id" IN (
      SELECT ft."favoriteId" FROM "FavoriteTag" ft JOIN "Tag" g ON g."id" = ft."tagId"
      WHERE g."userId" = ${viewerId} AND g."name" = ${tag})`);
  }
  if (filter.rating === "none") conditions.push(Prisma.sql`f."ratingHalves" IS NULL`);
  else if (filter.rating) {
    conditions.push(Prisma.sql`f."ratingHalves" BETWEEN ${filter.rating.min} AND ${filter.rating.max}`);
  }
  if (filter.readingStatus === "none") conditions.push(Prisma.sql`f."readingStatus" IS NULL`);
  else if (filter.readingStatus) conditions.push(Prisma.sql`f."readingStatus" = ${filter.readingStatus}`);
  for (const providers of filter.withSourceAt) conditions.push(hasSourceAt(providers));
  if (filter.withoutSourceAt) conditions.push(Prisma.sql`NOT ${hasSourceAt(filter.withoutSourceAt)}`);
  return Prisma.join(conditions, " AND ");
}

/** Not EXISTS: SQLite 3.51 makes a join of it, and OFFSET then counts a favorite once for each of its sources. */
function hasSourceAt(providers: readonly string[]): Prisma.Sql {
  if (providers.length === 0) return Prisma.sql`(1 = 0)`;
  return Prisma.sql`((
    SELECT s."providerId" FROM "TitleSource" s
    WHERE s."titleId" = f."titleId" AND s."providerId" IN (${Prisma.join(providers)}) LIMIT 1) IS NOT NULL)`;
}

function toPattern(word: string): string {
  return `%${word.replace(/[!%_]/g, "!$&")}%`;
}
