import { z } from "zod";
import { OUTCOME_CLASSES } from "@/lib/providers/outcome";
import { OPERATIONS, PROVIDER_KINDS, SOURCES } from "@/lib/providers/provider";
import { CHECK_INTERVALS } from "@/lib/providers/provider-patch";
import { PROVIDER_STATES, PROVIDER_STATUSES } from "./health-view";

const instant = z.iso.datetime().meta({ description: "ISO 8601, UTC" });
const count = z.number().int().min(0);
const ms = z.number().min(0);
const ratio = z.number().min(0).max(1);

const windowSchema = z
  .object({
    samples: count,
    requests_per_minute: z.number(),
    error_rate: ratio.nullable(),
    p50_ms: ms.nullable(),
    p95_ms: ms.nullable(),
    p99_ms: ms.nullable(),
    classes: z.partialRecord(z.enum(OUTCOME_CLASSES), count),
  })
  .meta({ id: "ProviderWindow" });

const uptimeSchema = z.object({ ratio: ratio.nullable(), coverage: ratio });
const trendSchema = z.enum(["improving", "stable", "degrading", "unknown"]);

export const statsSchema = z
  .object({
    total_searches: count,
    successful_searches: count,
    failed_searches: count,
    success_rate: ratio.nullable(),
    avg_score: ratio.nullable(),
    avg_response_time_ms: ms.nullable(),
    last_response_time_ms: ms.nullable(),
    successful_downloads: count,
    failed_downloads: count,
    cache_hits: count,
    consecutive_failures: count,
    last_success_at: instant.nullable(),
    last_failure_at: instant.nullable(),
    total_checks: count,
    successful_checks: count,
    auto_disabled: z.boolean(),
    disabled_until: instant.nullable(),
    windows: z.object({ m1: windowSchema, m5: windowSchema, m15: windowSchema }),
    uptime: z.object({ h24: uptimeSchema, d7: uptimeSchema, d30: uptimeSchema }),
    uptime_percentage: z.number().min(0).max(100).nullable(),
    trend: z.object({ latency: trendSchema, errors: trendSchema }),
    up_since: instant.nullable(),
    state_since: instant.nullable(),
  })
  .meta({ id: "ProviderStats", description: "null: nothing is known yet." });

const configFieldSchema = z.object({
  key: z.string(),
  label: z.string(),
  type: z.enum(["url", "text", "secret", "number", "boolean"]),
  required: z.boolean(),
  secret: z.boolean(),
  help: z.string(),
  value: z.string().nullable().optional().meta({ description: "For admins; never of a secret." }),
  set: z.boolean().optional().meta({ description: "For admins: whether a secret is stored." }),
  locked: z.boolean().optional().meta({ description: "For admins: the environment decides." }),
});

const infoShape = {
  id: z.string(),
  name: z.string(),
  kind: z.enum(PROVIDER_KINDS),
  adapter: z.string(),
  url: z.string().nullable().meta({ description: "The origin; for admins the full address." }),
  enabled: z.boolean(),
  initialized: z.boolean(),
  healthy: z.boolean(),
  status: z.enum(PROVIDER_STATUSES),
  state: z.enum(PROVIDER_STATES),
  message: z.string().nullable(),
  priority: z.number().int(),
  downloads: count,
  config_fields: z.array(configFieldSchema),
  stats: statsSchema,
  capabilities: z.array(z.enum(OPERATIONS)),
};

const statusShape = {
  id: z.string(),
  provider_id: z.string(),
  provider_name: z.string(),
  provider_url: z.string().nullable(),
  status: z.enum(PROVIDER_STATUSES),
  state: z.enum(PROVIDER_STATES),
  last_check: instant.nullable(),
  response_time: ms.nullable().meta({ description: "Of the last check, in ms." }),
  error_message: z.string().nullable(),
  consecutive_failures: count,
  total_checks: count,
  successful_checks: count,
  uptime_percentage: z.number().min(0).max(100).nullable(),
  is_enabled: z.boolean(),
  check_interval: z.literal(CHECK_INTERVALS).nullable().meta({ description: "Minutes; null: the instance's." }),
  max_consecutive_failures: z.number().int(),
  stats: statsSchema,
  circuit: z.object({
    state: z.enum(["CLOSED", "OPEN", "HALF_OPEN"]),
    until: instant.nullable(),
    opened_at: instant.nullable(),
    generation: count,
    trial_successes: count,
    success_threshold: count,
    opened_by: z.string().nullable(),
  }),
  hold: z.object({ kind: z.enum(["throttled", "quota", "auth", "config"]), until: instant.nullable() }).nullable(),
  auto_disabled: z.boolean(),
  disabled_until: instant.nullable(),
  why: z.string().nullable(),
  next: z.object({ kind: z.enum(["check", "probe", "trial", "release"]), at: instant }).nullable(),
};

export const providerInfoSchema = z.object(infoShape).meta({ id: "ProviderInfo" });
export const providerStatusSchema = z.object(statusShape).meta({ id: "ProviderStatus" });

/** One provider with everything; the settings in force are for admins. */
export const providerDetailSchema = z
  .object({
    ...infoShape,
    ...statusShape,
    settings: z
      .object({
        timeout_ms: ms,
        min_check_interval: z.number().int().nullable(),
        rate_per_second: z.number(),
        circuit_failure_threshold: z.number().int(),
        circuit_recovery_timeout_ms: z.number().int(),
        circuit_success_threshold: z.number().int(),
        circuit_window: z.number().int(),
        circuit_min_requests: z.number().int(),
        auto_disable_cooldown_minutes: z.number(),
        locked: z.array(z.string()),
      })
      .optional(),
  })
  .meta({ id: "Provider" });

export const providerHealthSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    healthy: z.boolean(),
    state: z.enum(PROVIDER_STATES),
    success_rate: ratio.nullable(),
    avg_response_time_ms: ms.nullable(),
    last_response_time_ms: ms.nullable(),
    auto_disabled: z.boolean(),
    disabled_until: instant.nullable(),
    consecutive_failures: count,
  })
  .meta({ id: "ProviderHealth" });

export const dailyRowSchema = z
  .object({
    date: z.iso.date(),
    provider_id: z.string(),
    success_count: count,
    failure_count: count,
    avg_response_time: ms.nullable(),
  })
  .meta({ id: "ProviderDay" });

export const sampleSchema = z
  .object({
    at: instant,
    source: z.enum(SOURCES),
    operation: z.enum(OPERATIONS),
    class: z.enum(OUTCOME_CLASSES),
    duration_ms: ms,
    http_status: z.number().int().nullable(),
    results: count.nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: "ProviderSample" });

export const testResultSchema = z
  .object({
    healthy: z.boolean(),
    response_time: ms.nullable(),
    error: z.object({ class: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: "ProviderTest" });

export const adapterSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(PROVIDER_KINDS),
    multi: z.boolean(),
    config_fields: z.array(configFieldSchema),
    capabilities: z.array(z.enum(OPERATIONS)),
  })
  .meta({ id: "ProviderAdapter" });
