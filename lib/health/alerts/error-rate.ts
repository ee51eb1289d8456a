import type { WindowStats } from "@/lib/health/health-view";
import { isCountable, isSuccess, type OutcomeClass } from "@/lib/providers/outcome";
import { countFailed, type Outcome } from "./outcomes";

const SPAN_MS = 5 * 60_000;
const FEWEST = 5;
const NEWEST_MAX = 10;
/** The newest calls must fail by so much more than those of 5 minutes to count as a rise. */
const RISE = 0.1;
const RESOLVE_BELOW = 0.8;
const STILL = 2;

export interface Share {
  judged: number;
  failed: number;
}

export interface ErrorRate {
  /** At or above the limit. */
  reached: boolean;
  /** Below 80 % of it. */
  below: boolean;
  /** What says so: the calls of 5 minutes, or the newest of them. */
  told: Share & { newest: boolean };
}

/**
 * The share of failing calls against a limit in percent: of at least 5 calls in 5 minutes, or, when it is rising, of the newer half of them
 * (5 to 10). The newer half is what lets a warning come before a rising share ends in a breakdown: a circuit opens at the same share of
 * its own, shorter window. Nothing is reached unless one of the last two calls failed: what is over is not told late, nor after a restart.
 */
export function judgeErrorRate(
  m5: Pick<WindowStats, "classes">,
  outcomes: readonly Outcome[],
  { limitPercent, now }: { limitPercent: number; now: number },
): ErrorRate {
  const all = toShare(m5.classes);
  const count = Math.min(NEWEST_MAX, Math.max(FEWEST, Math.floor(all.judged / 2)));
  const newest = countFailed(outcomes, { count, since: now - SPAN_MS });
  const isHigh = (share: Share) => share.judged >= FEWEST && share.failed * 100 >= share.judged * limitPercent;
  const isLow = (share: Share) =>
    share.failed * 100 < share.judged * limitPercent * RESOLVE_BELOW || share.judged === 0;
  const rises = ratioOf(newest) - ratioOf(all) >= RISE;
  const high = isHigh(all) ? { ...all, newest: false } : { ...newest, newest: true };
  return {
    reached: (isHigh(all) || (isHigh(newest) && rises)) && outcomes.slice(-STILL).some(({ failed }) => failed),
    below: isLow(all) && isLow(newest),
    told: high,
  };
}

function toShare(classes: WindowStats["classes"]): Share {
  let judged = 0;
  let failed = 0;
  for (const [name, count] of Object.entries(classes)) {
    // Safe because the keys of the table are outcome classes.
    const outcome = name as OutcomeClass;
    if (isCountable(outcome)) failed += count;
    if (isCountable(outcome) || isSuccess(outcome)) judged += count;
  }
  return { judged, failed };
}

function ratioOf({ judged, failed }: Share): number {
  return judged === 0 ? 0 : failed / judged;
}
