import type { Logger } from "pino";
import type { StoredSample } from "@/lib/db/samples";
import type { HealthBatch, HealthStore } from "./health-store";
import type { SetTimer } from "./timers";

const FLUSH_AFTER_MS = 5000;
const RETRY_AFTER_MS = 10_000;
/** What is kept while the database cannot be written; beyond it the oldest samples are lost. */
export const BUFFERED_SAMPLES_MAX = 50_000;

type Snapshot = { state: HealthBatch["states"][number]; stats: HealthBatch["stats"][number] };

export interface RecorderOptions {
  store: Pick<HealthStore, "save">;
  /** The state and figures of a provider as they are at the time of writing; null when it is gone. */
  snapshot: (providerId: string) => Snapshot | null;
  setTimer: SetTimer;
  log: Logger;
  /** Told when writing fails (true) and when it works again (false). */
  onTrouble?: (failing: boolean) => void;
  /** Told of each attempt to write that failed. */
  onFailure?: () => void;
}

/** Writes behind: all that came since the last time in one transaction, at most 10 s late. */
export interface Recorder {
  addSample(sample: StoredSample): void;
  /** Its state or figures changed. */
  touch(providerId: string): void;
  /** Writes what is there now; never rejects. False when it could not be written. */
  flush(): Promise<boolean>;
  /** Drops what is waiting of a provider that has been removed. */
  forget(providerId: string): void;
  /** Samples waiting, and samples lost because too many were waiting. */
  counts(): { waiting: number; lost: number };
}

export function createRecorder({ store, snapshot, setTimer, log, onTrouble, onFailure }: RecorderOptions): Recorder {
  let samples: StoredSample[] = [];
  let touched = new Set<string>();
  let lost = 0;
  let failing = false;
  let running: Promise<boolean> | null = null;
  let cancelTimer: (() => void) | null = null;

  function plan(): void {
    cancelTimer ??= setTimer(() => void flush(), failing ? RETRY_AFTER_MS : FLUSH_AFTER_MS);
  }

  async function flush(): Promise<boolean> {
    // One at a time: whoever asks during a flush also wants what came after its start.
    while (running) await running;
    cancelTimer?.();
    cancelTimer = null;
    if (samples.length === 0 && touched.size === 0) return true;
    running = write().finally(() => {
      running = null;
      if (samples.length > 0 || touched.size > 0) plan();
    });
    return running;
  }

  async function write(): Promise<boolean> {
    const batch = { samples, touched };
    samples = [];
    touched = new Set();
    const snapshots = [...batch.touched].flatMap((id) => snapshot(id) ?? []);
    try {
      await store.save({
        samples: batch.samples,
        states: snapshots.map(({ state }) => state),
        stats: snapshots.map(({ stats }) => stats),
      });
      report(false);
      return true;
    } catch (error) {
      samples = [...batch.samples, ...samples];
      touched = new Set([...batch.touched, ...touched]);
      dropOldest();
      report(true, error);
      onFailure?.();
      return false;
    }
  }

  function report(nowFailing: boolean, error?: unknown): void {
    if (nowFailing === failing) return;
    failing = nowFailing;
    const waiting = samples.length;
    if (failing)
      log.error({ event: "history.not_written", err: error, waiting }, "samples cannot be written; they wait");
    else log.info({ event: "history.written_again", lost }, "samples are written again");
    onTrouble?.(failing);
  }

  function dropOldest(): void {
    if (samples.length <= BUFFERED_SAMPLES_MAX) return;
    lost += samples.length - BUFFERED_SAMPLES_MAX;
    samples = samples.slice(-BUFFERED_SAMPLES_MAX);
  }

  return {
    addSample(sample) {
      samples.push(sample);
      // Cut in large steps, so that a long outage does not cost a copy per sample.
      if (samples.length > BUFFERED_SAMPLES_MAX * 1.1) dropOldest();
      plan();
    },
    touch(providerId) {
      touched.add(providerId);
      plan();
    },
    flush,
    forget(providerId) {
      samples = samples.filter((sample) => sample.providerId !== providerId);
      touched.delete(providerId);
    },
    counts: () => ({ waiting: samples.length, lost }),
  };
}
