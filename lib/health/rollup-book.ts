import type { OutcomeClass } from "@/lib/providers/outcome";
import type { EngineState } from "./engine/types";
import {
  addToRollup,
  bucketOf,
  mergeRollup,
  newRollup,
  packRollup,
  ROLLUP_STEPS,
  type Rollup,
  type RollupStep,
  relabelInRollup,
  STEP_MS,
  type StoredRollup,
  sumRollups,
  unpackRollup,
} from "./rollup";
import {
  addStateTime,
  firstDifference,
  knownMs,
  noStateTime,
  type StateTime,
  stateTimeBetween,
  type Timeline,
} from "./state-time";

/** Calls may take so long: until then a closed bucket stays in memory for samples that began in it. */
const LATE_MS = 180_000;
/** How long unwritten buckets are kept while the database cannot be written, and how many minutes of all providers together. */
const UNWRITTEN_KEPT_MS = { minute: 48 * STEP_MS.hour, hour: 90 * STEP_MS.day, day: 366 * STEP_MS.day };
const UNWRITTEN_MINUTES_MAX = 50_000;

export interface RollupKey {
  providerId: string;
  step: RollupStep;
  bucket: number;
}

export interface RollupSpan {
  step: RollupStep;
  /** All providers when null. */
  providerId: string | null;
  /** Of the buckets' beginnings; `to` not included. */
  from: number;
  to: number;
}

/** A bucket that the database does not have, or not like this. `adds`: it comes on top of what is stored instead of replacing it. */
export interface UnwrittenRollup {
  row: StoredRollup;
  adds: boolean;
}

/** What was stored when the last process ended, in whatever way. */
export interface UnfinishedRollups {
  /** When it wrote for the last time: the buckets around this instant are made anew from their parts. */
  flushedAt: number;
  /** From the beginning of that minute. */
  samples: readonly { providerId: string; at: number; class: OutcomeClass; durationMs: number }[];
  /** Of that hour before that minute. */
  minutes: readonly StoredRollup[];
  /** Of that day before that hour. */
  hours: readonly StoredRollup[];
}

interface Slot {
  rollup: Rollup;
  /** Time per state up to an instant, from what is stored; what follows comes from the timeline. */
  base: { until: number; time: StateTime } | null;
  dirty: boolean;
  /** Holds only what is new; the rest has to be read first. */
  partial: boolean;
  /** The timeline has changed under it. */
  retimed: boolean;
}

interface Track {
  slots: Record<RollupStep, Map<number, Slot>>;
  /** Buckets before these have been written, those without samples too. */
  writtenUntil: Record<RollupStep, number>;
  timeline: { marks: Timeline["marks"] | null; degraded: { from: number; to: number | null }[] };
}

/** The buckets in the making. A row of it always stands for the whole bucket, so that writing it twice, or anew after a crash, counts nothing twice. */
export interface RollupBook {
  add(sample: { providerId: string; at: number; class: OutcomeClass; durationMs: number }): void;
  /** A sample that was added, now or long ago, is of another class; neither of the two is a success. */
  relabel(sample: { providerId: string; at: number; class: OutcomeClass; durationMs: number }, to: OutcomeClass): void;
  /** How the provider has been over time, as far as the engine knows. */
  noteState(providerId: string, state: Pick<EngineState, "uptime" | "shown">): void;
  /** After `noteState` of all providers. */
  resume(unfinished: UnfinishedRollups): void;
  /** Buckets of which a part is only in the database. */
  missing(): RollupKey[];
  /** What the database has of them; of those it has nothing of, nothing. */
  supply(keys: readonly RollupKey[], rows: readonly StoredRollup[]): void;
  /** Rows to write: of buckets that are closed, or of all. `settle` says how it went. */
  take(options: { open: boolean }): { rows: StoredRollup[]; settle: (written: boolean) => void };
  /** When the next bucket closes that has something to write. */
  nextClose(): number | null;
  unwritten(span: RollupSpan): UnwrittenRollup[];
  forget(providerId: string): void;
}

