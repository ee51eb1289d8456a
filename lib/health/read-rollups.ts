import type { Client } from "@/lib/db/client";
import { type DayCounts, listDayCounts, listRollups } from "@/lib/db/rollups";
import { type DailyCount, toDailyCounts } from "./daily-counts";
import type { UptimeShare } from "./health-view";
import type { UnwrittenHistory } from "./recorder";
import { bucketOf, mergeRollup, packRollup, type RollupStep, STEP_MS, type StoredRollup, unpackRollup } from "./rollup";
import type { RollupSpan, UnwrittenRollup } from "./rollup-book";
import { knownMs } from "./state-time";

const HOURS_UP_TO_MS = 8 * STEP_MS.day;

/** What history is read from: the database, and what waits to be written. */
export interface HistorySource {
  client: Client;
  unwritten: UnwrittenHistory;
}

/** Roll-ups as they stand, with the buckets that are still open; oldest first, within a bucket by provider id. */
export async function readRollups({ client, unwritten }: HistorySource, span: RollupSpan): Promise<StoredRollup[]> {
  // Memory first: what is written meanwhile is then in both, not in neither.
  const fresh = unwritten.rollups(span);
  return inOrder(overlay(await listRollups(client, span), fresh, addRollups));
}

/** Successes and failures per UTC day of the last `days` days, today included, oldest first. */
export async function readDailyCounts(
  { client, unwritten }: HistorySource,
  { providerId, days, now }: { providerId: string | null; days: number; now: number },
): Promise<DailyCount[]> {
  const today = bucketOf(now, "day");
  const span = { step: "day", providerId, from: today - (days - 1) * STEP_MS.day, to: today + STEP_MS.day } as const;
  const fresh = unwritten.rollups(span);
  const rows = overlay<DayCounts>(await listDayCounts(client, span), fresh, (stored, { row }) => ({
    ...stored,
    successCount: stored.successCount + row.successCount,
    failureCount: stored.failureCount + row.failureCount,
    durationSum: stored.durationSum + row.durationSum,
  }));
  return toDailyCounts(inOrder(rows));
}

/** Time-weighted share of up over a span that ends now, by provider: of the known time; to the hour up to 8 days, beyond that to the day. */
export async function readUptime(
  source: HistorySource,
  { spanMs, now }: { spanMs: number; now: number },
): Promise<ReadonlyMap<string, UptimeShare>> {
  const step: RollupStep = spanMs <= HOURS_UP_TO_MS ? "hour" : "day";
  const rows = await readRollups(source, { step, providerId: null, from: bucketOf(now - spanMs, step), to: now });
  const spent = new Map<string, { up: number; known: number }>();
  for (const row of rows) {
    const { up, known } = spent.get(row.providerId) ?? { up: 0, known: 0 };
    spent.set(row.providerId, { up: up + row.upMs + row.degradedMs, known: known + knownMs(row) });
  }
  return new Map(
    [...spent].map(([id, { up, known }]) => [
      id,
      { ratio: known === 0 ? null : up / known, coverage: Math.min(1, known / spanMs) },
    ]),
  );
}

function overlay<Row extends { providerId: string; bucket: number }>(
  stored: readonly Row[],
  fresh: readonly UnwrittenRollup[],
  add: (stored: Row, fresh: UnwrittenRollup) => Row,
): (Row | StoredRollup)[] {
  const rows = new Map<string, Row | StoredRollup>(stored.map((row) => [keyOf(row), row]));
  const byKey = new Map(stored.map((row) => [keyOf(row), row]));
  for (const one of fresh) {
    const key = keyOf(one.row);
    const before = byKey.get(key);
    rows.set(key, one.adds && before ? add(before, one) : one.row);
  }
  return [...rows.values()];
}

function addRollups(stored: StoredRollup, { row }: UnwrittenRollup): StoredRollup {
  const rollup = unpackRollup(stored);
  mergeRollup(rollup, unpackRollup(row));
  return packRollup(rollup, { providerId: stored.providerId, step: stored.step, bucket: stored.bucket }, stored);
}

function keyOf({ providerId, bucket }: { providerId: string; bucket: number }): string {
  return `${bucket}|${providerId}`;
}

function inOrder<Row extends { providerId: string; bucket: number }>(rows: Row[]): Row[] {
  return rows.sort((a, b) => a.bucket - b.bucket || (a.providerId < b.providerId ? -1 : 1));
}
