import "server-only";
import { isUnreached, type Relabelling, type SampleRef } from "@/lib/health/health-store";
import { OUTCOME_CLASSES, type OutcomeClass } from "@/lib/providers/outcome";
import { OPERATIONS, type Operation, SOURCES, type Source } from "@/lib/providers/provider";
import type { Client, Transaction } from "./client";
import { Prisma } from "./generated/sqlite/client";
import { inChunks } from "./in-chunks";
import { listErrorTexts, pruneErrorTexts, storeErrorTexts, toErrorText } from "./provider-errors";
import { listProviderKeys } from "./providers";

const DELETED_AT_ONCE = 1000;

/** One recorded call. `at` is when it began, epoch milliseconds. */
export interface StoredSample {
  providerId: string;
  at: number;
  /** Tells samples of one provider and millisecond apart; one that is there already is not written twice. */
  nth?: number;
  source: Source;
  operation: Operation;
  class: OutcomeClass;
  durationMs: number;
  httpStatus: number | null;
  results: number | null;
  error: string | null;
}

const UNREACHED_CODES = codesOf(isUnreached);

function codesOf(wanted: (name: OutcomeClass) => boolean): number[] {
  return OUTCOME_CLASSES.flatMap((name, code) => (wanted(name) ? [code] : []));
}

/**
 * Writes samples in multi-row statements; the same error text is stored once. Samples of providers that have been removed
 * meanwhile are left out.
 */
export async function insertSamples(client: Client | Transaction, samples: readonly StoredSample[]): Promise<void> {
  if (samples.length === 0) return;
  const keys = await listProviderKeys(client);
  const texts = new Set(samples.flatMap(({ error }) => (error === null ? [] : [toErrorText(error)])));
  const errors = await storeErrorTexts(client, texts);
  const rows = samples.flatMap((sample, index) => {
    const key = keys.get(sample.providerId);
    return key === undefined ? [] : [toRow(sample, { key, nth: sample.nth ?? index, errors })];
  });
  for (const some of inChunks(rows)) {
    await client.$executeRaw`
      INSERT INTO "ProviderSample"
        ("providerKey", "at", "nth", "source", "operation", "class", "durationMs", "httpStatus", "results", "errorId")
      VALUES ${Prisma.join(some)}
      ON CONFLICT ("providerKey", "at", "nth") DO NOTHING`;
  }
}

interface RowParts {
  key: number;
  nth: number;
  errors: ReadonlyMap<string, number>;
}

function toRow(sample: StoredSample, { key, nth, errors }: RowParts): Prisma.Sql {
  const source = SOURCES.indexOf(sample.source);
  const operation = OPERATIONS.indexOf(sample.operation);
  const outcome = OUTCOME_CLASSES.indexOf(sample.class);
  const errorId = sample.error === null ? null : (errors.get(toErrorText(sample.error)) ?? null);
  return Prisma.sql`(${key}, ${BigInt(sample.at)}, ${nth}, ${source}, ${operation}, ${outcome},
    ${Math.round(sample.durationMs)}, ${sample.httpStatus}, ${sample.results}, ${errorId})`;
}

interface SampleRange {
  /** All providers when null. */
  providerId: string | null;
  /** Epoch milliseconds, both included. */
  from: number;
  to: number;
  limit: number;
}

/** Raw samples, oldest first; when there are more than `limit`, the newest of them. */
export async function listSamples(
  client: Client | Transaction,
  { providerId, from, to, limit }: SampleRange,
): Promise<StoredSample[]> {
  const keys = await listProviderKeys(client);
  const key = providerId === null ? undefined : keys.get(providerId);
  if (providerId !== null && key === undefined) return [];
  const rows = await client.providerSample.findMany({
    where: { ...(key !== undefined && { providerKey: key }), at: { gte: BigInt(from), lte: BigInt(to) } },
    orderBy: [{ at: "desc" }, { nth: "desc" }],
    take: limit,
  });
  const errors = await listErrorTexts(client, new Set(rows.flatMap((row) => row.errorId ?? [])));
  const ids = new Map([...keys].map(([id, number]) => [number, id]));
  return rows.reverse().flatMap((row) => {
    const id = ids.get(row.providerKey);
    return id === undefined ? [] : [toSample(row, id, errors)];
  });
}

