import type { CircuitState, HoldKind, NextStep, ProviderState } from "@/lib/health/health-view";
import type { OutcomeClass } from "@/lib/providers/outcome";
import type { Operation } from "@/lib/providers/provider";

/** What a sample can prove: 1 that the provider answers at all, 2 that it still gives what people ask for. */
export type EvidenceLevel = 1 | 2;

export interface Circuit {
  state: CircuitState;
  /** Raised by every opening and closing. A call admitted under an older one no longer escalates anything. */
  generation: number;
  openedAt: number | null;
  /** End of the rest while OPEN. */
  until: number | null;
  /** Openings in a row without a closing between them: 0 while CLOSED, 1 after the first. */
  openings: number;
  trialSuccesses: number;
  /** While a trial of HALF_OPEN is under way: when it is given up as lost. */
  trialExpiresAt: number | null;
  /** Operation of the failures that opened it. */
  openedBy: Operation | null;
  /** What a success must prove to count as one of the closing ones. */
  requiredLevel: EvidenceLevel;
}

export interface Hold {
  kind: HoldKind;
  since: number;
  /** Null for auth and config: until settings change or a test passes. */
  until: number | null;
  /** Auth and config: when the one automatic check is due. */
  recheckAt: number | null;
  /** Whether `until` is what the provider asked for. */
  hinted: boolean;
}

export interface AutoDisable {
  /** Null while it is not disabled. */
  since: number | null;
  until: number | null;
  /** Step on the ladder that the last disabling reached; 0 for none. */
  level: number;
  lastAt: number | null;
  /** Since when it has been well again, for the step down per healthy hour. */
  healthySince: number | null;
  /** Why disabling was due and did not happen; told once per episode. */
  withheld: "share" | "grace" | null;
}

/** Countable failures in a row. */
export interface Streak {
  count: number;
  firstAt: number | null;
  /** The highest level among them. */
  level: EvidenceLevel;
  /** All of them dns, network, tls or timeout: any success disproves those. */
  connectionOnly: boolean;
}

export interface RecentOutcome {
  at: number;
  failed: boolean;
  level: EvidenceLevel;
}

export interface ProbeState {
  /** Failed probes since the trouble began: the step on the ladder. */
  failures: number;
  /** When the next probe is due; null while nothing is wrong. */
  dueAt: number | null;
  /** Successes still wanted before the provider counts as well again. */
  wanted: number;
  /** The last canary ended in `contract`: perhaps only its known answer has gone, so that a plain search is asked next. */
  canaryDoubted: boolean;
}

export interface LifetimeFigures {
  totalSearches: number;
  successfulSearches: number;
  failedSearches: number;
  scoreSum: number;
  scoreCount: number;
  avgResponseTimeMs: number | null;
  lastResponseTimeMs: number | null;
  successfulDownloads: number;
  failedDownloads: number;
  cacheHits: number;
  totalChecks: number;
  successfulChecks: number;
  lastSuccessAt: number | null;
  lastFailureAt: number | null;
}

export type UptimeKind = "up" | "down" | "unknown";

/** From `at` on the provider was `kind`. Oldest first; the last one holds until now. */
export interface UptimeMark {
  at: number;
  kind: UptimeKind;
}

/** All that the engine knows of one provider, apart from its sliding windows. Plain JSON. Instants are epoch milliseconds. */
export interface EngineState {
  circuit: Circuit;
  hold: Hold | null;
  /** Length of the last hold without a hint, which doubles; null after a success. */
  unhintedHoldMs: number | null;
  /** Auth and config failures in a row. */
  credentialFailures: number;
  autoDisable: AutoDisable;
  streak: Streak;
  /** The last outcomes that count, oldest first; at most the circuit's window. */
  recent: readonly RecentOutcome[];
  probe: ProbeState;
  /** The last success since the provider was switched on: without one it is not known to be well. */
  lastOkAt: number | null;
  /** The first success after the last failure. */
  goodSince: number | null;
  lastCheck: { at: number; durationMs: number; class: OutcomeClass } | null;
  lastError: { at: number; class: OutcomeClass; message: string; durationMs: number; httpStatus: number | null } | null;
  /** What was last told to be its state (never TESTING, which is only how a running check is shown). */
  shown: { state: ProviderState; since: number };
  uptime: readonly UptimeMark[];
  figures: LifetimeFigures;
}

export interface Thresholds {
  maxConsecutiveFailures: number;
  circuitFailureThreshold: number;
  circuitRecoveryTimeoutMs: number;
  circuitSuccessThreshold: number;
  circuitWindow: number;
  circuitMinRequests: number;
  autoDisableCooldownMs: number;
  /** Share of errors from which a provider is DEGRADED. */
  errorWarningPercent: number;
  latencyWarningMs: number;
}

/** How full the pool of automatically disabled providers is, the one in question not counted. */
export interface DisablePool {
  enabled: number;
  autoDisabled: number;
  maxPercent: number;
}

/** What one step takes from outside. */
export interface StepContext {
  providerId: string;
  providerName: string;
  now: number;
  /** 0 ≤ x < 1 */
  random: () => number;
  thresholds: Thresholds;
  enabled: boolean;
  /** The adapter could be built. */
  initialized: boolean;
  pool: () => DisablePool;
  /** We ourselves cannot reach it: what changes now by time alone proves nothing. */
  cutOff: boolean;
  /** Start-up grace: automatic disabling is withheld. */
  inGrace: boolean;
  /** The probe ladder; the last step repeats. */
  probeIntervalsMs: readonly number[];
}

/** Why a provider's state or circuit changed. `text` says the same in plain words. Instants are epoch milliseconds. */
export interface Decision {
  at: number;
  providerId: string;
  from: ProviderState | CircuitState;
  to: ProviderState | CircuitState;
  rule: DecisionRule;
  evidence: DecisionEvidence;
  thresholds: Partial<Thresholds>;
  until: number | null;
  next: NextStep | null;
  /** Who did it; null for the engine itself. */
  actor: string | null;
  text: string;
}

export type DecisionRule =
  | "circuit.consecutive_failures"
  | "circuit.failure_rate"
  | "circuit.trial_failed"
  | "circuit.recovery_timeout"
  | "circuit.good_probe"
  | "circuit.trials_succeeded"
  | "circuit.auto_disabled"
  | "circuit.admin"
  | "circuit.settings_changed"
  | "circuit.self_offline"
  | "down.consecutive_failures"
  | "down.circuit_open"
  | "degraded.error_rate"
  | "degraded.latency"
  | "auto_disable.consecutive_failures"
  | "auto_disable.withheld_share"
  | "auto_disable.withheld_grace"
  | "hold.throttled"
  | "hold.quota"
  | "hold.auth"
  | "hold.config"
  | "config.not_initialized"
  | "self_offline"
  | "recovered"
  | "unproven"
  | "admin.disabled";

export interface DecisionEvidence {
  consecutiveFailures: number;
  firstFailureAt: number | null;
  generation: number;
  /** Failures and samples of the circuit's window. */
  recent: { samples: number; failed: number };
  lastError: { class: OutcomeClass; message: string; durationMs: number; httpStatus: number | null } | null;
  trialSuccesses: number;
  autoDisableLevel: number;
}

export interface Step {
  state: EngineState;
  decisions: Decision[];
}
