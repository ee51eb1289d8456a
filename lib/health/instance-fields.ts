import { z } from "zod";
import type { Env, VariableName } from "@/lib/env";

const integer = (min: number, max: number) => z.int().min(min).max(max);
const percent = integer(1, 100);

interface Field {
  variable: VariableName;
  schema: z.ZodType<number | number[]>;
  /** How many of the field's unit are one of the variable's. */
  factor: number;
}

/**
 * What admins set for the whole instance: named like a provider's own setting where there is one, else like its variable. Ranges are
 * those of the variables.
 */
export const INSTANCE_FIELDS = {
  max_consecutive_failures: field("PROVIDER_MAX_CONSECUTIVE_FAILURES", integer(1, 20)),
  circuit_failure_threshold: field("CIRCUIT_BREAKER_FAILURE_THRESHOLD", integer(1, 50)),
  circuit_recovery_timeout_ms: field("CIRCUIT_BREAKER_RECOVERY_TIMEOUT_SECONDS", integer(1000, 3_600_000), 1000),
  circuit_success_threshold: field("CIRCUIT_BREAKER_SUCCESS_THRESHOLD", integer(1, 20)),
  circuit_window: field("CIRCUIT_BREAKER_SLIDING_WINDOW_SIZE", integer(5, 1000)),
  circuit_min_requests: field("CIRCUIT_BREAKER_MIN_REQUESTS", integer(1, 1000)),
  timeout_ms: field("CIRCUIT_BREAKER_REQUEST_TIMEOUT_SECONDS", integer(1000, 120_000), 1000),
  auto_disable_cooldown_minutes: field("PROVIDER_AUTO_DISABLE_COOLDOWN_MINUTES", integer(1, 10_080)),
  max_auto_disabled_percent: field("PROVIDER_MAX_AUTO_DISABLED_PERCENT", integer(0, 100)),
  probe_intervals_seconds: field("PROVIDER_PROBE_INTERVALS_SECONDS", z.array(integer(1, 86_400)).min(1).max(20)),
  health_check_interval_seconds: field("HEALTH_CHECK_INTERVAL_SECONDS", integer(10, 300)),
  health_check_timeout_seconds: field("HEALTH_CHECK_TIMEOUT_SECONDS", integer(1, 30)),
  health_startup_grace_seconds: field("HEALTH_STARTUP_GRACE_SECONDS", integer(0, 900)),
  health_degradation_warning_threshold: field("HEALTH_DEGRADATION_WARNING_THRESHOLD", percent),
  health_degradation_critical_threshold: field("HEALTH_DEGRADATION_CRITICAL_THRESHOLD", percent),
  health_latency_warning_ms: field("HEALTH_LATENCY_WARNING_MS", integer(100, 60_000)),
  health_alert_cooldown_minutes: field("HEALTH_ALERT_COOLDOWN_MINUTES", integer(0, 1440)),
  health_alert_group_wait_seconds: field("HEALTH_ALERT_GROUP_WAIT_SECONDS", integer(0, 600)),
  download_max_mib: field("DOWNLOAD_MAX_MIB", integer(1, 1_048_576)),
} as const satisfies Record<string, Field>;

export type InstanceField = keyof typeof INSTANCE_FIELDS;
export type InstanceValues = { [Name in InstanceField]: z.infer<(typeof INSTANCE_FIELDS)[Name]["schema"]> };

// Safe because the table's own keys are the names.
export const INSTANCE_FIELD_NAMES = Object.keys(INSTANCE_FIELDS) as InstanceField[];

const shape = Object.fromEntries(
  INSTANCE_FIELD_NAMES.map((name) => [name, INSTANCE_FIELDS[name].schema]),
) as unknown as { [Name in InstanceField]: (typeof INSTANCE_FIELDS)[Name]["schema"] };

export const instanceValuesSchema = z.object(shape);

function field<Schema extends z.ZodType<number | number[]>>(variable: VariableName, schema: Schema, factor = 1) {
  return { variable, schema, factor };
}

/** What the environment and its defaults say. */
export function toInstanceValues(env: Env): InstanceValues {
  return instanceValuesSchema.parse(
    Object.fromEntries(
      INSTANCE_FIELD_NAMES.map((name) => {
        const { variable, factor } = INSTANCE_FIELDS[name];
        const value = env[variable];
        return [name, typeof value === "number" ? value * factor : value];
      }),
    ),
  );
}

/** The environment as if it had said this. */
export function withInstanceValues(env: Env, values: InstanceValues): Env {
  const variables = INSTANCE_FIELD_NAMES.map((name) => {
    const { variable, factor } = INSTANCE_FIELDS[name];
    const value = values[name];
    return [variable, typeof value === "number" ? value / factor : value];
  });
  return { ...env, ...Object.fromEntries(variables) };
}
