import type { z } from "zod";
import type { Decision, DecisionEvidence, Thresholds } from "./engine/types";
import type { providerEventSchema } from "./event-wire";

type Wire = z.infer<typeof providerEventSchema>;

const MINUTE_MS = 60_000;
const SOMEONE = "an admin";

/** What users are told of a decision: not the provider's own words, and of an admin no more than that it was one. */
export function toEvent(decision: Decision & { id: number }, isAdmin: boolean): Wire {
  const { actor, text } = decision;
  return {
    id: decision.id,
    at: toInstant(decision.at),
    provider_id: decision.providerId,
    from: decision.from,
    to: decision.to,
    rule: decision.rule,
    evidence: toEvidence(decision.evidence, isAdmin),
    thresholds: toThresholds(decision.thresholds),
    until: decision.until === null ? null : toInstant(decision.until),
    next: decision.next && { kind: decision.next.kind, at: toInstant(decision.next.at) },
    actor: actor === null || isAdmin ? actor : SOMEONE,
    text: actor === null || isAdmin ? text : text.replaceAll(actor, SOMEONE),
  };
}

function toEvidence({ lastError, ...evidence }: DecisionEvidence, isAdmin: boolean): Wire["evidence"] {
  return {
    consecutive_failures: evidence.consecutiveFailures,
    first_failure_at: evidence.firstFailureAt === null ? null : toInstant(evidence.firstFailureAt),
    generation: evidence.generation,
    recent: { ...evidence.recent },
    last_error: lastError && {
      class: lastError.class,
      message: isAdmin ? lastError.message : null,
      duration_ms: Math.round(lastError.durationMs),
      http_status: lastError.httpStatus,
    },
    trial_successes: evidence.trialSuccesses,
    auto_disable_level: evidence.autoDisableLevel,
  };
}

function toThresholds(given: Partial<Thresholds>): Wire["thresholds"] {
  const { autoDisableCooldownMs } = given;
  const named = {
    max_consecutive_failures: given.maxConsecutiveFailures,
    circuit_failure_threshold: given.circuitFailureThreshold,
    circuit_recovery_timeout_ms: given.circuitRecoveryTimeoutMs,
    circuit_success_threshold: given.circuitSuccessThreshold,
    circuit_window: given.circuitWindow,
    circuit_min_requests: given.circuitMinRequests,
    auto_disable_cooldown_minutes: autoDisableCooldownMs === undefined ? undefined : autoDisableCooldownMs / MINUTE_MS,
    health_degradation_warning_threshold: given.errorWarningPercent,
    health_latency_warning_ms: given.latencyWarningMs,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

function toInstant(at: number): string {
  return new Date(at).toISOString();
}
