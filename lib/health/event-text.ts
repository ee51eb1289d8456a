import type { z } from "zod";
import { decisionText } from "./engine/explain";
import type { DecisionRule } from "./engine/types";
import type { providerEventSchema } from "./event-wire";

/** A decision in one sentence, with its times in the given zone. */
export function eventText(event: z.infer<typeof providerEventSchema>, name: string, timeZone: string): string {
  const { evidence, thresholds, until } = event;
  const { last_error: error, recent } = evidence;
  const facts = {
    at: Date.parse(event.at),
    // Safe because the engine is the only one who decides: an unknown rule falls back on the text below.
    rule: event.rule as DecisionRule,
    from: event.from,
    to: event.to,
    until: until === null ? null : Date.parse(until),
    actor: event.actor,
    evidence: {
      consecutiveFailures: evidence.consecutive_failures,
      firstFailureAt: evidence.first_failure_at === null ? null : Date.parse(evidence.first_failure_at),
      generation: evidence.generation,
      recent,
      lastError: error && {
        class: error.class,
        message: error.message ?? "",
        durationMs: error.duration_ms,
        httpStatus: error.http_status,
      },
      trialSuccesses: evidence.trial_successes,
      autoDisableLevel: evidence.auto_disable_level,
    },
    thresholds:
      thresholds.health_degradation_warning_threshold === undefined
        ? {}
        : { errorWarningPercent: thresholds.health_degradation_warning_threshold },
  };
  return decisionText(facts, name, timeZone) ?? event.text;
}
