import { createTimerQueue } from "./timer-queue";
import type { SetTimer } from "./timers";

export interface SchedulerOptions {
  clock: () => number;
  setTimer: SetTimer;
  /** Most checks at once. */
  concurrency: number;
  /** When the provider is next due, as things stand now; null for never. */
  dueAt: (providerId: string) => number | null;
  /** Scheme, host and port: of each only one check runs at a time. */
  originOf: (providerId: string) => string;
  /** Told since when it was due. Must not reject. */
  run: (providerId: string, dueAt: number) => Promise<void>;
}

/** Runs due checks: one timer for the next due time, first due first served, as many at once as allowed, one per origin. */
export interface Scheduler {
  /** Asks again when the provider is due. */
  plan(providerId: string): void;
  /** Asks again only if that makes it sooner: cheap, for after every call. */
  hasten(providerId: string): void;
  remove(providerId: string): void;
  /** The planned time; now while it waits for its turn or runs, null when nothing is planned. */
  findDue(providerId: string): number | null;
  /** Checks that are due and wait for their turn, and those that run. */
  counts(): { waiting: number; active: number };
  /** Starts nothing more; resolves when what runs has ended. */
  stop(): Promise<void>;
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { clock, concurrency, originOf } = options;
  const queue = createTimerQueue({ clock, setTimer: options.setTimer, onDue });
  /** Those that wait for their turn, with the time they were due. */
  const ready = new Map<string, number>();
  const running = new Map<string, Promise<void>>();
  const busyOrigins = new Set<string>();
  let stopped = false;

  function plan(providerId: string): void {
    if (stopped || ready.has(providerId) || running.has(providerId)) return;
    const at = options.dueAt(providerId);
    if (at === null) queue.remove(providerId);
    else queue.set(providerId, at);
  }

  /** Good traffic moves the due time on without touching the timer, so that it is asked for again here. */
  function onDue(providerId: string): void {
    const at = options.dueAt(providerId);
    if (at === null || stopped) return;
    if (at > clock()) {
      queue.set(providerId, at);
      return;
    }
    ready.set(providerId, at);
    pump();
  }

  function pump(): void {
    for (const [providerId, dueAt] of ready) {
      if (stopped || running.size >= concurrency) return;
      const origin = originOf(providerId);
      if (busyOrigins.has(origin)) continue;
      ready.delete(providerId);
      busyOrigins.add(origin);
      running.set(providerId, work(providerId, { origin, dueAt }));
    }
  }

  async function work(providerId: string, { origin, dueAt }: { origin: string; dueAt: number }): Promise<void> {
    try {
      await options.run(providerId, dueAt);
    } finally {
      running.delete(providerId);
      busyOrigins.delete(origin);
      plan(providerId);
      pump();
    }
  }

  return {
    plan,
    hasten(providerId) {
      const planned = queue.find(providerId);
      const at = options.dueAt(providerId);
      if (at !== null && (planned === null || at < planned)) plan(providerId);
    },
    remove(providerId) {
      queue.remove(providerId);
      ready.delete(providerId);
    },
    findDue: (providerId) => (ready.has(providerId) || running.has(providerId) ? clock() : queue.find(providerId)),
    counts: () => ({ waiting: ready.size, active: running.size }),
    async stop() {
      stopped = true;
      queue.stop();
      ready.clear();
      await Promise.allSettled(running.values());
    },
  };
}
