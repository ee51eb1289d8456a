import "server-only";
import type { Client, Transaction } from "./client";
import { Prisma } from "./generated/sqlite/client";
import { inChunks } from "./in-chunks";

/** The lifetime figures of one provider. Instants are epoch milliseconds. */
export interface StoredStats {
  providerId: string;
  totalSearches: number;
  successfulSearches: number;
  failedSearches: number;
  scoreSum: number;
  scoreCount: number;
  avgResponseTimeMs: number | null;
  lastResponseTimeMs: number | null;
  successfulDownloads: number;
  failedDownloads: number;
  cacheHits: number;
  consecutiveFailures: number;
  totalChecks: number;
  successfulChecks: number;
  autoDisabled: boolean;
  disabledUntil: number | null;
  lastSuccessAt: number | null;
  lastFailureAt: number | null;
  lastCheckAt: number | null;
  lastError: string | null;
  updatedAt: number;
}

/** In the order of the columns below. */
const COLUMNS = [
  "providerId",
  "totalSearches",
  "successfulSearches",
  "failedSearches",
  "scoreSum",
  "scoreCount",
  "avgResponseTimeMs",
  "lastResponseTimeMs",
  "successfulDownloads",
  "failedDownloads",
  "cacheHits",
  "consecutiveFailures",
  "totalChecks",
  "successfulChecks",
  "autoDisabled",
  "disabledUntil",
  "lastSuccessAt",
  "lastFailureAt",
  "lastCheckAt",
  "lastError",
  "updatedAt",
] as const satisfies (keyof StoredStats)[];

const INSTANTS: ReadonlySet<keyof StoredStats> = new Set([
  "disabledUntil",
  "lastSuccessAt",
  "lastFailureAt",
  "lastCheckAt",
  "updatedAt",
]);

export async function listProviderStats(client: Client | Transaction): Promise<StoredStats[]> {
  const rows = await client.providerStats.findMany();
  return rows.map((row) => ({
    ...row,
    disabledUntil: row.disabledUntil?.getTime() ?? null,
    lastSuccessAt: row.lastSuccessAt?.getTime() ?? null,
    lastFailureAt: row.lastFailureAt?.getTime() ?? null,
    lastCheckAt: row.lastCheckAt?.getTime() ?? null,
    updatedAt: row.updatedAt.getTime(),
  }));
}

export async function saveProviderStats(client: Client | Transaction, stats: readonly StoredStats[]): Promise<void> {
  const names = Prisma.raw(COLUMNS.map((name) => `"${name}"`).join(", "));
  const changes = Prisma.raw(
    COLUMNS.slice(1)
      .map((name) => `"${name}" = excluded."${name}"`)
      .join(", "),
  );
  for (const some of inChunks(stats, 40)) {
    const rows = some.map((row) => Prisma.sql`(${Prisma.join(COLUMNS.map((name) => toValue(row, name)))})`);
    await client.$executeRaw`
      INSERT INTO "ProviderStats" (${names}) VALUES ${Prisma.join(rows)}
      ON CONFLICT ("providerId") DO UPDATE SET ${changes}`;
  }
}

function toValue(row: StoredStats, name: (typeof COLUMNS)[number]): string | number | boolean | Date | null {
  const value = row[name];
  return INSTANTS.has(name) && typeof value === "number" ? new Date(value) : value;
}
