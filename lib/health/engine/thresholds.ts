import type { ProviderThresholds } from "@/lib/providers/provider";
import type { Thresholds } from "./types";

const MINUTE_MS = 60_000;

/** A provider's own thresholds where an admin set them, else the instance's. */
export function toThresholds(own: ProviderThresholds, instance: Thresholds): Thresholds {
  return {
    maxConsecutiveFailures: own.maxConsecutiveFailures ?? instance.maxConsecutiveFailures,
    circuitFailureThreshold: own.circuitFailureThreshold ?? instance.circuitFailureThreshold,
    circuitRecoveryTimeoutMs: own.circuitRecoveryTimeoutMs ?? instance.circuitRecoveryTimeoutMs,
    circuitSuccessThreshold: own.circuitSuccessThreshold ?? instance.circuitSuccessThreshold,
    circuitWindow: own.circuitWindow ?? instance.circuitWindow,
    circuitMinRequests: own.circuitMinRequests ?? instance.circuitMinRequests,
    autoDisableCooldownMs:
      own.autoDisableCooldownMinutes === null
        ? instance.autoDisableCooldownMs
        : own.autoDisableCooldownMinutes * MINUTE_MS,
    errorWarningPercent: instance.errorWarningPercent,
    latencyWarningMs: instance.latencyWarningMs,
  };
}
