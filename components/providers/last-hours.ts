import type { z } from "zod";
import {
  formatClock,
  formatCount,
  formatDuration,
  formatList,
  formatMs,
  formatNoun,
  formatPercent,
} from "@/lib/format";
import type { rollupSchema } from "@/lib/health/history-wire";
import type { HourFigures } from "@/lib/health/last-day";
import { isCountable, OUTCOME_CLASSES } from "@/lib/providers/outcome";

const HOUR_MS = 3_600_000;
const SHOWN = 24;
/** In words no more than so many are named one by one. */
const NAMED = 4;

export type HourState = "up" | "slow" | "down" | "unknown";

/** One hour of the strip. */
export interface StripHour {
  at: number;
  state: HourState;
  /** Share of it that went wrong, 0–1: the larger one of time and calls. */
  trouble: number;
  figures: HourFigures | null;
}

interface Zone {
  timeZone: string;
  now: number;
}

/** Share of successes among what is a provider's merit or fault, 0–1; null without any. */
export function successOf(hours: readonly HourFigures[]): number | null {
  const good = sum(hours.map((hour) => hour.good));
  const bad = sum(hours.map((hour) => hour.bad));
  return good + bad === 0 ? null : good / (good + bad);
}

/** An hour of the history API in the same shape. */
export function toHourFigures(row: z.infer<typeof rollupSchema>): HourFigures {
  return {
    at: Date.parse(row.at),
    good: row.success_count,
    bad: sum(OUTCOME_CLASSES.filter(isCountable).map((name) => row.classes[name] ?? 0)),
    p95Ms: row.p95_ms === null ? null : Math.round(row.p95_ms),
    upMs: row.up_seconds * 1000,
    degradedMs: row.degraded_seconds * 1000,
    downMs: row.down_seconds * 1000,
  };
}

/** Newer hours in the place of the same older ones, oldest first; what is older than a day falls out. */
export function mergeHours(before: readonly HourFigures[], news: readonly HourFigures[], now: number): HourFigures[] {
  const hours = new Map([...before, ...news].map((hour) => [hour.at, hour]));
  const oldest = startOfHour(now) - SHOWN * HOUR_MS;
  return [...hours.values()].filter(({ at }) => at >= oldest).sort((a, b) => a.at - b.at);
}

/** The last 24 hours, the open one last. One that is down now is down in the open hour, also before any figures say so. */
export function toStripHours(
  hours: readonly HourFigures[],
  { now, down }: { now: number; down: boolean },
): StripHour[] {
  const known = new Map(hours.map((hour) => [hour.at, hour]));
  const open = startOfHour(now);
  return Array.from({ length: SHOWN }, (_, index) => {
    const at = open - (SHOWN - 1 - index) * HOUR_MS;
    const figures = known.get(at) ?? null;
    const shown = toShown(figures);
    return { at, figures, ...(down && at === open ? { ...shown, state: "down" as const } : shown) };
  });
}

function toShown(figures: HourFigures | null): Pick<StripHour, "state" | "trouble"> {
  if (!figures) return { state: "unknown", trouble: 0 };
  const { good, bad, upMs, degradedMs, downMs } = figures;
  const known = upMs + degradedMs + downMs;
  if (known === 0 && good + bad === 0) return { state: "unknown", trouble: 0 };
  const failed = good + bad === 0 ? 0 : bad / (good + bad);
  const trouble = Math.max(failed, known === 0 ? 0 : downMs / known);
  if (downMs > 0) return { state: "down", trouble };
  return degradedMs > 0 || bad > 0 ? { state: "slow", trouble } : { state: "up", trouble };
}

/** One hour in words: "13:00 to 14:00: down for 20 min; 12 calls, 4 failed; p95 410 ms". */
export function describeHour({ at, state, figures }: StripHour, zone: Zone): string {
  const span = `${formatClock(at, zone.timeZone, zone.now)} to ${formatClock(at + HOUR_MS, zone.timeZone, at + HOUR_MS)}`;
  if (!figures || state === "unknown") return `${span}: ${state === "down" ? "down" : "not watched"}`;
  const { good, bad, p95Ms, downMs, degradedMs } = figures;
  const parts = [
    downMs > 0
      ? `down for ${formatDuration(downMs)}`
      : state === "down"
        ? "down"
        : degradedMs > 0
          ? `degraded for ${formatDuration(degradedMs)}`
          : "up",
    good + bad === 0 ? null : `${formatNoun(good + bad, "call")}, ${bad === 0 ? "none" : formatCount(bad)} failed`,
    p95Ms === null ? null : `p95 ${formatMs(p95Ms)}`,
  ];
  return `${span}: ${parts.filter(Boolean).join("; ")}`;
}

/** The whole strip in words. */
export function describeStrip(hours: readonly StripHour[], zone: Zone): string {
  const known = hours.filter(({ state }) => state !== "unknown");
  if (known.length === 0) return "Last 24 hours: nothing is known yet.";
  const troubled = known.filter(({ state }) => state !== "up");
  const down = sum(known.map(({ figures }) => figures?.downMs ?? 0));
  const watched = known.length === hours.length ? "" : ` Watched in ${known.length} of them.`;
  if (troubled.length === 0) return `Last 24 hours: up, no failure.${watched}`;
  const parts = (["down", "slow"] as const).flatMap((state) => {
    const those = troubled.filter((hour) => hour.state === state);
    if (those.length === 0) return [];
    const named = those.slice(-NAMED).map(({ at }) => formatClock(at, zone.timeZone, zone.now));
    const which =
      those.length > NAMED
        ? `${formatNoun(those.length, "hour")}, the last of them from ${named.at(-1)}`
        : `the ${those.length === 1 ? "hour" : "hours"} from ${formatList(named)}`;
    return [
      state === "down"
        ? `down${down > 0 ? ` for ${formatDuration(down)}` : ""} in ${which}`
        : `slow or failing in ${which}`,
    ];
  });
  return `Last 24 hours: ${parts.join("; ")}.${watched}`;
}

/** The line of p95 by hour in words. */
export function describeP95(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const last = known.at(-1);
  if (last === undefined) return "p95 by hour: nothing is known yet.";
  const range =
    known.length === 1
      ? ""
      : `, between ${formatMs(Math.min(...known))} and ${formatMs(Math.max(...known))} in 24 hours`;
  return `p95 by hour: ${formatMs(last)} at last${range}.`;
}

/** The uptime in words, with how much of the span is known. */
export function describeUptime({ ratio, coverage }: { ratio: number | null; coverage: number }): string {
  if (ratio === null) return "Nothing is known yet.";
  const known =
    coverage >= 0.9995 ? "the last 30 days" : `the ${formatPercent(coverage, 1)} of the last 30 days that are known`;
  return `Up ${formatPercent(ratio, 2)} of ${known}.`;
}

function startOfHour(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
