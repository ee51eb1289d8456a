import type { ProviderState, ProviderStatus } from "@/lib/health/health-view";
import { isCredentialHold } from "./hold";
import type { DecisionRule, EngineState, Thresholds } from "./types";
import { fiveMinutes, type SampleWindows } from "./window";

const FEWEST_SAMPLES = 5;

const STATUS_OF = {
  DISABLED: "UNKNOWN",
  MISCONFIGURED: "DOWN",
  AUTO_DISABLED: "DOWN",
  RATE_LIMITED: "ACTIVE",
  TESTING: "TESTING",
  DOWN: "DOWN",
  DEGRADED: "ACTIVE",
  ACTIVE: "ACTIVE",
  UNKNOWN: "UNKNOWN",
} satisfies Record<ProviderState, ProviderStatus>;

export function toStatus(state: ProviderState): ProviderStatus {
  return STATUS_OF[state];
}

export interface StateFacts {
  enabled: boolean;
  initialized: boolean;
  thresholds: Thresholds;
  now: number;
}

/** The state that applies, highest first, and the rule that says so. TESTING is laid over it by whoever knows of running checks. */
export function stateOf(
  engine: EngineState,
  windows: SampleWindows,
  { enabled, initialized, thresholds, now }: StateFacts,
): { state: ProviderState; rule: DecisionRule } {
  const { hold, streak, circuit } = engine;
  if (!enabled) return { state: "DISABLED", rule: "admin.disabled" };
  if (!initialized) return { state: "MISCONFIGURED", rule: "config.not_initialized" };
  if (hold && isCredentialHold(hold)) return { state: "MISCONFIGURED", rule: `hold.${hold.kind}` };
  if (engine.autoDisable.since !== null) return { state: "AUTO_DISABLED", rule: "auto_disable.consecutive_failures" };
  if (hold) return { state: "RATE_LIMITED", rule: `hold.${hold.kind}` };
  if (streak.count >= thresholds.maxConsecutiveFailures) return { state: "DOWN", rule: "down.consecutive_failures" };
  if (circuit.state === "OPEN") return { state: "DOWN", rule: "down.circuit_open" };
  if (engine.lastOkAt === null) return { state: "UNKNOWN", rule: "unproven" };
  const degraded = degradation(windows, thresholds, now);
  return degraded ? { state: "DEGRADED", rule: degraded } : { state: "ACTIVE", rule: "recovered" };
}

/** At least the warning's share failing, or the 95th percentile above the limit, of at least 5 samples in 5 minutes. */
function degradation(windows: SampleWindows, thresholds: Thresholds, now: number): DecisionRule | null {
  const { judged, failed, p95Ms } = fiveMinutes(windows, now);
  if (judged < FEWEST_SAMPLES) return null;
  if (failed * 100 >= judged * thresholds.errorWarningPercent) return "degraded.error_rate";
  return p95Ms !== null && p95Ms > thresholds.latencyWarningMs ? "degraded.latency" : null;
}

/** Something is wrong enough to probe for its end. */
export function isInTrouble(engine: EngineState): boolean {
  return (
    engine.streak.count > 0 ||
    engine.credentialFailures > 0 ||
    engine.circuit.state !== "CLOSED" ||
    engine.autoDisable.since !== null ||
    engine.probe.wanted > 0
  );
}
