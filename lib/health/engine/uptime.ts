import type { ProviderState, UptimeShare } from "@/lib/health/health-view";
import type { UptimeKind, UptimeMark } from "./types";

const DAY_MS = 24 * 60 * 60_000;
const KEPT_MS = 30 * DAY_MS;
const MOST_MARKS = 400;

const KIND_OF = {
  DISABLED: "unknown",
  MISCONFIGURED: "down",
  AUTO_DISABLED: "down",
  RATE_LIMITED: "up",
  TESTING: "unknown",
  DOWN: "down",
  DEGRADED: "up",
  ACTIVE: "up",
  UNKNOWN: "unknown",
} satisfies Record<ProviderState, UptimeKind>;

/** How time in a state counts. Throttled is up: it answers, only not to us just now. */
export function uptimeKind(state: ProviderState): UptimeKind {
  return KIND_OF[state];
}

/** From `at` on it was `kind`; `at` may lie in the past (DOWN begins at the first failure), never before the last change. */
export function markUptime(marks: readonly UptimeMark[], at: number, kind: UptimeKind): readonly UptimeMark[] {
  const last = marks.at(-1);
  if (last?.kind === kind) return marks;
  if (!last) return [{ at, kind }];
  const from = Math.max(at, last.at);
  const kept = from === last.at ? marks.slice(0, -1) : marks;
  if (kept.at(-1)?.kind === kind) return kept;
  return trim([...kept, { at: from, kind }]);
}

function trim(marks: readonly UptimeMark[]): readonly UptimeMark[] {
  const newest = marks.at(-1)?.at ?? 0;
  const firstKept = marks.findIndex((_, index) => (marks[index + 1]?.at ?? newest) >= newest - KEPT_MS);
  return marks.slice(Math.max(0, firstKept)).slice(-MOST_MARKS);
}

/** Time-weighted share of up over the last 24 h, 7 d and 30 d, of the known time; `coverage` says how much was known. */
export function uptimeShares(
  marks: readonly UptimeMark[],
  now: number,
): { h24: UptimeShare; d7: UptimeShare; d30: UptimeShare } {
  return {
    h24: uptimeShare(marks, now, DAY_MS),
    d7: uptimeShare(marks, now, 7 * DAY_MS),
    d30: uptimeShare(marks, now, 30 * DAY_MS),
  };
}

function uptimeShare(marks: readonly UptimeMark[], now: number, spanMs: number): UptimeShare {
  const start = now - spanMs;
  const spent = { up: 0, down: 0, unknown: 0 };
  marks.forEach((mark, index) => {
    const from = Math.max(mark.at, start);
    const to = Math.min(marks[index + 1]?.at ?? now, now);
    if (to > from) spent[mark.kind] += to - from;
  });
  const known = spent.up + spent.down;
  return { ratio: known === 0 ? null : spent.up / known, coverage: known / spanMs };
}

/**
 * Since when it has not been up, as far as that is known: the first failure after it last was, or its being switched off. What nobody
 * could know (before any check, while we ourselves were offline) does not begin it. Null while it is up, and while nothing is known.
 */
export function unwellSince(marks: readonly UptimeMark[], isOff: boolean): number | null {
  const after = marks.slice(marks.findLastIndex(({ kind }) => kind === "up") + 1);
  return (isOff ? after[0] : after.find(({ kind }) => kind === "down"))?.at ?? null;
}

/** Since when it has been up without a break; null while it is not. */
export function upSince(marks: readonly UptimeMark[]): number | null {
  const last = marks.at(-1);
  return last?.kind === "up" ? last.at : null;
}
