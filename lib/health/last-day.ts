import { isCountable, OUTCOME_CLASSES } from "@/lib/providers/outcome";
import { unpackCounts } from "./packed-counts";
import { type HistorySource, readRollups } from "./read-rollups";
import { bucketOf, mergeRollup, newRollup, type Rollup, rollupQuantiles, STEP_MS, unpackRollup } from "./rollup";
import type { StateTime } from "./state-time";

/** One hour of one provider. */
export interface HourFigures extends StateTime {
  /** When it begins, epoch milliseconds. */
  at: number;
  /** Successes. */
  good: number;
  /** Failures that count against the provider. */
  bad: number;
  /** Of successes, in ms; null without any. */
  p95Ms: number | null;
}

export interface LastDay {
  /** Oldest first; hours of which nothing is known are left out. */
  hours: HourFigures[];
  /** Of all successes of the day, in ms. */
  p95Ms: number | null;
}

/** The last 24 hours and the one that is still open, of every provider of which something is known, in one query. */
export async function readLastDay(source: HistorySource, now: number): Promise<ReadonlyMap<string, LastDay>> {
  const from = bucketOf(now - STEP_MS.day, "hour");
  const days = new Map<string, { hours: HourFigures[]; whole: Rollup }>();
  for (const row of await readRollups(source, { step: "hour", providerId: null, from, to: now })) {
    const day = days.get(row.providerId) ?? { hours: [], whole: newRollup() };
    days.set(row.providerId, day);
    const rollup = unpackRollup(row);
    mergeRollup(day.whole, rollup);
    const { bucket: at, successCount: good, upMs, degradedMs, downMs } = row;
    day.hours.push({ at, good, bad: countableFailures(row), p95Ms: p95Of(rollup), upMs, degradedMs, downMs });
  }
  return new Map([...days].map(([id, { hours, whole }]) => [id, { hours, p95Ms: p95Of(whole) }]));
}

function p95Of(rollup: Rollup): number | null {
  const [p95 = null] = rollupQuantiles(rollup, [0.95]);
  return p95 === null ? null : Math.round(p95);
}

function countableFailures({ classes }: { classes: Uint8Array }): number {
  let sum = 0;
  for (const [code, times] of unpackCounts(classes)) if (isCountable(OUTCOME_CLASSES[code] ?? "internal")) sum += times;
  return sum;
}
