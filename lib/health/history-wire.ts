import { z } from "zod";
import { OUTCOME_CLASSES } from "@/lib/providers/outcome";
import { classCounts, rollupQuantiles, STEP_MS, type StoredRollup, unpackRollup } from "./rollup";
import { knownMs } from "./state-time";

const count = z.number().int().min(0);
const ms = z.number().min(0).nullable();
const seconds = z.number().min(0);

/** A minute, an hour or a day of one provider. */
export const rollupSchema = z
  .object({
    at: z.iso.datetime().meta({ description: "When it begins." }),
    samples: count,
    success_count: count,
    failure_count: count,
    avg_response_time: ms.meta({ description: "Of successes and failures, in ms." }),
    p50_ms: ms.meta({ description: "Of successes, within 1 %; so are the others." }),
    p95_ms: ms,
    p99_ms: ms,
    min_ms: ms,
    max_ms: ms,
    classes: z.partialRecord(z.enum(OUTCOME_CLASSES), count),
    up_seconds: seconds,
    down_seconds: seconds,
    degraded_seconds: seconds,
    unknown_seconds: seconds.meta({ description: "Not watched, switched off, or our own outage." }),
  })
  .meta({ id: "ProviderRollup" });

/** `now` ends a bucket that is still open. */
export function toRollupRow(stored: StoredRollup, now: number): z.infer<typeof rollupSchema> {
  const rollup = unpackRollup(stored);
  const counted = stored.successCount + stored.failureCount;
  const [p50 = null, p95 = null, p99 = null] = rollupQuantiles(rollup, [0.5, 0.95, 0.99]);
  const pastMs = Math.min(STEP_MS[stored.step], Math.max(0, now - stored.bucket));
  return {
    at: new Date(stored.bucket).toISOString(),
    samples: stored.samples,
    success_count: stored.successCount,
    failure_count: stored.failureCount,
    avg_response_time: counted === 0 ? null : toTenths(stored.durationSum / counted),
    p50_ms: within(p50, stored),
    p95_ms: within(p95, stored),
    p99_ms: within(p99, stored),
    min_ms: stored.minMs,
    max_ms: stored.maxMs,
    classes: classCounts(rollup),
    up_seconds: stored.upMs / 1000,
    down_seconds: stored.downMs / 1000,
    degraded_seconds: stored.degradedMs / 1000,
    unknown_seconds: Math.max(0, pastMs - knownMs(stored)) / 1000,
  };
}

/** A quantile is known to 1 %, the ends are known exactly. */
function within(ms: number | null, { minMs, maxMs }: StoredRollup): number | null {
  if (ms === null || minMs === null || maxMs === null) return null;
  return toTenths(Math.min(maxMs, Math.max(minMs, ms)));
}

function toTenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
