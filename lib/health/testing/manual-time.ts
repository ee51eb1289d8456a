import type { SetTimer } from "../timers";

interface Waiting {
  at: number;
  run: () => void;
}

export interface ManualTime {
  clock: () => number;
  setTimer: SetTimer;
  /** Moves time on, running what falls due in order and letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Time goes by in which nothing runs. */
  stand(ms: number): void;
  /** Timers that are set. */
  pending(): number;
}

/** A clock and timers that stand still until they are told to go on. */
export function createManualTime(start = Date.UTC(2026, 10, 22, 12)): ManualTime {
  let now = start;
  let waiting: Waiting[] = [];
  return {
    clock: () => now,
    setTimer(run, ms) {
      const timer = { at: now + Math.max(0, ms), run };
      waiting.push(timer);
      return () => {
        waiting = waiting.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = waiting.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        waiting = waiting.filter((timer) => timer !== next);
        now = Math.max(now, next.at);
        next.run();
        await settle();
      }
      now = end;
      await settle();
    },
    stand(ms) {
      now += ms;
    },
    pending: () => waiting.length,
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
