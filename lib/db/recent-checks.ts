import "server-only";
import { z } from "zod";
import { OUTCOME_CLASSES } from "@/lib/providers/outcome";
import { OPERATIONS, SOURCES } from "@/lib/providers/provider";
import type { Client } from "./client";
import { Prisma } from "./generated/sqlite/client";
import { inChunks } from "./in-chunks";
import { listProviderKeys } from "./providers";
import type { StoredSample } from "./samples";

const CHECK_SOURCES = (["check", "probe", "canary", "manual"] as const).map((source) => SOURCES.indexOf(source));
/** SQLite joins at most 500 selections with one another. */
const AT_ONCE = 100;

const number = z.union([z.bigint(), z.number()]).transform(Number);
const rowsSchema = z.array(
  z.object({
    key: number,
    at: number,
    nth: number,
    source: number,
    operation: number,
    class: number,
    durationMs: number,
    httpStatus: number.nullable(),
    results: number.nullable(),
    error: z.string().nullable(),
  }),
);

/** The last `limit` checks of each provider, oldest first. */
export async function listRecentChecks(
  client: Client,
  { limit }: { limit: number },
): Promise<ReadonlyMap<string, readonly StoredSample[]>> {
  const keys = await listProviderKeys(client);
  const checks = new Map<string, StoredSample[]>();
  for (const some of inChunks([...keys], AT_ONCE)) {
    const ids = new Map(some.map(([id, key]) => [key, id]));
    const newest = some.map(
      ([, key]) => Prisma.sql`
        SELECT * FROM (
          SELECT "providerKey", "at", "nth", "source", "operation", "class", "durationMs", "httpStatus", "results", "errorId"
          FROM "ProviderSample"
          WHERE "providerKey" = ${key} AND "source" IN (${Prisma.join(CHECK_SOURCES)})
          ORDER BY "at" DESC, "nth" DESC LIMIT ${limit}
        ) AS newest`,
    );
    const rows = await client.$queryRaw`
      SELECT "providerKey" AS key, "at", "nth", "source", "operation", "class", "durationMs", "httpStatus", "results", "text" AS error
      FROM (${Prisma.join(newest, " UNION ALL ")}) AS checks
      LEFT JOIN "ProviderError" ON "ProviderError"."id" = checks."errorId"
      ORDER BY "providerKey", "at", "nth"`;
    for (const { key, ...row } of rowsSchema.parse(rows)) {
      const providerId = ids.get(key);
      if (providerId === undefined) continue;
      const list = checks.get(providerId) ?? [];
      checks.set(providerId, list);
      list.push({
        ...row,
        providerId,
        source: SOURCES[row.source] ?? "check",
        operation: OPERATIONS[row.operation] ?? "check",
        class: OUTCOME_CLASSES[row.class] ?? "internal",
      });
    }
  }
  return checks;
}
