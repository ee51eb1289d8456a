import "server-only";
import type { Client, Transaction } from "./client";
import { Prisma } from "./generated/sqlite/client";
import { inChunks } from "./in-chunks";
import { parseRecord, type StoredRecord, toRecordJson } from "./title-record";

/** A work as the store keeps it, made of its sources. Lists and maps are JSON. */
export interface TitleRow {
  id: string;
  title: string;
  titles: string;
  type: string;
  year: number | null;
  status: string;
  authors: string;
  description: string | null;
  coverUrl: string | null;
  coverProvider: string | null;
  contentRating: string;
  tags: string;
  ids: string;
  searchText: string;
}

export interface SourceKey {
  providerId: string;
  externalId: string;
}

export interface TitleSource extends SourceKey, StoredRecord {
  titleId: string;
  updatedAt: Date;
}

type Executor = Client | Transaction;

const KEYS_MAX = 5000;
const ROWS_MAX = 100;

/** Which title each stored source belongs to, in portions. */
export async function* listTitleIndex(client: Executor): AsyncGenerator<(SourceKey & { titleId: string })[]> {
  let after: SourceKey | null = null;
  while (true) {
    const rows: (SourceKey & { titleId: string })[] = await client.titleSource.findMany({
      select: { providerId: true, externalId: true, titleId: true },
      orderBy: [{ providerId: "asc" }, { externalId: "asc" }],
      take: KEYS_MAX,
      ...(after && { cursor: { providerId_externalId: after }, skip: 1 }),
    });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < KEYS_MAX) return;
    after = { providerId: last.providerId, externalId: last.externalId };
  }
}

/** The id under which a title is stored now, following a merge; null for an unknown id. */
export async function findStoredId(client: Executor, id: string): Promise<string | null> {
  const title = await client.title.findUnique({ where: { id }, select: { id: true } });
  if (title) return title.id;
  const alias = await client.titleAlias.findUnique({ where: { id }, select: { titleId: true } });
  return alias?.titleId ?? null;
}

/** What a title with this id of a catalogue is called; null when none is stored. Reads every title: not for a search's hot path. */
export async function findTextByCrossId(client: Executor, namespace: string, id: string): Promise<string | null> {
  const row = await client.title.findFirst({
    where: { ids: { contains: `${JSON.stringify(namespace)}:${JSON.stringify(id)}` } },
    select: { title: true },
  });
  return row?.title ?? null;
}

export async function listTitles(
  client: Executor,
  ids: readonly string[],
): Promise<(TitleRow & { createdAt: Date })[]> {
  const found = [];
  for (const some of inChunks(ids)) {
    found.push(...(await client.title.findMany({ where: { id: { in: some } }, omit: { updatedAt: true } })));
  }
  return found;
}

/** Alias → title, for those of the ids that are aliases. */
export async function listAliases(client: Executor, ids: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const some of inChunks(ids)) {
    const rows = await client.titleAlias.findMany({ where: { id: { in: some } }, select: { id: true, titleId: true } });
    for (const { id, titleId } of rows) found.set(id, titleId);
  }
  return found;
}

/** The titles that these sources are stored under. */
export async function listOwners(
  client: Executor,
  keys: readonly SourceKey[],
): Promise<(SourceKey & { titleId: string })[]> {
  const found: (SourceKey & { titleId: string })[] = [];
  for (const providerId of new Set(keys.map((key) => key.providerId))) {
    const externalIds = keys.filter((key) => key.providerId === providerId).map((key) => key.externalId);
    for (const some of inChunks(externalIds)) {
      const rows = await client.titleSource.findMany({
        where: { providerId, externalId: { in: some } },
        select: { providerId: true, externalId: true, titleId: true },
      });
      found.push(...rows);
    }
  }
  return found;
}

export async function listSources(client: Executor, titleIds: readonly string[]): Promise<TitleSource[]> {
  const found: TitleSource[] = [];
  for (const some of inChunks(titleIds)) {
    const rows = await client.titleSource.findMany({ where: { titleId: { in: some } } });
    for (const { providerId, externalId, titleId, url, record, updatedAt } of rows) {
      found.push({ providerId, externalId, titleId, updatedAt, ...parseRecord(record, { externalId, url }) });
    }
  }
  return found;
}

export async function upsertTitles(client: Executor, rows: readonly TitleRow[], at: Date): Promise<void> {
  for (const some of inChunks(rows, ROWS_MAX)) {
    const values = some.map(
      (
        row,
      ) => Prisma.sql`(${row.id}, ${row.title}, ${row.titles}, ${row.type}, ${row.year}, ${row.status}, ${row.authors},
        ${row.description}, ${row.coverUrl}, ${row.coverProvider}, ${row.contentRating}, ${row.tags}, ${row.ids},
        ${row.searchText}, ${at}, ${at})`,
    );
    await client.$executeRaw`
      INSERT INTO "Title" ("id", "title", "titles", "type", "year", "status", "authors", "description", "coverUrl", "coverProvider",
        "contentRating", "tags", "ids", "searchText", "createdAt", "updatedAt")
      VALUES ${Prisma.join(values)}
      ON CONFLICT ("id") DO UPDATE SET "title" = excluded."title", "titles" = excluded."titles", "type" = excluded."type",
        "year" = excluded."year", "status" = excluded."status", "authors" = excluded."authors",
        "description" = excluded."description", "coverUrl" = excluded."coverUrl", "coverProvider" = excluded."coverProvider",
        "contentRating" = excluded."contentRating", "tags" = excluded."tags", "ids" = excluded."ids",
        "searchText" = excluded."searchText", "updatedAt" = excluded."updatedAt"`;
  }
}

/** Writes records anew; a source that is stored stays with its title. */
export async function upsertSources(client: Executor, sources: readonly TitleSource[]): Promise<void> {
  for (const some of inChunks(sources, ROWS_MAX)) {
    const values = some.map(
      ({ providerId, externalId, titleId, record, detailedAt, updatedAt }) =>
        Prisma.sql`(${providerId}, ${externalId}, ${titleId}, ${record.url}, ${toRecordJson({ record, detailedAt })}, ${updatedAt})`,
    );
    await client.$executeRaw`
      INSERT INTO "TitleSource" ("providerId", "externalId", "titleId", "url", "record", "updatedAt")
      VALUES ${Prisma.join(values)}
      ON CONFLICT ("providerId", "externalId") DO UPDATE SET "url" = excluded."url", "record" = excluded."record",
        "updatedAt" = excluded."updatedAt"`;
  }
}

/** More ids that lead to a title. An id that is known already keeps its meaning. */
export async function insertAliases(
  client: Executor,
  aliases: readonly { id: string; titleId: string }[],
  at: Date,
): Promise<void> {
  for (const some of inChunks(aliases, ROWS_MAX)) {
    const values = some.map(({ id, titleId }) => Prisma.sql`(${id}, ${titleId}, ${at})`);
    await client.$executeRaw`
      INSERT INTO "TitleAlias" ("id", "titleId", "createdAt") VALUES ${Prisma.join(values)} ON CONFLICT ("id") DO NOTHING`;
  }
}

/** Moves the sources and aliases of one title to another, and leaves an alias in its place. Its favorites must be gone. */
export async function replaceTitle(
  client: Transaction,
  { titleId, by, at }: { titleId: string; by: string; at: Date },
): Promise<void> {
  await client.titleSource.updateMany({ where: { titleId }, data: { titleId: by } });
  await client.titleAlias.updateMany({ where: { titleId }, data: { titleId: by } });
  await client.title.delete({ where: { id: titleId } });
  await insertAliases(client, [{ id: titleId, titleId: by }], at);
}
