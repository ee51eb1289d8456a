import type { CallProvider } from "@/lib/providers/call-provider";
import type { CallResult, Provider, Source } from "@/lib/providers/provider";
import type { EngineState } from "./engine/types";

/** What every catalogue of books, films or models has something for. */
const PROBE_TEXT = "the";
const PROBE_LIMIT = 5;

export interface TestResult {
  healthy: boolean;
  /** Null when no call was made. */
  responseTimeMs: number | null;
  /** `class` is an outcome class, or the gate that let no call through. */
  error: { class: string; message: string } | null;
}

type CheckOperation = "check" | "canary" | "search";

/**
 * A bare check, unless failing searches are to be disproved: then the canary, or a plain search where there is none or its known answer
 * seems to be gone.
 */
export function checkOperation({ adapter }: Provider, { circuit, streak, probe }: EngineState): CheckOperation {
  const wantsMore = circuit.requiredLevel === 2 || (streak.count > 0 && streak.level === 2 && !streak.connectionOnly);
  if (!wantsMore) return "check";
  if (adapter.canary && !probe.canaryDoubted) return "canary";
  return adapter.search ? "search" : "check";
}

interface CheckRun {
  provider: Provider;
  operation: CheckOperation;
  source: Source;
  deadlineMs: number;
  signal: AbortSignal;
}

export async function runCheck(call: CallProvider, { operation, ...options }: CheckRun): Promise<CallResult<unknown>> {
  if (operation === "search") {
    const input = { text: PROBE_TEXT, page: null, limit: PROBE_LIMIT, adult: false };
    return call({ ...options, operation, input });
  }
  return operation === "canary"
    ? call({ ...options, operation, input: undefined })
    : call({ ...options, operation, input: undefined });
}

export function toTestResult(result: CallResult<unknown>): TestResult {
  if (result.ok) return { healthy: true, responseTimeMs: result.durationMs, error: null };
  switch (result.kind) {
    case "failed": {
      const { class: outcome, message } = result.failure;
      return { healthy: false, responseTimeMs: result.durationMs, error: { class: outcome, message } };
    }
    case "rejected": {
      const { gate, reason } = result.admission;
      return { healthy: false, responseTimeMs: null, error: { class: gate, message: reason } };
    }
    case "queued":
      return {
        healthy: false,
        responseTimeMs: null,
        error: { class: "queued", message: "its rate limit left no room for a test in time" },
      };
  }
}
