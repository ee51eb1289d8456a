import { setImmediate } from "node:timers/promises";
import { AppError } from "@/lib/errors";
import { type DryRunCounts, type DryRunOptions, dryRun, type RecordedCall } from "./engine/dry-run";
import type { DisablePool, Thresholds } from "./engine/types";
import type { HistorySource } from "./read-rollups";
import { readSamples } from "./read-samples";

const SPAN_MS = 7 * 86_400_000;
/** A week of a call every half minute. */
const CALLS_MAX = 20_160;
const LONGEST_MS = 10_000;

/** The last seven days by the thresholds in force and by others. */
export interface TriedThresholds {
  /** Where the calls that were looked at begin, epoch milliseconds. */
  from: number;
  calls: number;
  inForce: DryRunCounts;
  proposed: DryRunCounts;
}

interface Trial {
  providerId: string;
  inForce: Thresholds;
  proposed: Thresholds;
  pool: DisablePool;
  probeIntervalsMs: readonly number[];
  clock: () => number;
}

/**
 * What the stored calls of the last seven days, the newest 20 160 of them, would have led to. Both sides are replayed, so that they can be
 * compared. Gives way to other work again and again; throws `AppError` unavailable after 10 s.
 */
export async function tryThresholds(source: HistorySource, trial: Trial): Promise<TriedThresholds> {
  const { providerId, inForce, proposed, pool, probeIntervalsMs, clock } = trial;
  const to = clock();
  const calls = await readSamples(source, { providerId, from: to - SPAN_MS, to, limit: CALLS_MAX });
  const from = calls.length < CALLS_MAX ? to - SPAN_MS : (calls[0]?.at ?? to);
  const options = { from, to, pool, probeIntervalsMs };
  const end = to + LONGEST_MS;
  return {
    from,
    calls: calls.length,
    inForce: await run(calls, { ...options, thresholds: inForce }, { clock, end }),
    proposed: await run(calls, { ...options, thresholds: proposed }, { clock, end }),
  };
}

async function run(
  calls: readonly RecordedCall[],
  options: DryRunOptions,
  { clock, end }: { clock: () => number; end: number },
): Promise<DryRunCounts> {
  const steps = dryRun(calls, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (clock() > end) {
      throw new AppError(
        "unavailable",
        "Trying the thresholds took longer than 10 s. Nothing was saved; try again later.",
      );
    }
    await setImmediate();
  }
}
