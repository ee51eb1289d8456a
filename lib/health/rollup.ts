import { isSuccess, OUTCOME_CLASSES, type OutcomeClass } from "@/lib/providers/outcome";
import { binOf, durationOf } from "./engine/sketch";
import { addCount, packCounts, unpackCounts } from "./packed-counts";
import { addStateTime, noStateTime, type StateTime } from "./state-time";

export const ROLLUP_STEPS = ["minute", "hour", "day"] as const;
export type RollupStep = (typeof ROLLUP_STEPS)[number];

const MINUTE_MS = 60_000;

export const STEP_MS = {
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 24 * 60 * MINUTE_MS,
} as const satisfies Record<RollupStep, number>;

/** When the bucket around `at` begins, in epoch milliseconds; days are those of UTC. */
export function bucketOf(at: number, step: RollupStep): number {
  return Math.floor(at / STEP_MS[step]) * STEP_MS[step];
}

/** What many samples come to. Merging is exact and does not depend on order. */
export interface Rollup {
  samples: number;
  successCount: number;
  failureCount: number;
  /** Of successes and failures, in whole ms. */
  durationSum: number;
  /** Of successes, in whole ms; so are the bins. */
  minMs: number | null;
  maxMs: number | null;
  /** Counts by place in `OUTCOME_CLASSES`. */
  classes: Map<number, number>;
  /** Counts by bin of the engine's sketch. */
  bins: Map<number, number>;
}

/** One provider's bucket, as it is stored. */
export interface StoredRollup extends StateTime {
  providerId: string;
  step: RollupStep;
  /** When it begins, epoch milliseconds. */
  bucket: number;
  samples: number;
  successCount: number;
  failureCount: number;
  durationSum: number;
  minMs: number | null;
  maxMs: number | null;
  classes: Uint8Array<ArrayBuffer>;
  histogram: Uint8Array<ArrayBuffer>;
}

interface RolledSample {
  class: OutcomeClass;
  durationMs: number;
}

/** What is nobody's fault or our own is neither a success nor a failure. */
const NEITHER: ReadonlySet<OutcomeClass> = new Set([
  "client",
  "cancelled",
  "self_offline",
  "tainted",
  "internal",
  "dependency",
]);
const CLASS_CODE: ReadonlyMap<OutcomeClass, number> = new Map(OUTCOME_CLASSES.map((name, code) => [name, code]));

/** What counts as a failure in counts per bucket; more classes than those that count against a provider. */
export function isCountedFailure(outcome: OutcomeClass): boolean {
  return !isSuccess(outcome) && !NEITHER.has(outcome);
}

export function newRollup(): Rollup {
  return {
    samples: 0,
    successCount: 0,
    failureCount: 0,
    durationSum: 0,
    minMs: null,
    maxMs: null,
    classes: new Map(),
    bins: new Map(),
  };
}

export function addToRollup(rollup: Rollup, sample: RolledSample): void {
  count(rollup, sample, 1);
  if (!isSuccess(sample.class)) return;
  const durationMs = Math.round(sample.durationMs);
  rollup.minMs = smaller(rollup.minMs, durationMs);
  rollup.maxMs = larger(rollup.maxMs, durationMs);
  addCount(rollup.bins, binOf(durationMs), 1);
}

/** Takes a sample that has been added over to another class. Neither of the two is a success. */
export function relabelInRollup(rollup: Rollup, sample: RolledSample, to: OutcomeClass): void {
  count(rollup, sample, -1);
  count(rollup, { ...sample, class: to }, 1);
}

function count(rollup: Rollup, sample: RolledSample, by: 1 | -1): void {
  rollup.samples += by;
  addCount(rollup.classes, CLASS_CODE.get(sample.class) ?? 0, by);
  const failed = isCountedFailure(sample.class);
  if (failed) rollup.failureCount += by;
  else if (isSuccess(sample.class)) rollup.successCount += by;
  else return;
  rollup.durationSum += by * Math.round(sample.durationMs);
}

export function mergeRollup(target: Rollup, source: Rollup): void {
  target.samples += source.samples;
  target.successCount += source.successCount;
  target.failureCount += source.failureCount;
  target.durationSum += source.durationSum;
  target.minMs = smaller(target.minMs, source.minMs);
  target.maxMs = larger(target.maxMs, source.maxMs);
  for (const [code, times] of source.classes) addCount(target.classes, code, times);
  for (const [bin, times] of source.bins) addCount(target.bins, bin, times);
}

export function packRollup(
  rollup: Rollup,
  at: Pick<StoredRollup, "providerId" | "step" | "bucket">,
  { upMs, degradedMs, downMs }: StateTime,
): StoredRollup {
  const { classes, bins, ...counts } = rollup;
  return {
    ...at,
    ...counts,
    upMs: Math.round(upMs),
    degradedMs: Math.round(degradedMs),
    downMs: Math.round(downMs),
    classes: packCounts(classes),
    histogram: packCounts(bins),
  };
}

export function unpackRollup(stored: StoredRollup): Rollup {
  const { samples, successCount, failureCount, durationSum, minMs, maxMs } = stored;
  const classes = unpackCounts(stored.classes);
  const bins = unpackCounts(stored.histogram);
  return { samples, successCount, failureCount, durationSum, minMs, maxMs, classes, bins };
}

/** Several buckets as one. */
export function sumRollups(rows: readonly StoredRollup[]): { rollup: Rollup; time: StateTime } {
  const rollup = newRollup();
  let time = noStateTime();
  for (const row of rows) {
    mergeRollup(rollup, unpackRollup(row));
    time = addStateTime(time, row);
  }
  return { rollup, time };
}

/** Quantiles (0–1, ascending; nearest rank) of the successes, in ms, within 1 %; null each without any. */
export function rollupQuantiles({ bins, successCount }: Rollup, wanted: readonly number[]): (number | null)[] {
  const ascending = [...bins].sort(([a], [b]) => a - b);
  let place = 0;
  let seen = ascending[0]?.[1] ?? 0;
  return wanted.map((quantile) => {
    const rank = Math.max(1, Math.ceil(quantile * successCount));
    while (seen < rank && place < ascending.length - 1) seen += ascending[++place]?.[1] ?? 0;
    const bin = ascending[place]?.[0];
    return bin === undefined ? null : durationOf(bin);
  });
}

export function classCounts({ classes }: Rollup): Partial<Record<OutcomeClass, number>> {
  return Object.fromEntries(
    OUTCOME_CLASSES.flatMap((name, code) => {
      const times = classes.get(code) ?? 0;
      return times > 0 ? [[name, times]] : [];
    }),
  );
}

function smaller(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function larger(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
