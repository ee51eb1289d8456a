import { formatClock, formatCount, formatList, formatMs, formatNoun, formatPercent } from "@/lib/format";
import type { ChartPoint } from "@/lib/health/chart-points";
import type { OutcomeClass } from "@/lib/providers/outcome";
import { countFamily, FAILURE_FAMILIES, type FailureFamily } from "./failure-families";

interface Zone {
  timeZone: string;
  now: number;
}

/** What a person would see in the latency chart, in a sentence. */
export function latencyWords(points: readonly ChartPoint[], { timeZone, now }: Zone): string {
  const known = points.filter((point) => point.p95Ms !== null);
  if (known.length === 0) return "No call succeeded in this time.";
  const slowest = known.reduce((a, b) => ((b.p95Ms ?? 0) > (a.p95Ms ?? 0) ? b : a));
  const lowest = Math.min(...known.map(({ p95Ms }) => p95Ms ?? 0));
  const newest = known.at(-1)?.p95Ms ?? null;
  return `One call in twenty took longer than ${formatMs(newest)} lately; over this time between ${formatMs(lowest)} and ${formatMs(slowest.p95Ms)}, slowest at ${formatClock(slowest.at, timeZone, now)}.`;
}

export function failureWords(points: readonly ChartPoint[]): string {
  const samples = points.reduce((sum, point) => sum + point.samples, 0);
  if (samples === 0) return "There was no call in this time.";
  const failures = sumFailures(points);
  const failed = Object.values(failures).reduce((sum, times) => sum + times, 0);
  if (failed === 0) return `All ${formatNoun(samples, "call")} succeeded.`;
  const worst = FAILURE_FAMILIES.map((family) => ({ family, times: countFamily(family, failures) }))
    .filter(({ times }) => times > 0)
    .sort((a, b) => b.times - a.times);
  const named = worst.slice(0, 3).map(({ family, times }) => `${family.name.toLowerCase()} ${formatCount(times)}`);
  return `${formatCount(failed)} of ${formatNoun(samples, "call")} did not succeed: ${formatList(named)}${worst.length > 3 ? " and others" : ""}.`;
}

/** Time-weighted, of the known time. `spanMs`: of the whole range. */
export function uptimeWords(points: readonly ChartPoint[], spanMs: number): string {
  const knownMs = points.reduce((sum, point) => sum + point.knownMs, 0);
  if (knownMs === 0) return "Nothing is known of this time.";
  const upMs = points.reduce((sum, point) => sum + (point.uptime ?? 0) * point.knownMs, 0);
  return `Up ${formatPercent(upMs / knownMs, 2)} of the known time, which is ${formatPercent(Math.min(1, knownMs / spanMs))} of all.`;
}

export function rateWords(points: readonly ChartPoint[]): string {
  const known = points.flatMap(({ perMinute }) => perMinute ?? []);
  if (known.length === 0) return "Nothing is known of this time.";
  const mean = known.reduce((sum, rate) => sum + rate, 0) / known.length;
  return `On average ${formatRate(mean)} a minute, at most ${formatRate(Math.max(...known))}.`;
}

/** "0.3", "12": one digit below ten. */
export function formatRate(perMinute: number): string {
  return perMinute < 10 ? String(Math.round(perMinute * 10) / 10) : formatCount(Math.round(perMinute));
}

export interface LegendEntry {
  family: FailureFamily;
  /** "dns 2, network 1" */
  text: string;
}

/** The families that occur, with the number of each class. */
export function failureLegend(points: readonly ChartPoint[]): LegendEntry[] {
  const failures = sumFailures(points);
  return FAILURE_FAMILIES.flatMap((family) =>
    countFamily(family, failures) > 0 ? [{ family, text: classesText(family, failures) }] : [],
  );
}

/** "timeout 3, http_5xx 1"; "none" without any, "–" where nothing is known. */
export function failuresText(failures: ChartPoint["failures"]): string {
  if (failures === null) return "–";
  const named = FAILURE_FAMILIES.flatMap((family) => classesText(family, failures) || []);
  return named.length === 0 ? "none" : named.join(", ");
}

function classesText({ classes }: FailureFamily, failures: Partial<Record<OutcomeClass, number>>): string {
  return classes.flatMap((name) => (failures[name] ? [`${name} ${formatCount(failures[name])}`] : [])).join(", ");
}

function sumFailures(points: readonly ChartPoint[]): Partial<Record<OutcomeClass, number>> {
  const sums = new Map<string, number>();
  for (const { failures } of points) {
    for (const [name, times] of Object.entries(failures ?? {})) sums.set(name, (sums.get(name) ?? 0) + times);
  }
  return Object.fromEntries(sums);
}
