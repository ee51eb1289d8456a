import { setTimeout as wait } from "node:timers/promises";
import { type AttemptPorts, attemptCall } from "./attempt-call";
import { type Deadline, startDeadline } from "./deadline";
import type { ProviderFailure } from "./outcome";
import type { Admission, CallResult, FileStream, Provider, ProviderCall, SearchPage, Source } from "./provider";
import { toProviderCall } from "./provider-call";
import { createRateLimiter } from "./rate-limit";
import { redact } from "./redact";
import { type CallableOperation, type OperationInput, type OperationOutput, toOperation } from "./run-operation";

interface CallOptions<Op extends CallableOperation> {
  provider: Provider;
  operation: Op;
  source: Source;
  input: OperationInput[Op];
  /** The caller's own end: the call stops and is `cancelled`. */
  signal?: AbortSignal;
  /** A time limit below the provider's own; waiting in the rate limiter is part of it. */
  deadlineMs?: number;
  requestId?: string | null;
  /** Mean relevance 0–1 of a page's hits, for the sample. */
  relevanceOf?: (page: SearchPage) => number | null;
  /** Told when the call leaves our own limiter: what ends before that is nobody's fault. */
  onStart?: () => void;
}

/**
 * The one door to every provider: admission, rate limit, deadline, at most two retries, the adapter, classification, exactly one
 * `ProviderCall` for each call that left the rate limiter. Never rejects: a failure is a value. A download is kept when its headers are
 * there; its body's end makes its event, and the caller's signal goes on to break it off.
 */
export type CallProvider = <Op extends CallableOperation>(
  options: CallOptions<Op>,
) => Promise<CallResult<OperationOutput[Op]>>;

type Defaulted = "stopwatch" | "sleep" | "limiter" | "report";

export interface CallProviderPorts extends Omit<AttemptPorts, Defaulted>, Partial<Pick<AttemptPorts, Defaulted>> {
  /** `requestId` is for the log alone. */
  admit(provider: Provider, source: Source, requestId: string | null): Admission;
  /** The admitted call was never made. */
  withdraw(providerId: string, generation: number): void;
  observe(call: ProviderCall): void;
}

type Ports = CallProviderPorts & AttemptPorts;

/**
 * Builds the door. `clock` is epoch milliseconds, `stopwatch` monotonic ones (the only measure of a call), `random` 0 ≤ x < 1; `report`
 * hears of mistakes of our own, which callers only see as class `internal`.
 */
export function createCallProvider(given: CallProviderPorts): CallProvider {
  const ports: Ports = {
    stopwatch: () => performance.now(),
    sleep: (ms) => wait(ms),
    limiter: createRateLimiter(),
    report: () => {},
    ...given,
  };
  return async function callProvider(options) {
    const { provider } = options;
    const admission = admit(ports, options);
    if (!admission.allowed) return { ok: false, kind: "rejected", admission };
    const { stopwatch } = ports;
    const enteredAt = stopwatch();
    const timeoutMs = Math.min(provider.timeoutMs, options.deadlineMs ?? Number.POSITIVE_INFINITY);
    const deadline = startDeadline({ timeoutMs, caller: options.signal, stopwatch });
    let isOpen = false;
    try {
      const isTurn = await waitForTurn(ports, options, deadline);
      const queuedMs = stopwatch() - enteredAt;
      if (isTurn) {
        const result = await makeCall(ports, options, { deadline, queuedMs, generation: admission.generation });
        isOpen = result.ok && isFileStream(result.value);
        return result;
      }
      ports.withdraw(provider.id, admission.generation);
      return { ok: false, kind: "queued", waitedMs: queuedMs };
    } finally {
      if (!isOpen) deadline.dispose();
    }
  };
}

function admit<Op extends CallableOperation>(
  ports: Ports,
  { provider, source, requestId = null }: CallOptions<Op>,
): Admission {
  if (provider.initialized) return ports.admit(provider, source, requestId);
  return { allowed: false, gate: "config", reason: provider.message ?? "It is not set up.", until: null };
}

async function waitForTurn<Op extends CallableOperation>(
  ports: Ports,
  { provider, operation, source }: CallOptions<Op>,
  { end }: Deadline,
): Promise<boolean> {
  try {
    await ports.limiter.wait({ provider, operation: toOperation(operation), source, end });
    return true;
  } catch (error) {
    if (end.aborted) return false;
    throw error;
  }
}

async function makeCall<Op extends CallableOperation>(
  ports: Ports,
  options: CallOptions<Op>,
  { deadline, queuedMs, generation }: { deadline: Deadline; queuedMs: number; generation: number },
): Promise<CallResult<OperationOutput[Op]>> {
  const startedAt = ports.clock();
  const leftAt = ports.stopwatch();
  const { result, trace } = await attemptCall(ports, options, deadline);
  const durationMs = Math.max(0, ports.stopwatch() - leftAt - trace.ownWaitMs);
  const span = { startedAt, durationMs, generation };
  if (result.ok && isFileStream(result.value)) {
    deadline.stopTimer();
    result.value.ended.then((broken) => {
      deadline.dispose();
      const failure = broken && { ...broken, message: redact(broken.message, options.provider) };
      // Dated now: a sample from long ago would look like a clock that was set back.
      const dated = { ...span, startedAt: ports.clock() - durationMs };
      observe(ports, toProviderCall(options, trace, dated, { hits: null, failure }));
    });
    return { ok: true, value: result.value, durationMs };
  }
  if (result.ok) {
    const page = isPage(result.value) ? result.value : null;
    const hits = page && { page, relevance: relevanceOf(ports, options, page) };
    observe(ports, toProviderCall(options, trace, span, { hits, failure: null }));
    return { ok: true, value: result.value, durationMs };
  }
  const failure = toFairFailure(result.failure, options.provider, { durationMs, waitedMs: queuedMs + trace.ownWaitMs });
  observe(ports, toProviderCall(options, trace, span, { hits: null, failure }));
  return { ok: false, kind: "failed", failure, durationMs };
}

/**
 * A time-out says nothing about a provider that was given less time than our own waiting took; the message goes out without secrets.
 */
function toFairFailure(
  failure: ProviderFailure,
  provider: Provider,
  { durationMs, waitedMs }: { durationMs: number; waitedMs: number },
): ProviderFailure {
  if (failure.class === "timeout" && failure.httpStatus === null && waitedMs > durationMs) {
    return { ...failure, class: "cancelled", message: "Most of its time went by in Yagura's own rate limit." };
  }
  return { ...failure, message: redact(failure.message, provider) };
}

function isFileStream(value: unknown): value is FileStream {
  return typeof value === "object" && value !== null && "ended" in value && "body" in value;
}

function isPage(value: unknown): value is SearchPage {
  return typeof value === "object" && value !== null && "items" in value;
}

function relevanceOf<Op extends CallableOperation>(
  ports: Ports,
  options: CallOptions<Op>,
  page: SearchPage,
): number | null {
  if (page.items.length === 0 || !options.relevanceOf) return null;
  try {
    return options.relevanceOf(page);
  } catch (error) {
    ports.report(error, { providerId: options.provider.id, operation: options.operation });
    return null;
  }
}

/** An observer's mistake must not cost anyone the answer. */
function observe(ports: Ports, call: ProviderCall): void {
  try {
    ports.observe(call);
  } catch (error) {
    ports.report(error, call);
  }
}
