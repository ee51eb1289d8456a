import type { Result } from "@/lib/result";
import { fail, ok } from "@/lib/result";
import { classifyError } from "./classify-error";
import { type CallEnd, type Deadline, untilEnd } from "./deadline";
import { createHttpClient } from "./http-client";
import { ProviderError, type ProviderFailure } from "./outcome";
import type { AdapterContext, HttpClient, Provider, Source } from "./provider";
import type { RateLimiter } from "./rate-limit";
import { isRetryable, MAX_ATTEMPTS, toBackoffMs } from "./retry";
import {
  type CallableOperation,
  type OperationInput,
  type OperationOutput,
  runOperation,
  toOperation,
} from "./run-operation";
import type { Transport } from "./transport";

export interface AttemptPorts {
  http: { transport: Transport; userAgent: string };
  clock: () => number;
  random: () => number;
  stopwatch: () => number;
  sleep: (ms: number) => Promise<void>;
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
  const { end } = deadline;
  const trace: AttemptTrace = { attempts: 0, httpStatus: null, ownWaitMs: 0 };
  const http = createCallClient(ports, call, end, trace);
  const context: AdapterContext = {
    http,
    config: provider.config,
    get signal() {
      return deadline.signal();
    },
  };
  let unreached: ProviderFailure | null = null;
  for (;;) {
    trace.attempts++;
    try {
      return {
        result: ok(await untilEnd(runOperation(operation, provider.adapter, context, input), end)),
        trace,
      };
    } catch (error) {
      const ended = toFailure(ports, call, end, error);
      // Time that runs out while connecting once more must not hide that no connection ever came about.
      const failure: ProviderFailure = isSilence(ended, trace) ? (unreached ?? ended) : ended;
      if (failure.unreachable) unreached = failure;
      const pauseMs = toBackoffMs(trace.attempts, ports.random);
      const mayRetry = isRetryable(failure) && trace.attempts < MAX_ATTEMPTS && pauseMs < deadline.leftMs();
      if (!mayRetry) return { result: fail(failure), trace };
      const cut = await pause(ports, pauseMs, end, trace);
      if (cut) return { result: fail(cut.class === "timeout" ? (unreached ?? cut) : cut), trace };
    }
  }
}

function createCallClient(
  ports: AttemptPorts,
  call: Attempted<CallableOperation>,
  end: CallEnd,
  trace: AttemptTrace,
): HttpClient {
  let hasTurn = true;
  const { provider, source } = call;
  const operation = toOperation(call.operation);
  // Field by field: spreading objects here costs more than all the rest of a call.
  return createHttpClient({
    transport: ports.http.transport,
    userAgent: ports.http.userAgent,
    provider,
    operation,
    end,
    clock: ports.clock,
    async beforeRequest() {
      trace.httpStatus = null;
      if (hasTurn) {
        hasTurn = false;
        return;
      }
      const since = ports.stopwatch();
      try {
        await ports.limiter.wait({ provider, operation, source, end });
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

/** The time was over and the last request had no answer. */
function isSilence(failure: ProviderFailure, { httpStatus }: AttemptTrace): boolean {
  return failure.class === "timeout" && failure.httpStatus === null && httpStatus === null;
}

/** Null when the pause went by; else the failure that ends the call in it. */
async function pause(
  ports: AttemptPorts,
  ms: number,
  end: CallEnd,
  trace: AttemptTrace,
): Promise<ProviderFailure | null> {
  const since = ports.stopwatch();
  try {
    await untilEnd(ports.sleep(ms), end);
    return null;
  } catch (error) {
    if (end.reason) return end.reason.failure;
    throw error;
  } finally {
    trace.ownWaitMs += ports.stopwatch() - since;
  }
}

function toFailure(
  { report }: AttemptPorts,
  { provider, operation }: Attempted<CallableOperation>,
  end: CallEnd,
  error: unknown,
): ProviderFailure {
  if (error instanceof ProviderError) return error.failure;
  if (end.reason) return end.reason.failure;
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
