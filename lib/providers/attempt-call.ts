import type { Result } from "@/lib/result";
import { fail, ok } from "@/lib/result";
import { classifyError } from "./classify-error";
import { type Deadline, untilAborted } from "./deadline";
import { createHttpClient } from "./http-client";
import { ProviderError, type ProviderFailure } from "./outcome";
import type { HttpClient, Provider, Source } from "./provider";
import type { RateLimiter } from "./rate-limit";
import { isRetryable, MAX_ATTEMPTS, toBackoffMs } from "./retry";
import { type CallableOperation, type OperationInput, type OperationOutput, runOperation } from "./run-operation";
import type { Transport } from "./transport";

export interface AttemptPorts {
  http: { transport: Transport; userAgent: string };
  clock: () => number;
  random: () => number;
  stopwatch: () => number;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  limiter: RateLimiter;
  report: (error: unknown, context: { providerId: string; operation: string }) => void;
}

export interface Attempted<Op extends CallableOperation> {
  provider: Provider;
  operation: Op;
  source: Source;
  input: OperationInput[Op];
}

/** What the attempts left behind beside their outcome. */
export interface AttemptTrace {
  attempts: number;
  /** Of the last answer; null when the last request had none. */
  httpStatus: number | null;
  /** Spent in our own rate limiter and in pauses between attempts. */
  ownWaitMs: number;
}

/**
 * Runs an operation whose first turn in the rate limiter has come, with at most two retries and never past the deadline. Each further
 * request takes a turn of its own. Anything thrown becomes a failure; what is no provider's is reported and of class `internal`.
 */
export async function attemptCall<Op extends CallableOperation>(
  ports: AttemptPorts,
  call: Attempted<Op>,
  deadline: Deadline,
): Promise<{ result: Result<OperationOutput[Op], ProviderFailure>; trace: AttemptTrace }> {
  const { provider, operation, input } = call;
  const { signal } = deadline;
  const trace: AttemptTrace = { attempts: 0, httpStatus: null, ownWaitMs: 0 };
  const http = createCallClient(ports, call, signal, trace);
  for (;;) {
    trace.attempts++;
    try {
      const context = { http, signal, config: provider.config };
      return {
        result: ok(await untilAborted(runOperation(operation, provider.adapter, context, input), signal)),
        trace,
      };
    } catch (error) {
      const failure = toFailure(ports, call, signal, error);
      const pauseMs = toBackoffMs(trace.attempts, ports.random);
      const mayRetry = isRetryable(failure) && trace.attempts < MAX_ATTEMPTS && pauseMs < deadline.leftMs();
      if (!mayRetry) return { result: fail(failure), trace };
      const ended = await pause(ports, pauseMs, signal, trace);
      if (ended) return { result: fail(ended), trace };
    }
  }
}

function createCallClient(
  ports: AttemptPorts,
  call: Attempted<CallableOperation>,
  signal: AbortSignal,
  trace: AttemptTrace,
): HttpClient {
  let hasTurn = true;
  return createHttpClient({
    ...ports.http,
    ...call,
    signal,
    clock: ports.clock,
    async beforeRequest() {
      trace.httpStatus = null;
      if (hasTurn) {
        hasTurn = false;
        return;
      }
      const since = ports.stopwatch();
      try {
        await ports.limiter.wait({ ...call, signal });
      } catch (cause) {
        throw new ProviderError({ class: "cancelled", message: "Ran out of time in Yagura's own rate limit." }, cause);
      } finally {
        trace.ownWaitMs += ports.stopwatch() - since;
      }
    },
    onAnswer(status) {
      trace.httpStatus = status;
    },
  });
}

/** Null when the pause went by; else the failure that ends the call in it. */
async function pause(
  ports: AttemptPorts,
  ms: number,
  signal: AbortSignal,
  trace: AttemptTrace,
): Promise<ProviderFailure | null> {
  const since = ports.stopwatch();
  try {
    await ports.sleep(ms, signal);
    return null;
  } catch (error) {
    if (isEndOfCall(signal)) return signal.reason.failure;
    throw error;
  } finally {
    trace.ownWaitMs += ports.stopwatch() - since;
  }
}

function toFailure(
  { report }: AttemptPorts,
  { provider, operation }: Attempted<CallableOperation>,
  signal: AbortSignal,
  error: unknown,
): ProviderFailure {
  if (error instanceof ProviderError) return error.failure;
  if (isEndOfCall(signal)) return signal.reason.failure;
  const failure = classifyError(error);
  if (failure) return failure;
  report(error, { providerId: provider.id, operation });
  return {
    class: "internal",
    message: "Yagura itself made a mistake with this call.",
    httpStatus: null,
    retryAt: null,
  };
}

function isEndOfCall(signal: AbortSignal): signal is AbortSignal & { reason: ProviderError } {
  return signal.aborted && signal.reason instanceof ProviderError;
}