export function createRollupBook({ clock }: { clock: () => number }): RollupBook {
  const tracks = new Map<string, Track>();
  const startedAt = clock();
  let storedUntil = startedAt;

  function trackOf(providerId: string): Track {
    const known = tracks.get(providerId);
    if (known) return known;
    const now = clock();
    const track: Track = {
      slots: { minute: new Map(), hour: new Map(), day: new Map() },
      writtenUntil: { minute: bucketOf(now, "minute"), hour: bucketOf(now, "hour"), day: bucketOf(now, "day") },
      timeline: { marks: null, degraded: [] },
    };
    tracks.set(providerId, track);
    return track;
  }

  function slotOf(track: Track, step: RollupStep, bucket: number): Slot {
    const known = track.slots[step].get(bucket);
    if (known) return known;
    // An older one may have been written and dropped, or written by the process before.
    const partial = bucket <= startedAt || bucket + STEP_MS[step] + LATE_MS < clock();
    const slot = { rollup: newRollup(), base: null, dirty: true, partial, retimed: false };
    track.slots[step].set(bucket, slot);
    return slot;
  }

  function timeOf(
    { timeline }: Track,
    { step, bucket }: { step: RollupStep; bucket: number },
    slot: Slot | null,
  ): StateTime {
    const end = Math.min(bucket + STEP_MS[step], clock());
    const { until, time } = slot?.base ?? { until: bucket, time: noStateTime() };
    const line = { marks: timeline.marks ?? [], degraded: timeline.degraded };
    return addStateTime(time, stateTimeBetween(line, Math.max(bucket, until), end));
  }

  /** Null when there is nothing to say of the bucket. */
  function rowOf(
    providerId: string,
    track: Track,
    at: { step: RollupStep; bucket: number },
    slot: Slot | null,
  ): StoredRollup | null {
    const time = timeOf(track, at, slot);
    const rollup = slot?.rollup ?? newRollup();
    const rewritten = slot?.retimed ?? false;
    if (rollup.classes.size === 0 && knownMs(time) < 1 && !rewritten) return null;
    return packRollup(rollup, { providerId, ...at }, time);
  }

  function noteDegraded({ timeline }: Track, { shown }: Pick<EngineState, "shown">): void {
    const now = clock();
    const last = timeline.degraded.at(-1);
    const running = last && last.to === null ? last : null;
    if (shown.state === "DEGRADED" && !running) timeline.degraded.push({ from: shown.since, to: null });
    if (shown.state !== "DEGRADED" && running) running.to = now;
    while ((timeline.degraded[0]?.to ?? now) < now - 2 * STEP_MS.day) timeline.degraded.shift();
  }

  /** The past looks different from `from` on: what has been told of it is told anew. */
  function retime(track: Track, from: number): void {
    const now = clock();
    for (const step of ROLLUP_STEPS) {
      const earliest = Math.max(from, now - UNWRITTEN_KEPT_MS[step]);
      for (let bucket = bucketOf(earliest, step); bucket <= now; bucket += STEP_MS[step]) {
        const known = track.slots[step].get(bucket);
        if (!known && bucket >= track.writtenUntil[step]) continue;
        const slot = known ?? slotOf(track, step, bucket);
        slot.dirty = true;
        slot.retimed = true;
        if (slot.base && slot.base.until > from) slot.base = null;
      }
    }
  }

  function* quietBuckets(track: Track, step: RollupStep, until: number): Generator<number> {
    const earliest = bucketOf(clock() - UNWRITTEN_KEPT_MS[step], step);
    for (let bucket = Math.max(track.writtenUntil[step], earliest); bucket < until; bucket += STEP_MS[step]) {
      if (!track.slots[step].has(bucket)) yield bucket;
    }
  }

  function drop(written: boolean): void {
    const now = clock();
    const minutesEach = Math.floor(UNWRITTEN_MINUTES_MAX / Math.max(1, tracks.size));
    for (const { slots } of tracks.values()) {
      for (const step of ROLLUP_STEPS) {
        for (const [bucket, slot] of slots[step]) {
          const end = bucket + STEP_MS[step];
          const done = written && !slot.dirty && end + LATE_MS < now;
          const tooMany = step === "minute" && slots.minute.size > minutesEach;
          if (done || tooMany || end < now - UNWRITTEN_KEPT_MS[step]) slots[step].delete(bucket);
        }
      }
    }
  }

  function supply(keys: readonly RollupKey[], rows: readonly StoredRollup[]): void {
    const byKey = new Map(rows.map((row) => [keyOf(row), row]));
    for (const key of keys) {
      const track = tracks.get(key.providerId);
      const slot = track?.slots[key.step].get(key.bucket);
      if (!track || !slot?.partial) continue;
      slot.partial = false;
      const stored = byKey.get(keyOf(key));
      if (!stored) continue;
      mergeRollup(slot.rollup, unpackRollup(stored));
      const remembered = (track.timeline.marks?.[0]?.at ?? Number.POSITIVE_INFINITY) <= key.bucket;
      if (slot.retimed && remembered) continue;
      // Of a bucket that was open when the last process ended, the stored time ends there.
      const until = key.bucket <= storedUntil && storedUntil < startedAt ? Math.max(key.bucket, storedUntil) : clock();
      slot.base = { until: Math.min(key.bucket + STEP_MS[key.step], until), time: stored };
    }
  }

  function resumeTrack(providerId: string, { flushedAt, samples, minutes, hours }: UnfinishedRollups): void {
    const track = trackOf(providerId);
    const at = {
      minute: bucketOf(flushedAt, "minute"),
      hour: bucketOf(flushedAt, "hour"),
      day: bucketOf(flushedAt, "day"),
    };
    const minute = newRollup();
    for (const sample of samples) if (bucketOf(sample.at, "minute") === at.minute) addToRollup(minute, sample);
    const begun = (from: number, to: number, parts: readonly StoredRollup[]) => {
      const { rollup, time } = sumRollups(parts);
      return { rollup, base: { until: to, time: addStateTime(time, gapsIn(track.timeline, from, to, parts)) } };
    };
    const hour = begun(at.hour, at.minute, minutes);
    mergeRollup(hour.rollup, minute);
    const day = begun(at.day, at.hour, hours);
    mergeRollup(day.rollup, hour.rollup);
    const dayBase = { until: hour.base.until, time: addStateTime(day.base.time, hour.base.time) };
    const flags = { dirty: true, partial: false, retimed: false };
    track.slots.minute.set(at.minute, { rollup: minute, base: null, ...flags });
    track.slots.hour.set(at.hour, { ...hour, ...flags });
    track.slots.day.set(at.day, { rollup: day.rollup, base: dayBase, ...flags });
    for (const sample of samples) if (bucketOf(sample.at, "minute") !== at.minute) add({ ...sample, providerId });
  }

  function add(sample: { providerId: string; at: number; class: OutcomeClass; durationMs: number }): void {
    const track = trackOf(sample.providerId);
    for (const step of ROLLUP_STEPS) {
      const slot = slotOf(track, step, bucketOf(sample.at, step));
      addToRollup(slot.rollup, sample);
      slot.dirty = true;
    }
  }

  return {
    add,
    relabel(sample, to) {
      const track = trackOf(sample.providerId);
      for (const step of ROLLUP_STEPS) {
        const slot = slotOf(track, step, bucketOf(sample.at, step));
        relabelInRollup(slot.rollup, sample, to);
        slot.dirty = true;
      }
    },
    noteState(providerId, state) {
      const track = trackOf(providerId);
      const { marks } = track.timeline;
      track.timeline.marks = state.uptime;
      noteDegraded(track, state);
      const from = marks && firstDifference(marks, state.uptime);
      if (from !== null) retime(track, from);
    },
    resume(unfinished) {
      storedUntil = unfinished.flushedAt;
      const parts = [...unfinished.samples, ...unfinished.minutes, ...unfinished.hours];
      for (const id of new Set(parts.map(({ providerId }) => providerId))) {
        const own = <Part extends { providerId: string }>(all: readonly Part[]) =>
          all.filter((part) => part.providerId === id);
        const { flushedAt, samples, minutes, hours } = unfinished;
        resumeTrack(id, { flushedAt, samples: own(samples), minutes: own(minutes), hours: own(hours) });
      }
    },
    missing: () =>
      [...tracks].flatMap(([providerId, { slots }]) =>
        ROLLUP_STEPS.flatMap((step) =>
          [...slots[step]].flatMap(([bucket, { partial }]) => (partial ? [{ providerId, step, bucket }] : [])),
        ),
      ),
    supply,
    take({ open }) {
      const now = clock();
      const rows: StoredRollup[] = [];
      const taken: Slot[] = [];
      for (const [providerId, track] of tracks) {
        for (const step of ROLLUP_STEPS) {
          const closedBefore = bucketOf(now, step);
          for (const bucket of quietBuckets(track, step, open ? now : closedBefore)) {
            const row = rowOf(providerId, track, { step, bucket }, null);
            if (row) rows.push(row);
          }
          for (const [bucket, slot] of track.slots[step]) {
            if (!slot.dirty || slot.partial || !(open || bucket < closedBefore)) continue;
            const row = rowOf(providerId, track, { step, bucket }, slot);
            if (row) rows.push(row);
            slot.dirty = false;
            slot.retimed = false;
            taken.push(slot);
          }
        }
      }
      return {
        rows,
        settle(written) {
          if (written) for (const track of tracks.values()) markWritten(track, now);
          else for (const slot of taken) slot.dirty = true;
          drop(written);
        },
      };
    },
    nextClose() {
      const ends = [...tracks.values()].flatMap(({ slots }) =>
        ROLLUP_STEPS.flatMap((step) =>
          [...slots[step]].flatMap(([bucket, { dirty }]) => (dirty ? [bucket + STEP_MS[step]] : [])),
        ),
      );
      return ends.length === 0 ? null : Math.min(...ends);
    },
    unwritten({ step, providerId, from, to }) {
      const found: UnwrittenRollup[] = [];
      const now = clock();
      for (const [id, track] of tracks) {
        if (providerId !== null && id !== providerId) continue;
        const quiet = [...quietBuckets(track, step, now)].map((bucket) => [bucket, null] as const);
        for (const [bucket, slot] of [...track.slots[step], ...quiet]) {
          if (bucket < from || bucket >= to) continue;
          const row = rowOf(id, track, { step, bucket }, slot);
          if (row) found.push({ row, adds: slot?.partial ?? bucket <= startedAt });
        }
      }
      return found;
    },
    forget: (providerId) => void tracks.delete(providerId),
  };
}

function markWritten({ writtenUntil }: Track, now: number): void {
  for (const step of ROLLUP_STEPS) writtenUntil[step] = Math.max(writtenUntil[step], bucketOf(now, step));
}

/** Time per state between `from` and `to` outside the given parts, from the timeline. */
function gapsIn(timeline: Track["timeline"], from: number, to: number, parts: readonly StoredRollup[]): StateTime {
  const line = { marks: timeline.marks ?? [], degraded: timeline.degraded };
  let time = noStateTime();
  let at = from;
  for (const { bucket, step } of [...parts].sort((a, b) => a.bucket - b.bucket)) {
    if (bucket > at) time = addStateTime(time, stateTimeBetween(line, at, bucket));
    at = Math.max(at, bucket + STEP_MS[step]);
  }
  return to > at ? addStateTime(time, stateTimeBetween(line, at, to)) : time;
}

function keyOf({ providerId, step, bucket }: RollupKey): string {
  return `${providerId}|${step}|${bucket}`;
}
