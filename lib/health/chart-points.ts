import { isSuccess, type OutcomeClass } from "@/lib/providers/outcome";
import {
  classCounts,
  type Rollup,
  type RollupStep,
  rollupQuantiles,
  STEP_MS,
  type StoredRollup,
  sumRollups,
} from "./rollup";
import { knownMs } from "./state-time";

export const CHART_RANGES = ["1h", "24h", "7d", "30d", "90d"] as const;
export type ChartRange = (typeof CHART_RANGES)[number];

interface ChartPlan {
  spanMs: number;
  /** Which roll-ups are read, and how many of them make one point. */
  step: RollupStep;
  stepsPerPoint: number;
}

const QUANTILES = [0.5, 0.95, 0.99];
/** A user's own bad query and an aborted call count nowhere. */
const NOBODYS: ReadonlySet<OutcomeClass> = new Set(["client", "cancelled"]);

const PLANS = {
  "1h": { spanMs: STEP_MS.hour, step: "minute", stepsPerPoint: 1 },
  "24h": { spanMs: STEP_MS.day, step: "minute", stepsPerPoint: 10 },
  "7d": { spanMs: 7 * STEP_MS.day, step: "hour", stepsPerPoint: 1 },
  "30d": { spanMs: 30 * STEP_MS.day, step: "hour", stepsPerPoint: 6 },
  "90d": { spanMs: 90 * STEP_MS.day, step: "day", stepsPerPoint: 1 },
} as const satisfies Record<ChartRange, ChartPlan>;

/** One point of a provider's charts; null where nothing is known. */
export interface ChartPoint {
  /** When it begins, epoch milliseconds. */
  at: number;
  /** Calls that count somewhere. */
  samples: number;
  /** Of successes, in ms, within 1 %. */
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
  /** Calls a minute, of the part that has passed. */
  perMinute: number | null;
  /** What did not succeed, by class; null when nothing was watched. */
  failures: Partial<Record<OutcomeClass, number>> | null;
  /** Share of the known time that it was up, 0–1. */
  uptime: number | null;
  /** How much of the point's time is known. */
  knownMs: number;
}

/** Each range has some sixty to a hundred and seventy points. */
export function chartPlan(range: ChartRange): ChartPlan & { pointMs: number } {
  const plan = PLANS[range];
  return { ...plan, pointMs: plan.stepsPerPoint * STEP_MS[plan.step] };
}

/** When the first point of a range that ends now begins: the last one is still open. */
export function chartStart(range: ChartRange, now: number): number {
  const { spanMs, pointMs } = chartPlan(range);
  return floorTo(now, pointMs) + pointMs - spanMs;
}

/** Every point of the range, oldest first, with empty ones where there are no rows. Rows are of one provider and of the plan's step. */
export function toChartPoints(rows: readonly StoredRollup[], range: ChartRange, now: number): ChartPoint[] {
  const { pointMs } = chartPlan(range);
  const ofPoint = new Map<number, StoredRollup[]>();
  for (const row of rows) {
    const at = floorTo(row.bucket, pointMs);
    const known = ofPoint.get(at);
    if (known) known.push(row);
    else ofPoint.set(at, [row]);
  }
  const points: ChartPoint[] = [];
  for (let at = chartStart(range, now); at <= now; at += pointMs) {
    points.push(toPoint(ofPoint.get(at) ?? [], { at, pastMs: Math.min(pointMs, now - at) }));
  }
  return points;
}

function toPoint(rows: readonly StoredRollup[], { at, pastMs }: { at: number; pastMs: number }): ChartPoint {
  const { rollup, time } = sumRollups(rows);
  const known = Math.min(pastMs, knownMs(time));
  const classes = Object.entries(classCounts(rollup)) as [OutcomeClass, number][];
  const counted = classes.filter(([name]) => !NOBODYS.has(name));
  const samples = counted.reduce((sum, [, times]) => sum + times, 0);
  const watched = known > 0 || samples > 0;
  const [p50Ms = null, p95Ms = null, p99Ms = null] = quantilesWithin(rollup);
  return {
    at,
    samples,
    p50Ms,
    p95Ms,
    p99Ms,
    perMinute: watched && pastMs > 0 ? toHundredths((samples * STEP_MS.minute) / pastMs) : null,
    failures: watched ? Object.fromEntries(counted.filter(([name]) => !isSuccess(name))) : null,
    uptime: known === 0 ? null : Math.min(1, (time.upMs + time.degradedMs) / known),
    knownMs: known,
  };
}

/** A quantile is known to 1 %, the ends are known exactly. */
function quantilesWithin(rollup: Rollup): (number | null)[] {
  const { minMs, maxMs } = rollup;
  return rollupQuantiles(rollup, QUANTILES).map((ms) =>
    ms === null || minMs === null || maxMs === null ? null : Math.round(Math.min(maxMs, Math.max(minMs, ms))),
  );
}

function toHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

function floorTo(at: number, stepMs: number): number {
  return Math.floor(at / stepMs) * stepMs;
}
