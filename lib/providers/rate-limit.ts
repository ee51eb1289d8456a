import type { CallEnd } from "./deadline";
import type { Operation, Provider, Source } from "./provider";

interface RateLimitTurn {
  provider: Pick<Provider, "id" | "rate">;
  operation: Operation;
  source: Source;
  /** Ends the waiting. */
  end: CallEnd;
}

export interface RateLimiter {
  /** Resolves when the provider may be called; rejects with the end's reason when that comes first. */
  wait(turn: RateLimitTurn): Promise<void>;
}

interface Waiter {
  isPersonal: boolean;
  start(): void;
}

/** The starts of the last `rate.calls` calls, as a ring whose `oldest` is overwritten next. */
interface Lane {
  rate: Provider["rate"];
  starts: number[];
  oldest: number;
  waiting: Waiter[];
  timer: NodeJS.Timeout | null;
}

/** Pictures lie on other servers than the API and are many: they must not use up the few searches that an API allows. */
const COVER_RATE = { calls: 10, intervalMs: 1000 } as const;

/**
 * One lane per provider, and one for its covers: in any window of `intervalMs` at most `calls` calls start (a sliding window, exact). People
 * go before checks, else first come, first served. `stopwatch` is monotonic milliseconds.
 */
export function createRateLimiter(stopwatch: () => number = () => performance.now()): RateLimiter {
  const lanes = new Map<string, Lane>();
  return {
    wait({ provider, operation, source, end }) {
      if (end.aborted) return Promise.reject(end.reason);
      const isCover = operation === "cover";
      const lane = getLane(lanes, isCover ? `${provider.id} cover` : provider.id, isCover ? COVER_RATE : provider.rate);
      if (lane.waiting.length > 0 || msUntilTurn(lane, stopwatch()) > 0)
        return queue(lane, isPersonal(source), end, stopwatch);
      takeTurn(lane, stopwatch());
      return Promise.resolve();
    },
  };
}

function getLane(lanes: Map<string, Lane>, key: string, rate: Provider["rate"]): Lane {
  const lane = lanes.get(key);
  if (lane?.rate.calls === rate.calls && lane.rate.intervalMs === rate.intervalMs) return lane;
  const fresh: Lane = { rate, starts: [], oldest: 0, waiting: [], timer: null };
  lanes.set(key, fresh);
  return fresh;
}

function msUntilTurn({ rate, starts, oldest }: Lane, now: number): number {
  const start = starts[oldest];
  return start === undefined ? 0 : start + rate.intervalMs - now;
}

function takeTurn(lane: Lane, now: number): void {
  lane.starts[lane.oldest] = now;
  lane.oldest = (lane.oldest + 1) % lane.rate.calls;
}

function queue(lane: Lane, personal: boolean, end: CallEnd, stopwatch: () => number): Promise<void> {
  return new Promise((resolve, reject) => {
    const waiter: Waiter = {
      isPersonal: personal,
      start() {
        end.off("abort", giveUp);
        resolve();
      },
    };
    function giveUp() {
      lane.waiting.splice(lane.waiting.indexOf(waiter), 1);
      if (lane.waiting.length === 0) stopTimer(lane);
      reject(end.reason);
    }
    end.once("abort", giveUp);
    const firstOther = personal ? lane.waiting.findIndex((other) => !other.isPersonal) : -1;
    lane.waiting.splice(firstOther === -1 ? lane.waiting.length : firstOther, 0, waiter);
    armTimer(lane, stopwatch);
  });
}

function armTimer(lane: Lane, stopwatch: () => number): void {
  // Timers may fire up to a millisecond early, and then there is no turn yet.
  const delayMs = Math.max(1, Math.ceil(msUntilTurn(lane, stopwatch())));
  lane.timer ??= setTimeout(() => {
    lane.timer = null;
    while (lane.waiting.length > 0 && msUntilTurn(lane, stopwatch()) <= 0) {
      takeTurn(lane, stopwatch());
      lane.waiting.shift()?.start();
    }
    if (lane.waiting.length > 0) armTimer(lane, stopwatch);
  }, delayMs);
}

function stopTimer(lane: Lane): void {
  if (lane.timer) clearTimeout(lane.timer);
  lane.timer = null;
}

function isPersonal(source: Source): boolean {
  return source === "search" || source === "detail" || source === "download" || source === "manual";
}
