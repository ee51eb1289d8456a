import { z } from "zod";
import { OUTCOME_CLASSES } from "@/lib/providers/outcome";
import { CIRCUIT_STATES, PROVIDER_STATES } from "./health-view";

const instant = z.iso.datetime();
const count = z.number().int().min(0);
const told = z.enum([...PROVIDER_STATES, ...CIRCUIT_STATES]);

const evidenceSchema = z.object({
  consecutive_failures: count,
  first_failure_at: instant.nullable(),
  generation: count,
  recent: z.object({ samples: count, failed: count }).meta({ description: "The circuit's window." }),
  last_error: z
    .object({
      class: z.enum(OUTCOME_CLASSES),
      message: z.string().nullable().meta({ description: "The provider's own words; for admins." }),
      duration_ms: z.number(),
      http_status: z.number().int().nullable(),
    })
    .nullable(),
  trial_successes: count,
  auto_disable_level: count,
});

const thresholdsSchema = z
  .object({
    max_consecutive_failures: z.number(),
    circuit_failure_threshold: z.number(),
    circuit_recovery_timeout_ms: z.number(),
    circuit_success_threshold: z.number(),
    circuit_window: z.number(),
    circuit_min_requests: z.number(),
    auto_disable_cooldown_minutes: z.number(),
    health_degradation_warning_threshold: z.number(),
    health_latency_warning_ms: z.number(),
  })
  .partial()
  .meta({ description: "Those that the rule looked at." });

/** A decision of the engine or of an admin, as the list of events and the live stream tell it. */
export const providerEventSchema = z
  .object({
    id: count.meta({ description: "Rises with time; the `id:` of the live stream." }),
    at: instant,
    provider_id: z.string(),
    from: told,
    to: told.meta({ description: "A provider's state, or a circuit's." }),
    rule: z.string(),
    evidence: evidenceSchema,
    thresholds: thresholdsSchema,
    until: instant.nullable(),
    next: z.object({ kind: z.enum(["check", "probe", "trial", "release"]), at: instant }).nullable(),
    actor: z.string().nullable().meta({ description: "Who did it; null: the engine itself." }),
    text: z.string(),
  })
  .meta({ id: "ProviderEvent" });
