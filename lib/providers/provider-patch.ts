import { z } from "zod";
import { findBaseUrlProblem } from "./base-url";

/** Minutes between scheduled checks that one may choose. */
export const CHECK_INTERVALS = [30, 60, 120, 1440, 10080, 43200] as const;

const LONGEST_TEXT = 4_000;
/** Calls a second; less than one is one in a longer span. */
export const RATE_MIN = 0.01;
export const RATE_MAX = 1_000;

const checkInterval = z.literal(CHECK_INTERVALS);
const configValue = z.union([z.string().trim().min(1).max(LONGEST_TEXT), z.number(), z.boolean()]);

function integer(min: number, max: number) {
  const error = `It must be a whole number from ${min} to ${max}.`;
  return z.int(error).min(min, error).max(max, error);
}

function ratePerSecond() {
  const error = `It must be a number from ${RATE_MIN} to ${RATE_MAX}.`;
  return z.number(error).min(RATE_MIN, error).max(RATE_MAX, error);
}

const baseUrl = z
  .string()
  .trim()
  .max(LONGEST_TEXT)
  .superRefine((text, context) => {
    const problem = findBaseUrlProblem(text);
    if (problem) context.addIssue({ code: "custom", message: problem });
  });

const shape = {
  enabled: z.boolean(),
  priority: integer(0, 100),
  base_url: baseUrl.nullable(),
  timeout_ms: integer(1_000, 120_000).nullable(),
  check_interval: checkInterval.nullable(),
  min_check_interval: integer(1, 43_200).nullable(),
  rate_per_second: ratePerSecond().nullable(),
  max_consecutive_failures: integer(1, 20).nullable(),
  circuit_failure_threshold: integer(1, 50).nullable(),
  circuit_recovery_timeout_ms: integer(1_000, 3_600_000).nullable(),
  circuit_success_threshold: integer(1, 20).nullable(),
  circuit_window: integer(5, 1_000).nullable(),
  circuit_min_requests: integer(1, 1_000).nullable(),
  auto_disable_cooldown_minutes: integer(1, 10_080).nullable(),
} as const;

/**
 * What an admin changes of one provider, as it comes over the wire (the names are those of locked fields and error pointers too). Absent
 * stays; null goes back to the default, and of `check_interval` means the instance's own; a secret set to null is cleared.
 */
export const providerPatchSchema = z
  .strictObject({ ...shape, config: z.record(z.string(), configValue.nullable()) })
  .partial();
export type ProviderPatch = z.infer<typeof providerPatchSchema>;

/** One more provider of a multi adapter. `config.base_url` is its address. */
export const providerAddSchema = z.strictObject({
  adapter: z.string().min(1).max(60),
  name: z.string().trim().min(1).max(60),
  config: z.record(z.string(), configValue).default({}),
});
export type ProviderAddition = z.infer<typeof providerAddSchema>;

/** What is stored of an admin's changes: the patch merged over all before it, without secrets. */
export const providerSettingsSchema = z.object({ ...shape, config: z.record(z.string(), z.string()) }).partial();
export type ProviderSettings = z.infer<typeof providerSettingsSchema>;
