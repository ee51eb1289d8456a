import { ProviderError } from "./outcome";

export interface Deadline {
  /** Aborted with a `ProviderError`: `timeout` when the time is over, `cancelled` when the caller gave up. */
  signal: AbortSignal;
  /** Milliseconds left, never below 0. */
  leftMs(): number;
  dispose(): void;
}

/** One end for everything that a call does, whichever comes first: its time or its caller. */
export function startDeadline(options: {
  timeoutMs: number;
  caller: AbortSignal | undefined;
  stopwatch: () => number;
}): Deadline {
  const { timeoutMs, caller, stopwatch } = options;
  const controller = new AbortController();
  const endsAt = stopwatch() + timeoutMs;
  const expire = () => controller.abort(timedOut(timeoutMs));
  const cancel = () => controller.abort(new ProviderError({ class: "cancelled", message: "The caller gave up." }));
  const timer = setTimeout(expire, timeoutMs);
  if (caller?.aborted) cancel();
  else caller?.addEventListener("abort", cancel, { once: true });
  return {
    signal: controller.signal,
    leftMs: () => Math.max(0, endsAt - stopwatch()),
    dispose() {
      clearTimeout(timer);
      caller?.removeEventListener("abort", cancel);
    },
  };
}

/** The promise, or the signal's reason when that comes first: what does not listen to the signal cannot outlast it. */
export function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function timedOut(timeoutMs: number): ProviderError {
  return new ProviderError({ class: "timeout", message: `No complete answer within ${timeoutMs / 1000} s.` });
}
