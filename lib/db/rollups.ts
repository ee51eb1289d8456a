import "server-only";
import { ROLLUP_STEPS, type RollupStep, STEP_MS, type StoredRollup } from "@/lib/health/rollup";
import type { RollupKey, RollupSpan } from "@/lib/health/rollup-book";
import type { Client, Transaction } from "./client";
import { Prisma } from "./generated/sqlite/client";
import { inChunks } from "./in-chunks";
import { listProviderKeys } from "./providers";

/** How long roll-ups are kept. */
const KEPT_MS = {
  minute: 48 * STEP_MS.hour,
  hour: 90 * STEP_MS.day,
  day: 5 * 366 * STEP_MS.day,
} satisfies Record<RollupStep, number>;

/** Writes rows over what is stored of the same buckets. Those of removed providers are left out. */
export async function saveRollups(client: Client | Transaction, rollups: readonly StoredRollup[]): Promise<void> {
  if (rollups.length === 0) return;
  const keys = await listProviderKeys(client);
  const rows = rollups.flatMap((rollup) => {
    const key = keys.get(rollup.providerId);
    return key === undefined ? [] : [toValues(rollup, key)];
  });
  for (const some of inChunks(rows)) {
    await client.$executeRaw`
      INSERT INTO "ProviderRollup"
        ("providerKey", "step", "bucket", "samples", "successCount", "failureCount", "durationSum", "minMs", "maxMs",
          "upMs", "degradedMs", "downMs", "classes", "histogram")
      VALUES ${Prisma.join(some)}
      ON CONFLICT ("providerKey", "step", "bucket") DO UPDATE SET
        "samples" = excluded."samples", "successCount" = excluded."successCount", "failureCount" = excluded."failureCount",
        "durationSum" = excluded."durationSum", "minMs" = excluded."minMs", "maxMs" = excluded."maxMs",
        "upMs" = excluded."upMs", "degradedMs" = excluded."degradedMs", "downMs" = excluded."downMs",
        "classes" = excluded."classes", "histogram" = excluded."histogram"`;
  }
}

function toValues(row: StoredRollup, key: number): Prisma.Sql {
  return Prisma.sql`(${key}, ${ROLLUP_STEPS.indexOf(row.step)}, ${BigInt(row.bucket)}, ${row.samples}, ${row.successCount},
    ${row.failureCount}, ${BigInt(row.durationSum)}, ${row.minMs}, ${row.maxMs}, ${row.upMs}, ${row.degradedMs},
    ${row.downMs}, ${row.classes}, ${row.histogram})`;
}

/** Oldest first; within a bucket by provider id. */
export async function listRollups(client: Client | Transaction, span: RollupSpan): Promise<StoredRollup[]> {
  const keys = await listProviderKeys(client);
  // Raw: with a day of minutes, Prisma's own way takes three times as long.
  const rows = await client.$queryRaw<RollupRow[]>`
    SELECT "providerKey", "step", "bucket", "samples", "successCount", "failureCount", "durationSum", "minMs", "maxMs",
      "upMs", "degradedMs", "downMs", "classes", "histogram"
    FROM "ProviderRollup" WHERE ${within(span, keys)}`;
  return toRollups(rows, keys);
}

export type DayCounts = Pick<StoredRollup, "providerId" | "bucket" | "successCount" | "failureCount" | "durationSum">;

/** Days without their distributions: a fraction of the bytes. In no order. */
export async function listDayCounts(
  client: Client | Transaction,
  span: Omit<RollupSpan, "step">,
): Promise<DayCounts[]> {
  const keys = await listProviderKeys(client);
  const rows = await client.$queryRaw<
    Pick<RollupRow, "providerKey" | "bucket" | "successCount" | "failureCount" | "durationSum">[]
  >`
    SELECT "providerKey", "bucket", "successCount", "failureCount", "durationSum"
    FROM "ProviderRollup" WHERE ${within({ ...span, step: "day" }, keys)}`;
  const ids = new Map([...keys].map(([id, key]) => [key, id]));
  return rows.flatMap(({ providerKey, bucket, successCount, failureCount, durationSum }) => {
    const id = ids.get(providerKey);
    if (id === undefined) return [];
    return [{ providerId: id, bucket: Number(bucket), successCount, failureCount, durationSum: Number(durationSum) }];
  });
}

/** By key of each provider, so that the primary key is used also for all of them. */
function within({ step, providerId, from, to }: RollupSpan, keys: ReadonlyMap<string, number>): Prisma.Sql {
  const whose =
    providerId === null ? Prisma.sql`IN (SELECT "key" FROM "Provider")` : Prisma.sql`= ${keys.get(providerId) ?? null}`;
  return Prisma.sql`"providerKey" ${whose} AND "step" = ${ROLLUP_STEPS.indexOf(step)}
    AND "bucket" >= ${BigInt(Math.floor(from))} AND "bucket" < ${BigInt(Math.ceil(to))}`;
}

export async function findRollups(client: Client | Transaction, wanted: readonly RollupKey[]): Promise<StoredRollup[]> {
  const keys = await listProviderKeys(client);
  const found: StoredRollup[] = [];
  for (const some of inChunks(wanted, 100)) {
    const where = some.flatMap(({ providerId, step, bucket }) => {
      const providerKey = keys.get(providerId);
      return providerKey === undefined
        ? []
        : [{ providerKey, step: ROLLUP_STEPS.indexOf(step), bucket: BigInt(bucket) }];
    });
    if (where.length > 0)
      found.push(...toRollups(await client.providerRollup.findMany({ where: { OR: where } }), keys));
  }
  return found;
}

type RollupRow = Awaited<ReturnType<Client["providerRollup"]["findMany"]>>[number];

function toRollups(rows: readonly RollupRow[], keys: ReadonlyMap<string, number>): StoredRollup[] {
  const ids = new Map([...keys].map(([id, key]) => [key, id]));
  return rows
    .flatMap((row) => {
      const providerId = ids.get(row.providerKey);
      return providerId === undefined ? [] : [toRollup(row, providerId)];
    })
    .sort((a, b) => a.bucket - b.bucket || (a.providerId < b.providerId ? -1 : 1));
}

function toRollup({ providerKey: _key, ...row }: RollupRow, providerId: string): StoredRollup {
  const step = ROLLUP_STEPS[row.step] ?? "minute";
  return { ...row, providerId, step, bucket: Number(row.bucket), durationSum: Number(row.durationSum) };
}

/** Deletes what is older than its step is kept. */
export async function pruneRollups(client: Client, now: number): Promise<void> {
  for (const key of (await listProviderKeys(client)).values()) {
    for (const [code, step] of ROLLUP_STEPS.entries()) {
      const bucket = { lt: BigInt(now - KEPT_MS[step]) };
      await client.providerRollup.deleteMany({ where: { providerKey: key, step: code, bucket } });
    }
  }
}
