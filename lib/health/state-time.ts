import type { UptimeMark } from "./engine/types";

/** Milliseconds that a provider spent in each state. What is missing to the whole is unknown: not watched, switched off, or we were offline. */
export interface StateTime {
  upMs: number;
  degradedMs: number;
  downMs: number;
}

/** What is known of a provider over time. */
export interface Timeline {
  /** Oldest first; the last one holds until now. */
  marks: readonly UptimeMark[];
  /** Spans in which it was up and degraded, oldest first; the last one may still be running. */
  degraded: readonly { from: number; to: number | null }[];
}

export function noStateTime(): StateTime {
  return { upMs: 0, degradedMs: 0, downMs: 0 };
}

export function addStateTime(a: StateTime, b: StateTime): StateTime {
  return { upMs: a.upMs + b.upMs, degradedMs: a.degradedMs + b.degradedMs, downMs: a.downMs + b.downMs };
}

export function knownMs({ upMs, degradedMs, downMs }: StateTime): number {
  return upMs + degradedMs + downMs;
}

/** Time per state from `from` to `to`, epoch milliseconds. */
export function stateTimeBetween({ marks, degraded }: Timeline, from: number, to: number): StateTime {
  const time = noStateTime();
  for (let index = lastMarkBefore(marks, from); index < marks.length; index++) {
    const mark = marks[index];
    if (!mark || mark.at >= to) break;
    const start = Math.max(mark.at, from);
    const end = Math.min(marks[index + 1]?.at ?? to, to);
    if (end <= start) continue;
    if (mark.kind === "down") time.downMs += end - start;
    if (mark.kind !== "up") continue;
    const slowMs = degraded.reduce((sum, span) => sum + overlapMs(span, start, end), 0);
    time.degradedMs += slowMs;
    time.upMs += end - start - slowMs;
  }
  return time;
}

/** Where a binary search finds the mark that holds at `at`; 0 when all are later. */
function lastMarkBefore(marks: readonly UptimeMark[], at: number): number {
  let low = 0;
  let high = marks.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((marks[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function overlapMs(span: { from: number; to: number | null }, from: number, to: number): number {
  return Math.max(0, Math.min(span.to ?? to, to) - Math.max(span.from, from));
}

/** From when on two lists of marks tell different things; null when they tell the same. What only one of them still remembers does not count. */
export function firstDifference(before: readonly UptimeMark[], now: readonly UptimeMark[]): number | null {
  if (before === now) return null;
  const changes: number[] = [];
  const was = new Map(before.map((mark) => [mark.at, mark.kind]));
  const is = new Map(now.map((mark) => [mark.at, mark.kind]));
  const begin = Math.max(before[0]?.at ?? 0, now[0]?.at ?? 0);
  for (const { at, kind } of now) if (at >= begin && was.get(at) !== kind) changes.push(at);
  for (const { at } of before) if (at >= begin && !is.has(at)) changes.push(at);
  return changes.length === 0 ? null : Math.min(...changes);
}
