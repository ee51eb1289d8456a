import type { Env } from "@/lib/env";
import type { Thresholds } from "./engine/types";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What the instance decides about health; providers may have thresholds of their own. */
export interface HealthSettings {
  /** Scheduled checks and probes; samples are taken in any case. */
  checksEnabled: boolean;
  /** Of providers without an interval of their own. */
  checkIntervalMs: number;
  checkTimeoutMs: number;
  checkConcurrency: number;
  startupGraceMs: number;
  maxAutoDisabledPercent: number;
  probeIntervalsMs: readonly number[];
  thresholds: Thresholds;
  /** Share of errors that is critical. */
  errorCriticalPercent: number;
  retention: { keep: number; keepMs: number };
}

export function toHealthSettings(env: Env): HealthSettings {
  return {
    checksEnabled: env.HEALTH_MONITORING_ENABLED,
    checkIntervalMs: env.HEALTH_CHECK_INTERVAL_SECONDS * SECOND_MS,
    checkTimeoutMs: env.HEALTH_CHECK_TIMEOUT_SECONDS * SECOND_MS,
    checkConcurrency: env.HEALTH_CHECK_CONCURRENCY,
    startupGraceMs: env.HEALTH_STARTUP_GRACE_SECONDS * SECOND_MS,
    maxAutoDisabledPercent: env.PROVIDER_MAX_AUTO_DISABLED_PERCENT,
    probeIntervalsMs: env.PROVIDER_PROBE_INTERVALS_SECONDS.map((seconds) => seconds * SECOND_MS),
    thresholds: {
      maxConsecutiveFailures: env.PROVIDER_MAX_CONSECUTIVE_FAILURES,
      circuitFailureThreshold: env.CIRCUIT_BREAKER_FAILURE_THRESHOLD,
      circuitRecoveryTimeoutMs: env.CIRCUIT_BREAKER_RECOVERY_TIMEOUT_SECONDS * SECOND_MS,
      circuitSuccessThreshold: env.CIRCUIT_BREAKER_SUCCESS_THRESHOLD,
      circuitWindow: env.CIRCUIT_BREAKER_SLIDING_WINDOW_SIZE,
      circuitMinRequests: env.CIRCUIT_BREAKER_MIN_REQUESTS,
      autoDisableCooldownMs: env.PROVIDER_AUTO_DISABLE_COOLDOWN_MINUTES * MINUTE_MS,
      errorWarningPercent: env.HEALTH_DEGRADATION_WARNING_THRESHOLD,
      latencyWarningMs: env.HEALTH_LATENCY_WARNING_MS,
    },
    errorCriticalPercent: env.HEALTH_DEGRADATION_CRITICAL_THRESHOLD,
    retention: { keep: env.HEALTH_HISTORY_RETENTION, keepMs: env.HEALTH_HISTORY_DAYS * DAY_MS },
  };
}
