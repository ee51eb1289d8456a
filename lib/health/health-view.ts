import type { OutcomeClass } from "@/lib/providers/outcome";

export const PROVIDER_STATUSES = ["ACTIVE", "DOWN", "UNKNOWN", "TESTING"] as const;
export type ProviderStatus = (typeof PROVIDER_STATUSES)[number];

/** Highest first: the first that applies is shown. */
export const PROVIDER_STATES = [
  "DISABLED",
  "MISCONFIGURED",
  "AUTO_DISABLED",
  "RATE_LIMITED",
  "TESTING",
  "DOWN",
  "DEGRADED",
  "ACTIVE",
  "UNKNOWN",
] as const;
export type ProviderState = (typeof PROVIDER_STATES)[number];

export const CIRCUIT_STATES = ["CLOSED", "OPEN", "HALF_OPEN"] as const;
export type CircuitState = (typeof CIRCUIT_STATES)[number];
export type HoldKind = "throttled" | "quota" | "auth" | "config";

export interface CircuitView {
  state: CircuitState;
  until: number | null;
  openedAt: number | null;
  generation: number;
  trialSuccesses: number;
  successThreshold: number;
  openedBy: string | null;
}

export interface HoldView {
  kind: HoldKind;
  /** Null: until the settings change or a test passes. */
  until: number | null;
}

export interface NextStep {
  kind: "check" | "probe" | "trial" | "release";
  at: number;
}

export interface WindowStats {
  samples: number;
  requestsPerMinute: number;
  errorRate: number | null;
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
  classes: Partial<Record<OutcomeClass, number>>;
}

export interface UptimeShare {
  /** 0–1, null when nothing is known. */
  ratio: number | null;
  /** Share of the span that is known, 0–1. */
  coverage: number;
}

export type Trend = "improving" | "stable" | "degrading" | "unknown";

/** Lifetime and window figures of one provider; null while nothing is known. Instants are epoch milliseconds. */
export interface ProviderFigures {
  totalSearches: number;
  successfulSearches: number;
  failedSearches: number;
  /** 0–1 */
  successRate: number | null;
  /** Mean relevance of its hits, 0–1. */
  avgScore: number | null;
  avgResponseTimeMs: number | null;
  lastResponseTimeMs: number | null;
  successfulDownloads: number;
  failedDownloads: number;
  cacheHits: number;
  consecutiveFailures: number;
  lastSuccessAt: number | null;
  lastFailureAt: number | null;
  lastCheckAt: number | null;
  totalChecks: number;
  successfulChecks: number;
  windows: { m1: WindowStats; m5: WindowStats; m15: WindowStats };
  uptime: { h24: UptimeShare; d7: UptimeShare; d30: UptimeShare };
  trend: { latency: Trend; errors: Trend };
  upSince: number | null;
  /** Since when it has not been up; null while it is, or while nothing is known of it. */
  unwellSince: number | null;
  stateSince: number | null;
}

/** Everything that pages and the API show of one provider's health, read from memory. Instants are epoch milliseconds. */
export interface ProviderHealth {
  providerId: string;
  status: ProviderStatus;
  state: ProviderState;
  /** status is ACTIVE */
  healthy: boolean;
  circuit: CircuitView;
  hold: HoldView | null;
  autoDisabled: boolean;
  disabledUntil: number | null;
  /** Step on the ladder of disabling that a repeat would start from; 0 for none. */
  backoffLevel: number;
  /** One or two plain sentences: what, why, until when, what next. Null when there is nothing to explain. */
  why: string | null;
  next: NextStep | null;
  lastError: { class: OutcomeClass; message: string } | null;
  /** The last check, probe, canary or manual test. */
  lastCheck: { at: number; durationMs: number; class: OutcomeClass } | null;
  figures: ProviderFigures;
}
