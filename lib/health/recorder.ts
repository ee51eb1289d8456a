import type { Logger } from "pino";
import type { StoredSample } from "@/lib/db/samples";
import { isSuccess, type OutcomeClass } from "@/lib/providers/outcome";
import type { Decision, EngineState } from "./engine/types";
import { nextEventId } from "./event-ids";
import {
  type HealthBatch,
  type HealthStore,
  isUnreached,
  type Relabelling,
  type SampleRef,
  type StoredEvent,
} from "./health-store";
import { createRollupBook, type RollupSpan, type UnwrittenRollup } from "./rollup-book";
import type { UnfinishedRollups } from "./rollup-track";
import type { SetTimer } from "./timers";

const FLUSH_AFTER_MS = 5000;
const RETRY_AFTER_MS = 10_000;
/** After the end of a bucket, so that what ends with it goes along. */
const CLOSE_AFTER_MS = 1000;
/** What is kept while the database cannot be written; beyond it the oldest are lost. */
export const BUFFERED_SAMPLES_MAX = 50_000;
const BUFFERED_EVENTS_MAX = 10_000;
const SAME_INSTANT_MAX = 32_768;

type Snapshot = { state: HealthBatch["states"][number]; stats: HealthBatch["stats"][number] };

export interface RecorderOptions {
  store: Pick<HealthStore, "save" | "findRollups" | "findUnreached">;
  /** The state and figures of a provider as they are at the time of writing; null when it is gone. */
  snapshot: (providerId: string) => Snapshot | null;
  /** How the provider is and was; null when it is gone. */
  stateOf: (providerId: string) => Pick<EngineState, "uptime" | "shown"> | null;
  /** Epoch milliseconds. */
  clock: () => number;
  /** 0 ≤ x < 1 */
  random: () => number;
  setTimer: SetTimer;
  log: Logger;
  /** Told when writing fails (true) and when it works again (false). */
  onTrouble?: (failing: boolean) => void;
  /** Told of each attempt to write that failed. */
  onFailure?: () => void;
}

/** What the database does not have yet, for whoever reads history. */
export interface UnwrittenHistory {
  /** Oldest first. `providerId` null: of all. Epoch milliseconds, both included. */
  samples(range: { providerId: string | null; from: number; to: number }): StoredSample[];
  rollups(span: RollupSpan): UnwrittenRollup[];
  /** Oldest first. */
  events(providerId: string | null): StoredEvent[];
}

/** Writes behind: all that came since the last time in one transaction, at most 10 s late. */
export interface Recorder {
  addSample(sample: StoredSample): void;
  /** Gives the decision its number. */
  addDecision(decision: Decision): StoredEvent;
  /** Its state or figures changed. */
  touch(providerId: string): void;
  /**
   * Takes samples of class `dns` and `network` over to another class that is no success, written or not, with their roll-ups. Gives how many;
   * rejects when the database does.
   */
  relabel(samples: readonly SampleRef[], as: OutcomeClass): Promise<number>;
  /** Writes what is there now; never rejects. False when it could not be written. `final`: with the buckets that are still open. */
  flush(options?: { final: boolean }): Promise<boolean>;
  /** Goes on with what the last process left, once the states are known again. */
  resume(providerIds: readonly string[], unfinished: UnfinishedRollups | null): void;
  /** Drops what is waiting of a provider that has been removed. */
  forget(providerId: string): void;
  /** Samples waiting, and samples lost because too many were waiting. */
  counts(): { waiting: number; lost: number };
  unwritten: UnwrittenHistory;
}

interface Waiting {
  relabellings: Relabelling[];
  samples: StoredSample[];
  events: StoredEvent[];
  touched: Set<string>;
}

