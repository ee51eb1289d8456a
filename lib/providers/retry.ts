import type { ProviderFailure } from "./outcome";

export const MAX_ATTEMPTS = 3;
const BASE_MS = 200;
const CAP_MS = 2_000;

/** Only what may pass by itself within seconds: broken or refused connections and the server's own 5xx. */
export function isRetryable(failure: ProviderFailure): boolean {
  if (failure.class === "network") return failure.httpStatus === null;
  return failure.class === "http_5xx" && (failure.httpStatus ?? 0) >= 500;
}

/**
 * The pause in milliseconds before the attempt after `attempt` (from 1): exponential with full jitter, `random() · min(cap, base · 2^(n−1))`
 * (M. Brooker, "Exponential Backoff and Jitter", AWS, 2015).
 */
export function toBackoffMs(attempt: number, random: () => number): number {
  return random() * Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1));
}
