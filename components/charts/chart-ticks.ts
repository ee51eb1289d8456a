import { formatClock, formatDay } from "@/lib/format";
import type { ChartRange } from "@/lib/health/chart-points";

const DAY_MS = 86_400_000;

/** Where the time axis is marked: where this changes, in the reader's zone, and of those every so many. */
const MARKS = {
  "1h": { minutes: 10, every: 1 },
  "24h": { minutes: 240, every: 1 },
  "7d": { minutes: 0, every: 1 },
  "30d": { minutes: 0, every: 5 },
  "90d": { minutes: 0, every: 15 },
} as const satisfies Record<ChartRange, { minutes: number; every: number }>;

/** Instants of the axis, out of those of the points: full hours and days of the reader, whatever the zone. */
export function chartTicks(instants: readonly number[], range: ChartRange, timeZone: string): number[] {
  const { minutes, every } = MARKS[range];
  const markOf = (at: number) =>
    minutes > 0 ? Math.floor(minuteOfDay(at, timeZone) / minutes) : formatDay(at, timeZone);
  const changes = instants.filter((at, index) => {
    const before = instants[index - 1];
    return before !== undefined && markOf(at) !== markOf(before);
  });
  return changes.filter((_, index) => index % every === 0);
}

/** What stands at a mark: "14:30" within a day, else "22 Nov". */
export function tickText(at: number, range: ChartRange, timeZone: string): string {
  return MARKS[range].minutes > 0 ? formatClock(at, timeZone, at) : formatDay(at, timeZone);
}

/** A span of time: "22 Nov 14:30–14:40", "22 Nov 22:00–23 Nov 04:00"; days of the roll-ups are those of UTC: "22 Nov (UTC)". */
export function pointText(at: number, lengthMs: number, timeZone: string): string {
  if (lengthMs === DAY_MS) return `${formatDay(at, "UTC")} (UTC)`;
  const end = at + lengthMs;
  const [day, lastDay] = [formatDay(at, timeZone), formatDay(end, timeZone)];
  const [from, to] = [formatClock(at, timeZone, at), formatClock(end, timeZone, end)];
  return `${day} ${from}–${day === lastDay ? to : `${lastDay} ${to}`}`;
}

function minuteOfDay(at: number, timeZone: string): number {
  const [hour = 0, minute = 0] = formatClock(at, timeZone, at).split(":").map(Number);
  return hour * 60 + minute;
}
