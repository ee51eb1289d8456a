import type { Trend } from "@/lib/health/health-view";
import { isCountable, isSuccess, type OutcomeClass } from "@/lib/providers/outcome";
import { addBin, binOf, createSketch, quantiles, type Sketch } from "./sketch";

const BUCKET_MS = 5 * 60_000;
const BUCKETS = 30;
const FEWEST_SAMPLES = 3;
const FEWEST_BUCKETS = 10;
const SIGNIFICANT_Z = 1.96;
const LATENCY_CHANGE = 0.2;
const LATENCY_CHANGE_MS = 100;
const ERROR_CHANGE = 0.1;

interface Bucket {
  index: number;
  samples: number;
  failed: number;
  p50Ms: number | null;
}

/** Medians and failure ratios of the last 30 × 5 minutes of one provider. Mutable, in memory only. */
export interface TrendSeries {
  closed: Bucket[];
  open: { index: number; samples: number; failed: number; sketch: Sketch } | null;
  /** The verdict on these closed buckets, which changes only every five minutes. */
  judged: { closed: readonly Bucket[]; at: number; trend: ProviderTrend } | null;
}

type ProviderTrend = { latency: Trend; errors: Trend };

export function createTrendSeries(): TrendSeries {
  return { closed: [], open: null, judged: null };
}

export function addToTrend(series: TrendSeries, at: number, outcome: OutcomeClass, durationMs: number): void {
  if (!isSuccess(outcome) && !isCountable(outcome)) return;
  const index = Math.floor(at / BUCKET_MS);
  if (series.open === null || series.open.index !== index) closeBucket(series, index);
  const { open } = series;
  if (open === null) return;
  open.samples++;
  if (isCountable(outcome)) open.failed++;
  else addBin(open.sketch, binOf(durationMs));
}

/** Takes one failure of that time back. */
export function takeFromTrend(series: TrendSeries, at: number): void {
  const index = Math.floor(at / BUCKET_MS);
  const less = <Counted extends { samples: number; failed: number }>(bucket: Counted): Counted => ({
    ...bucket,
    samples: bucket.samples - 1,
    failed: bucket.failed - 1,
  });
  if (series.open?.index === index) series.open = less(series.open);
  else series.closed = series.closed.map((bucket) => (bucket.index === index ? less(bucket) : bucket));
}

function closeBucket(series: TrendSeries, index: number): void {
  const { open } = series;
  const closed = [...series.closed];
  if (open !== null) {
    const [p50Ms] = quantiles(open.sketch, [0.5]);
    closed.push({ index: open.index, samples: open.samples, failed: open.failed, p50Ms: p50Ms ?? null });
  }
  series.closed = closed.filter((bucket) => bucket.index < index && bucket.index >= index - BUCKETS);
  series.open = { index, samples: 0, failed: 0, sketch: createSketch() };
}

/**
 * Whether latency and errors get better or worse over the closed buckets: Mann–Kendall (tie-corrected variance, continuity) says
 * whether there is a trend, Theil–Sen how large it is. `unknown` below 10 buckets of at least 3 samples.
 */
export function trendOf(series: TrendSeries, now: number): ProviderTrend {
  const at = Math.floor(now / BUCKET_MS);
  if (series.judged?.closed !== series.closed || series.judged.at !== at) {
    const recent = series.closed.filter((bucket) => bucket.index >= at - BUCKETS);
    series.judged = { closed: series.closed, at, trend: judgeBuckets(recent) };
  }
  return series.judged.trend;
}

function judgeBuckets(buckets: readonly Bucket[]): ProviderTrend {
  const usable = buckets.filter((bucket) => bucket.samples >= FEWEST_SAMPLES);
  const latency = usable.flatMap((bucket) => (bucket.p50Ms === null ? [] : [{ x: bucket.index, y: bucket.p50Ms }]));
  const errors = usable.map((bucket) => ({ x: bucket.index, y: bucket.failed / bucket.samples }));
  return {
    latency: judge(latency, (change, middle) => change > LATENCY_CHANGE_MS && change > LATENCY_CHANGE * middle),
    errors: judge(errors, (change) => change > ERROR_CHANGE),
  };
}

interface Point {
  x: number;
  y: number;
}

function judge(points: readonly Point[], matters: (change: number, middle: number) => boolean): Trend {
  if (points.length < FEWEST_BUCKETS) return "unknown";
  const z = mannKendall(points);
  const span = (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);
  const change = theilSen(points) * span;
  const middle = median(points.map((point) => point.y));
  if (Math.abs(z) <= SIGNIFICANT_Z || !matters(Math.abs(change), middle)) return "stable";
  return change > 0 ? "degrading" : "improving";
}

/** Z of the Mann–Kendall test; positive when values rise. Points in order of time. */
export function mannKendall(points: readonly Point[]): number {
  const n = points.length;
  let s = 0;
  const ties = new Map<number, number>();
  for (const [index, point] of points.entries()) {
    ties.set(point.y, (ties.get(point.y) ?? 0) + 1);
    for (const later of points.slice(index + 1)) s += Math.sign(later.y - point.y);
  }
  let variance = n * (n - 1) * (2 * n + 5);
  for (const t of ties.values()) variance -= t * (t - 1) * (2 * t + 5);
  if (variance <= 0 || s === 0) return 0;
  return (s - Math.sign(s)) / Math.sqrt(variance / 18);
}

/** Median of the slopes between all pairs, per unit of x. */
export function theilSen(points: readonly Point[]): number {
  const slopes: number[] = [];
  for (const [index, point] of points.entries()) {
    for (const later of points.slice(index + 1)) slopes.push((later.y - point.y) / (later.x - point.x));
  }
  return median(slopes);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? upper) + upper) / 2 : upper;
}
