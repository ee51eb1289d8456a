/** Every way a call to a provider can end. Consequences: spec of the health engine; detection: `classify.ts`. */
export const OUTCOME_CLASSES = [
  "ok",
  "ok_empty",
  "timeout",
  "dns",
  "network",
  "tls",
  "http_5xx",
  "throttled",
  "quota",
  "auth",
  "config",
  "contract",
  "challenge",
  "blocked",
  "dependency",
  "client",
  "cancelled",
  "self_offline",
  "tainted",
  "internal",
] as const;
export type OutcomeClass = (typeof OUTCOME_CLASSES)[number];
export type FailureClass = Exclude<OutcomeClass, "ok" | "ok_empty">;

const COUNTING: ReadonlySet<OutcomeClass> = new Set([
  "timeout",
  "dns",
  "network",
  "tls",
  "http_5xx",
  "contract",
  "challenge",
  "blocked",
]);

/** Whether the class counts towards DOWN, the circuit and auto-disable. */
export function isCountable(outcome: OutcomeClass): boolean {
  return COUNTING.has(outcome);
}

export function isSuccess(outcome: OutcomeClass): boolean {
  return outcome === "ok" || outcome === "ok_empty";
}

/** A provider's failure, as a value. `message` is one plain sentence, free of secrets and of the full URL. */
export interface ProviderFailure {
  class: FailureClass;
  message: string;
  httpStatus: number | null;
  /** Epoch milliseconds before which the provider asked not to be called; null when it gave no hint. */
  retryAt: number | null;
  /** No sign of the host at all: its name was not found, or no connection came about. A refused one is a sign. */
  unreachable?: boolean;
}

/** What the HTTP client and adapters throw; `callProvider` turns it into a value and nothing above sees it. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly failure: ProviderFailure;

  constructor(failure: Omit<ProviderFailure, "httpStatus" | "retryAt"> & Partial<ProviderFailure>, cause?: unknown) {
    super(failure.message, { cause });
    this.failure = { httpStatus: null, retryAt: null, ...failure };
  }
}