function nothing(): Waiting {
  return { relabellings: [], samples: [], events: [], touched: new Set() };
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { store, snapshot, stateOf, clock, random, setTimer, log, onTrouble, onFailure } = options;
  const book = createRollupBook({ clock });
  let waiting = nothing();
  let inFlight = nothing();
  let lost = 0;
  let failing = false;
  let nth = Math.floor(random() * SAME_INSTANT_MAX);
  let lastEventId = 0;
  let running: Promise<unknown> | null = null;
  let timer: { at: number; cancel: () => void } | null = null;

  function plan(at: number): void {
    if (timer && timer.at <= at) return;
    timer?.cancel();
    timer = { at, cancel: setTimer(() => void flush(), at - clock()) };
  }

  function planNext(): void {
    if (hasWaiting()) plan(clock() + (failing ? RETRY_AFTER_MS : FLUSH_AFTER_MS));
    const closes = book.nextClose();
    if (closes !== null) plan(Math.max(closes + CLOSE_AFTER_MS, clock() + (failing ? RETRY_AFTER_MS : 0)));
  }

  function hasWaiting(): boolean {
    const { relabellings, samples, events, touched } = waiting;
    return relabellings.length > 0 || samples.length > 0 || events.length > 0 || touched.size > 0;
  }

  /** One at a time: whoever comes during one waits for it and then sees all that it left. */
  async function alone<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    while (running) await running;
    const run = work();
    running = run.then(
      () => {},
      () => {},
    );
    try {
      return await run;
    } finally {
      running = null;
    }
  }

  function flush({ final } = { final: false }): Promise<boolean> {
    return alone(() => write(final));
  }

  async function write(final: boolean): Promise<boolean> {
    timer?.cancel();
    timer = null;
    const missing = book.missing();
    try {
      if (missing.length > 0) book.supply(missing, await store.findRollups(missing));
    } catch (error) {
      return failed(error);
    }
    const rollups = book.take({ open: final });
    if (!hasWaiting() && rollups.rows.length === 0) {
      rollups.settle(true);
      planNext();
      return true;
    }
    inFlight = waiting;
    waiting = nothing();
    const snapshots = [...inFlight.touched].flatMap((id) => snapshot(id) ?? []);
    try {
      await store.save({
        relabellings: inFlight.relabellings,
        samples: inFlight.samples,
        rollups: rollups.rows,
        events: inFlight.events,
        states: snapshots.map(({ state }) => state),
        stats: snapshots.map(({ stats }) => stats),
      });
      inFlight = nothing();
      rollups.settle(true);
      report(false);
      planNext();
      return true;
    } catch (error) {
      waiting = {
        relabellings: [...inFlight.relabellings, ...waiting.relabellings],
        samples: [...inFlight.samples, ...waiting.samples],
        events: [...inFlight.events, ...waiting.events],
        touched: new Set([...inFlight.touched, ...waiting.touched]),
      };
      inFlight = nothing();
      rollups.settle(false);
      dropOldest();
      return failed(error);
    }
  }

  function failed(error: unknown): boolean {
    report(true, error);
    onFailure?.();
    planNext();
    return false;
  }

  function report(nowFailing: boolean, error?: unknown): void {
    if (nowFailing === failing) return;
    failing = nowFailing;
    const fields = { waiting: waiting.samples.length, lost };
    if (failing)
      log.error({ event: "history.not_written", err: error, ...fields }, "samples cannot be written; they wait");
    else log.info({ event: "history.written_again", ...fields }, "samples are written again");
    onTrouble?.(failing);
  }

  function dropOldest(): void {
    const { samples, events } = waiting;
    if (events.length > BUFFERED_EVENTS_MAX) waiting.events = events.slice(-BUFFERED_EVENTS_MAX);
    if (samples.length <= BUFFERED_SAMPLES_MAX) return;
    lost += samples.length - BUFFERED_SAMPLES_MAX;
    waiting.samples = samples.slice(-BUFFERED_SAMPLES_MAX);
  }

  function touch(providerId: string): void {
    waiting.touched.add(providerId);
    const state = stateOf(providerId);
    if (state) book.noteState(providerId, state);
    plan(clock() + (failing ? RETRY_AFTER_MS : FLUSH_AFTER_MS));
  }

  return {
    addSample(sample) {
      nth = (nth + 1) % SAME_INSTANT_MAX;
      waiting.samples.push({ ...sample, nth });
      book.add(sample);
      // Cut in large steps, so that a long outage does not cost a copy per sample.
      if (waiting.samples.length > BUFFERED_SAMPLES_MAX * 1.1) dropOldest();
      plan(clock() + (failing ? RETRY_AFTER_MS : FLUSH_AFTER_MS));
    },
    addDecision(decision) {
      lastEventId = nextEventId(lastEventId, { now: clock(), random: random() });
      const event = { ...decision, id: lastEventId };
      waiting.events.push(event);
      touch(decision.providerId);
      return event;
    },
    touch,
    async relabel(samples, as) {
      if (isSuccess(as)) throw new Error("What did not reach its host was no success.");
      const meant = new Set(samples.map(toRefKey));
      const isMeant = (sample: StoredSample) => isUnreached(sample.class) && meant.has(toRefKey(sample));
      const count = await alone(async () => {
        const known = new Set(waiting.relabellings.flatMap((earlier) => earlier.samples.map(toRefKey)));
        const stored = (await store.findUnreached(samples)).filter((sample) => !known.has(toRefKey(sample)));
        const fresh = waiting.samples.filter(isMeant);
        for (const sample of [...stored, ...fresh]) book.relabel(sample, as);
        waiting.samples = waiting.samples.map((sample) => (isMeant(sample) ? { ...sample, class: as } : sample));
        if (stored.length > 0) waiting.relabellings.push({ samples: stored, as });
        return stored.length + fresh.length;
      });
      await flush();
      return count;
    },
    flush,
    resume(providerIds, unfinished) {
      for (const id of providerIds) {
        const state = stateOf(id);
        if (state) book.noteState(id, state);
      }
      if (unfinished) book.resume(unfinished);
      planNext();
    },
    forget(providerId) {
      waiting = {
        relabellings: waiting.relabellings,
        samples: waiting.samples.filter((sample) => sample.providerId !== providerId),
        events: waiting.events.filter((event) => event.providerId !== providerId),
        touched: new Set([...waiting.touched].filter((id) => id !== providerId)),
      };
      book.forget(providerId);
    },
    counts: () => ({ waiting: waiting.samples.length, lost }),
    unwritten: {
      samples: ({ providerId, from, to }) =>
        [...inFlight.samples, ...waiting.samples]
          .filter(
            (sample) => (providerId === null || sample.providerId === providerId) && isWithin(sample.at, from, to),
          )
          .sort((a, b) => a.at - b.at),
      rollups: book.unwritten,
      events: (providerId) =>
        [...inFlight.events, ...waiting.events].filter(
          (event) => providerId === null || event.providerId === providerId,
        ),
    },
  };
}

function toRefKey({ providerId, at }: SampleRef): string {
  return `${providerId}|${at}`;
}

function isWithin(at: number, from: number, to: number): boolean {
  return at >= from && at <= to;
}