type SampleRow = Awaited<ReturnType<Client["providerSample"]["findMany"]>>[number];

function toSample(row: SampleRow, providerId: string, errors: ReadonlyMap<number, string>): StoredSample {
  return {
    providerId,
    at: Number(row.at),
    nth: row.nth,
    source: SOURCES[row.source] ?? "check",
    operation: OPERATIONS[row.operation] ?? "check",
    class: OUTCOME_CLASSES[row.class] ?? "internal",
    durationMs: row.durationMs,
    httpStatus: row.httpStatus,
    results: row.results,
    error: row.errorId === null ? null : (errors.get(row.errorId) ?? null),
  };
}

/** Those of the samples that are stored and of class `dns` or `network`. */
export async function findUnreached(
  client: Client | Transaction,
  samples: readonly SampleRef[],
): Promise<StoredSample[]> {
  const found: StoredSample[] = [];
  for (const { key, providerId, instants } of await groupRefs(client, samples)) {
    const where = { providerKey: key, at: { in: instants }, class: { in: UNREACHED_CODES } };
    const rows = await client.providerSample.findMany({ where });
    found.push(...rows.map((row) => toSample(row, providerId, new Map())));
  }
  return found;
}

/** Takes stored samples of class `dns` or `network` over to another class. */
export async function relabelUnreached(client: Client | Transaction, { samples, as }: Relabelling): Promise<void> {
  for (const { key, instants } of await groupRefs(client, samples)) {
    await client.providerSample.updateMany({
      where: { providerKey: key, at: { in: instants }, class: { in: UNREACHED_CODES } },
      data: { class: OUTCOME_CLASSES.indexOf(as) },
    });
  }
}

async function groupRefs(client: Client | Transaction, samples: readonly SampleRef[]) {
  const keys = await listProviderKeys(client);
  const ids = new Set(samples.map(({ providerId }) => providerId));
  return [...ids].flatMap((providerId) => {
    const key = keys.get(providerId);
    if (key === undefined) return [];
    const own = samples.filter((sample) => sample.providerId === providerId);
    return inChunks(own).map((some) => ({ key, providerId, instants: some.map(({ at }) => BigInt(at)) }));
  });
}

interface Retention {
  /** Newest samples that every provider keeps, however old. */
  keep: number;
  /** Samples younger than this instant stay as well. */
  olderThan: number;
}

/** Deletes samples that are neither among a provider's newest `keep` nor young, some at a time. Gives their number. */
export async function pruneSamples(client: Client, { keep, olderThan }: Retention): Promise<number> {
  let deleted = 0;
  for (const key of (await listProviderKeys(client)).values()) {
    const newestTooMany = await findAt(client, { key, order: "desc", skip: keep });
    if (newestTooMany === null) continue;
    const before = Math.min(olderThan, newestTooMany + 1);
    for (;;) {
      const last = await findAt(client, { key, order: "asc", skip: DELETED_AT_ONCE - 1 });
      const at = { lt: BigInt(Math.min(before, (last ?? before) + 1)) };
      const { count: gone } = await client.providerSample.deleteMany({ where: { providerKey: key, at } });
      deleted += gone;
      if (gone < DELETED_AT_ONCE) break;
    }
  }
  await pruneErrorTexts(client);
  return deleted;
}

async function findAt(
  client: Client,
  { key, order, skip }: { key: number; order: "asc" | "desc"; skip: number },
): Promise<number | null> {
  const orderBy = [{ at: order }, { nth: order }];
  const row = await client.providerSample.findFirst({
    where: { providerKey: key },
    orderBy,
    skip,
    select: { at: true },
  });
  return row && Number(row.at);
}
