import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { toCrossIds } from "@/lib/providers/ids";
import { type CrossIds, TITLE_KINDS, WORK_TYPES, type WorkTitle, type WorkType } from "@/lib/providers/work";
import type { Client, Transaction } from "./client";
import { Prisma } from "./generated/sqlite/client";
import { inChunks } from "./in-chunks";

/** One user's word on one title. With `isFavorite` false it is kept for its notes and rating only. */
export interface Favorite extends Required<FavoriteFields> {
  id: string;
  userId: string;
  titleId: string;
  isFavorite: boolean;
  tags: string[];
  createdAt: Date;
  updatedAt: Date;
  title: FavoriteTitle;
}

/** What a user may say of a title; in a change null clears and absent stays. */
export interface FavoriteFields {
  customTitle?: string | null;
  /** 0–10: half stars. Null is "not rated", which is not 0. */
  ratingHalves?: number | null;
  notes?: string | null;
  /** A word of `READING_STATUSES`. */
  readingStatus?: string | null;
  /** Chapters read. */
  progress?: number | null;
}

/** What is stored of a work, so that it shows while its providers are down. */
export interface FavoriteTitle {
  id: string;
  title: string;
  titles: WorkTitle[];
  description: string | null;
  hasCover: boolean;
  type: WorkType;
  year: number | null;
  authors: string[];
  ids: CrossIds;
  sources: { providerId: string; externalId: string; url: string | null }[];
}

/** What the list is sorted and searched by, made of the title and the custom title when either is written. */
export interface FavoriteKeys {
  sortTitle: string;
  sortYear: number | null;
  searchText: string;
}

export const FAVORITE_SELECT = {
  id: true,
  userId: true,
  titleId: true,
  isFavorite: true,
  customTitle: true,
  ratingHalves: true,
  notes: true,
  readingStatus: true,
  progress: true,
  createdAt: true,
  updatedAt: true,
  tags: { select: { tag: { select: { name: true } } } },
  title: {
    select: {
      id: true,
      title: true,
      titles: true,
      description: true,
      coverUrl: true,
      type: true,
      year: true,
      authors: true,
      ids: true,
      sources: { select: { providerId: true, externalId: true, url: true }, orderBy: { providerId: "asc" } },
    },
  },
} satisfies Prisma.FavoriteSelect;

type FavoriteRow = Prisma.FavoriteGetPayload<{ select: typeof FAVORITE_SELECT }>;

const storedTitles = z.array(
  z.object({ text: z.string(), lang: z.string().nullable(), kind: z.enum(TITLE_KINDS).catch("synonym") }),
);
const storedNames = z.array(z.string());
const storedIds = z.record(z.string(), z.unknown()).transform(toCrossIds);
const storedType = z.enum(WORK_TYPES).catch("unknown");

export async function findFavorite(
  client: Client | Transaction,
  { viewerId, titleId }: { viewerId: string; titleId: string },
): Promise<Favorite | null> {
  const row = await client.favorite.findUnique({
    where: { userId_titleId: { userId: viewerId, titleId } },
    select: FAVORITE_SELECT,
  });
  return row && toFavorite(row);
}

/** The viewer's rows among these titles, starred or not: title id → whether it is a favorite. */
export async function listFavoriteStates(
  client: Client | Transaction,
  { viewerId, titleIds }: { viewerId: string; titleIds: readonly string[] },
): Promise<Map<string, boolean>> {
  const states = new Map<string, boolean>();
  for (const some of inChunks(titleIds)) {
    const rows = await client.favorite.findMany({
      where: { userId: viewerId, titleId: { in: some } },
      select: { titleId: true, isFavorite: true },
    });
    for (const row of rows) states.set(row.titleId, row.isFavorite);
  }
  return states;
}

/**
 * Sets the star on stored titles. Two requests at once make one row, and only one of them is told that it made it. Returns how many
 * were newly starred; what was a favorite already is left untouched.
 */
