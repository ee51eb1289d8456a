import { type SetTimer, setRepeating } from "./timers";

const LOOK_MS = 250;
const STALL_MS = 1000;
const CLOCK_JUMP_MS = 30_000;
/** Longer than any call lasts. */
const REMEMBERED_MS = 5 * 60_000;

/** Knows when the process itself was not able to work. */
export interface ProcessGuard {
  /** Whether the event loop stood still for more than a second, or the clock jumped by more than 30 s, during the last `ms` milliseconds. */
  wasDisturbed(ms: number): boolean;
  /** Which of the two it was; null for neither. */
  findCause(ms: number): "loop_lag" | "clock" | null;
  stop(): void;
}

interface GuardOptions {
  /** Epoch milliseconds. */
  clock: () => number;
  /** Monotonic milliseconds. */
  stopwatch: () => number;
  setTimer: SetTimer;
}

interface Disturbance {
  /** Monotonic. */
  from: number;
  to: number;
  kind: "stall" | "jump";
}

/** Looks four times a second, and once more when asked: after a stall the question may come before the next look. */
export function createProcessGuard({ clock, stopwatch, setTimer }: GuardOptions): ProcessGuard {
  let disturbances: Disturbance[] = [];
  let looked = { at: stopwatch(), ahead: clock() - stopwatch() };

  function look(): void {
    const at = stopwatch();
    const ahead = clock() - at;
    const from = looked.at;
    if (at - from - LOOK_MS > STALL_MS) disturbances.push({ from, to: at, kind: "stall" });
    if (Math.abs(ahead - looked.ahead) > CLOCK_JUMP_MS) disturbances.push({ from, to: at, kind: "jump" });
    if (disturbances.length > 0) disturbances = disturbances.filter(({ to }) => at - to < REMEMBERED_MS);
    looked = { at, ahead };
  }

  function findCause(ms: number): "loop_lag" | "clock" | null {
    look();
    const end = stopwatch();
    const found = disturbances.find(({ from, to, kind }) => {
      const sharedMs = Math.min(end, to) - Math.max(end - ms, from);
      return kind === "stall" ? sharedMs > STALL_MS : sharedMs >= 0;
    });
    if (!found) return null;
    return found.kind === "stall" ? "loop_lag" : "clock";
  }

  const stop = setRepeating(setTimer, async () => look(), { firstMs: LOOK_MS, everyMs: LOOK_MS });
  return {
    wasDisturbed: (ms) => findCause(ms) !== null,
    findCause,
    stop,
  };
}
