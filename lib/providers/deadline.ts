import { EventEmitter } from "node:events";
import { ProviderError } from "./outcome";

/**
 * The end of a call as the HTTP client and the rate limit watch it: emits `abort` once, from then on `aborted` is true. undici takes it for
 * a signal; an AbortSignal of Node costs as much as half a request.
 */
export type CallEnd = EventEmitter & {
  aborted: boolean;
  /** `timeout` when the time was over, `cancelled` when the caller gave up. */
  reason: ProviderError | null;
};

export interface Deadline {
  end: CallEnd;
  /** The same end for adapters, made when one asks for it. */
  signal(): AbortSignal;
  /** Milliseconds left, never below 0. */
  leftMs(): number;
  /** From here on only the caller ends the call. */
  stopTimer(): void;
  dispose(): void;
}

/** One end for everything that a call does, whichever comes first: its time or its caller. */
export function startDeadline(options: {
  timeoutMs: number;
  caller: AbortSignal | undefined;
  stopwatch: () => number;
}): Deadline {
  const { timeoutMs, caller, stopwatch } = options;
  const end = createCallEnd();
  const endsAt = stopwatch() + timeoutMs;
  const cancel = () => endCall(end, new ProviderError({ class: "cancelled", message: "The caller gave up." }));
  const timer = setTimeout(() => endCall(end, timedOut(timeoutMs)), timeoutMs);
  if (caller?.aborted) cancel();
  else caller?.addEventListener("abort", cancel, { once: true });
  return {
    end,
    signal: () => toSignal(end),
    leftMs: () => Math.max(0, endsAt - stopwatch()),
    stopTimer: () => clearTimeout(timer),
    dispose() {
      clearTimeout(timer);
      caller?.removeEventListener("abort", cancel);
    },
  };
}

export function createCallEnd(): CallEnd {
  return Object.assign(new EventEmitter().setMaxListeners(0), { aborted: false, reason: null });
}

export function endCall(end: CallEnd, reason: ProviderError): void {
  if (end.aborted) return;
  end.aborted = true;
  end.reason = reason;
  end.emit("abort");
}

/** The promise, or the reason of the end when that comes first: what does not watch the end cannot outlast it. */
export function untilEnd<Value>(promise: Promise<Value>, end: CallEnd): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(end.reason);
    if (end.aborted) stop();
    else end.once("abort", stop);
    promise.then(
      (value) => {
        end.off("abort", stop);
        resolve(value);
      },
      (error) => {
        end.off("abort", stop);
        reject(error);
      },
    );
  });
}

function toSignal(end: CallEnd): AbortSignal {
  const controller = new AbortController();
  const abort = () => controller.abort(end.reason);
  if (end.aborted) abort();
  else end.once("abort", abort);
  return controller.signal;
}

function timedOut(timeoutMs: number): ProviderError {
  return new ProviderError({ class: "timeout", message: `No complete answer within ${timeoutMs / 1000} s.` });
}