export async function starTitles(
  client: Client | Transaction,
  { viewerId, titles, at }: { viewerId: string; titles: readonly (FavoriteKeys & { titleId: string })[]; at: Date },
): Promise<number> {
  let starred = 0;
  for (const some of inChunks(titles)) {
    const rows = some.map(
      ({ titleId, sortTitle, sortYear, searchText }) =>
        Prisma.sql`(${randomUUID()}, ${viewerId}, ${titleId}, ${true}, ${sortTitle}, ${sortYear}, ${searchText}, ${at}, ${at})`,
    );
    starred += await client.$executeRaw`
      INSERT INTO "Favorite" ("id", "userId", "titleId", "isFavorite", "sortTitle", "sortYear", "searchText", "createdAt", "updatedAt")
      VALUES ${Prisma.join(rows)}
      ON CONFLICT ("userId", "titleId") DO UPDATE SET "isFavorite" = excluded."isFavorite", "updatedAt" = excluded."updatedAt"
      WHERE "Favorite"."isFavorite" <> excluded."isFavorite"`;
  }
  return starred;
}

/** Takes the star back and keeps the row. Returns how many had it. */
export async function unstarTitles(
  client: Client | Transaction,
  { viewerId, titleIds, at }: { viewerId: string; titleIds: readonly string[]; at: Date },
): Promise<number> {
  let unstarred = 0;
  for (const some of inChunks(titleIds)) {
    const { count } = await client.favorite.updateMany({
      where: { userId: viewerId, titleId: { in: some }, isFavorite: true },
      data: { isFavorite: false, updatedAt: at },
    });
    unstarred += count;
  }
  return unstarred;
}

/** Stars again what `unstarTitles` took back at `unstarredAt`. Returns how many. */
export async function restoreUnstarred(
  client: Client | Transaction,
  { viewerId, unstarredAt, at }: { viewerId: string; unstarredAt: Date; at: Date },
): Promise<number> {
  const { count } = await client.favorite.updateMany({
    where: { userId: viewerId, isFavorite: false, updatedAt: unstarredAt },
    data: { isFavorite: true, updatedAt: at },
  });
  return count;
}

/** Changes the viewer's rows of these titles, starred or not. Returns how many there were. */
export async function updateFavorites(
  client: Client | Transaction,
  options: {
    viewerId: string;
    titleIds: readonly string[];
    fields: FavoriteFields & Partial<FavoriteKeys>;
    at: Date;
  },
): Promise<number> {
  let updated = 0;
  for (const some of inChunks(options.titleIds)) {
    const { count } = await client.favorite.updateMany({
      where: { userId: options.viewerId, titleId: { in: some } },
      data: { ...options.fields, updatedAt: options.at },
    });
    updated += count;
  }
  return updated;
}

/** Deletes the viewer's rows of these titles with notes and ratings. Returns how many there were. */
export async function deleteFavorites(
  client: Client | Transaction,
  { viewerId, titleIds }: { viewerId: string; titleIds: readonly string[] },
): Promise<number> {
  let deleted = 0;
  for (const some of inChunks(titleIds)) {
    const { count } = await client.favorite.deleteMany({ where: { userId: viewerId, titleId: { in: some } } });
    deleted += count;
  }
  return deleted;
}

export function toFavorite(row: FavoriteRow): Favorite {
  const { title, tags, ...rest } = row;
  return {
    ...rest,
    tags: tags.map(({ tag }) => tag.name).sort(),
    title: {
      id: title.id,
      title: title.title,
      titles: storedTitles.parse(JSON.parse(title.titles)),
      description: title.description,
      hasCover: title.coverUrl !== null,
      type: storedType.parse(title.type),
      year: title.year,
      authors: storedNames.parse(JSON.parse(title.authors)),
      ids: storedIds.parse(JSON.parse(title.ids)),
      sources: title.sources,
    },
  };
}
