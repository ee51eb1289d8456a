import PQueue from "p-queue";
import type { Operation, Provider, Source } from "./provider";

export interface RateLimitTurn {
  provider: Pick<Provider, "id" | "rate">;
  operation: Operation;
  source: Source;
  /** Ends the waiting. */
  signal: AbortSignal;
}

export interface RateLimiter {
  /** Resolves when the provider may be called; rejects with the signal's reason when that comes first. */
  wait(turn: RateLimitTurn): Promise<void>;
}

interface Lane {
  rate: Provider["rate"];
  queue: PQueue;
}

/** Pictures lie on other servers than the API and are many: they must not use up the few searches that an API allows. */
const COVER_RATE = { calls: 10, intervalMs: 1000 } as const;

/** One queue per provider (and one for its covers): in any window of `intervalMs` at most `calls` calls start. People go before checks. */
export function createRateLimiter(): RateLimiter {
  const lanes = new Map<string, Lane>();
  return {
    async wait({ provider, operation, source, signal }) {
      signal.throwIfAborted();
      const isCover = operation === "cover";
      const rate = isCover ? COVER_RATE : provider.rate;
      const queue = getQueue(lanes, isCover ? `${provider.id} cover` : provider.id, rate);
      await queue.add(() => {}, { signal, priority: isPersonal(source) ? 1 : 0 });
    },
  };
}

function getQueue(lanes: Map<string, Lane>, key: string, rate: Provider["rate"]): PQueue {
  const lane = lanes.get(key);
  if (lane?.rate.calls === rate.calls && lane.rate.intervalMs === rate.intervalMs) return lane.queue;
  const queue = new PQueue({ interval: rate.intervalMs, intervalCap: rate.calls, strict: true });
  lanes.set(key, { rate, queue });
  return queue;
}

function isPersonal(source: Source): boolean {
  return source === "search" || source === "detail" || source === "download" || source === "manual";
}
