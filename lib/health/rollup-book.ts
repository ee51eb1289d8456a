import type { OutcomeClass } from "@/lib/providers/outcome";
import type { EngineState } from "./engine/types";
import {
  addToRollup,
  bucketOf,
  mergeRollup,
  newRollup,
  ROLLUP_STEPS,
  type RollupStep,
  relabelInRollup,
  STEP_MS,
  type StoredRollup,
  unpackRollup,
} from "./rollup";
import {
  KEPT_MS,
  markWritten,
  newTrack,
  noteDegraded,
  quietBuckets,
  type RolledSample,
  resumeSlots,
  rowOf,
  type Slot,
  type Track,
  type UnfinishedRollups,
} from "./rollup-track";
import { firstDifference } from "./state-time";

/** Calls may take so long: until then a closed bucket stays in memory for samples that began in it. */
const LATE_MS = 180_000;
/** Of all providers together, while the database cannot be written. */
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

/** The buckets in the making. A row of it always stands for the whole bucket, so that writing it twice, or anew after a crash, counts nothing twice. */
export interface RollupBook {
  add(sample: RolledSample): void;
  /** A sample that was added, now or long ago, is of another class; neither of the two is a success. */
  relabel(sample: RolledSample, to: OutcomeClass): void;
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
  /** When the next bucket closes that has something to write; at the latest the hour. */
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
    const track = newTrack(clock());
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

  function slotsAround({ providerId, at }: { providerId: string; at: number }): Slot[] {
    const track = trackOf(providerId);
    return ROLLUP_STEPS.map((step) => slotOf(track, step, bucketOf(at, step)));
  }

  function* allSlots(): Generator<RollupKey & { slot: Slot }> {
    for (const [providerId, { slots }] of tracks) {
      for (const step of ROLLUP_STEPS)
        for (const [bucket, slot] of slots[step]) yield { providerId, step, bucket, slot };
    }
  }

  function add(sample: RolledSample): void {
    for (const slot of slotsAround(sample)) {
      addToRollup(slot.rollup, sample);
      slot.dirty = true;
    }
  }

  /** The past looks different from `from` on: what has been told of it is told anew. */
  function retime(track: Track, from: number): void {
    const now = clock();
    for (const step of ROLLUP_STEPS) {
      const earliest = Math.max(from, now - KEPT_MS[step]);
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

  function supplySlot(slot: Slot, track: Track, { step, bucket }: RollupKey, stored: StoredRollup): void {
    mergeRollup(slot.rollup, unpackRollup(stored));
    const remembered = (track.timeline.marks?.[0]?.at ?? Number.POSITIVE_INFINITY) <= bucket;
    if (slot.retimed && remembered) return;
    // Of a bucket that was open when the last process ended, the stored time ends there.
    const until = bucket <= storedUntil && storedUntil < startedAt ? Math.max(bucket, storedUntil) : clock();
    slot.base = { until: Math.min(bucket + STEP_MS[step], until), time: stored };
  }

  function drop(written: boolean): void {
    const now = clock();
    const minutesEach = Math.floor(UNWRITTEN_MINUTES_MAX / Math.max(1, tracks.size));
    for (const { providerId, step, bucket, slot } of allSlots()) {
      const slots = trackOf(providerId).slots[step];
      const end = bucket + STEP_MS[step];
      const done = written && !slot.dirty && end + LATE_MS < now;
      const tooMany = step === "minute" && slots.size > minutesEach;
      if (done || tooMany || end < now - KEPT_MS[step]) slots.delete(bucket);
    }
  }

  function take({ open }: { open: boolean }) {
    const now = clock();
    const rows: (StoredRollup | null)[] = [];
    const taken: Slot[] = [];
    for (const { providerId, step, bucket, slot } of allSlots()) {
      if (!slot.dirty || slot.partial || !(open || bucket < bucketOf(now, step))) continue;
      rows.push(rowOf(providerId, trackOf(providerId), { step, bucket }, slot, now));
      slot.dirty = false;
      slot.retimed = false;
      taken.push(slot);
    }
    for (const [providerId, track] of tracks) {
      for (const step of ROLLUP_STEPS) {
        for (const bucket of quietBuckets(track, step, open ? now : bucketOf(now, step), now)) {
          rows.push(rowOf(providerId, track, { step, bucket }, null, now));
        }
      }
    }
    const settle = (written: boolean) => {
      if (written) for (const track of tracks.values()) markWritten(track, now);
      else for (const slot of taken) slot.dirty = true;
      drop(written);
    };
    return { rows: rows.flatMap((row) => row ?? []), settle };
  }

  return {
    add,
    relabel(sample, to) {
      for (const slot of slotsAround(sample)) {
        relabelInRollup(slot.rollup, sample, to);
        slot.dirty = true;
      }
    },
    noteState(providerId, state) {
      const track = trackOf(providerId);
      const { marks } = track.timeline;
      track.timeline.marks = state.uptime;
      noteDegraded(track, state, clock());
      const from = marks && firstDifference(marks, state.uptime);
      if (from !== null) retime(track, from);
    },
    resume(unfinished) {
      const { flushedAt, samples, minutes, hours } = unfinished;
      storedUntil = flushedAt;
      const ids = new Set([...samples, ...minutes, ...hours].map(({ providerId }) => providerId));
      for (const id of ids) {
        const isOwn = (part: { providerId: string }) => part.providerId === id;
        const own = { samples: samples.filter(isOwn), minutes: minutes.filter(isOwn), hours: hours.filter(isOwn) };
        resumeSlots(trackOf(id), { flushedAt, ...own });
        for (const sample of own.samples)
          if (bucketOf(sample.at, "minute") !== bucketOf(flushedAt, "minute")) add(sample);
      }
    },
    missing: () => [...allSlots()].flatMap(({ slot, ...key }) => (slot.partial ? [key] : [])),
    supply(keys, rows) {
      const byKey = new Map(rows.map((row) => [keyOf(row), row]));
      for (const key of keys) {
        const track = tracks.get(key.providerId);
        const slot = track?.slots[key.step].get(key.bucket);
        if (!track || !slot?.partial) continue;
        slot.partial = false;
        const stored = byKey.get(keyOf(key));
        if (stored) supplySlot(slot, track, key, stored);
      }
    },
    take,
    nextClose() {
      const known = [...tracks.values()].some(({ timeline }) => timeline.marks !== null);
      let next = known ? bucketOf(clock(), "hour") + STEP_MS.hour : null;
      for (const { step, bucket, slot } of allSlots()) {
        if (slot.dirty) next = Math.min(next ?? Number.POSITIVE_INFINITY, bucket + STEP_MS[step]);
      }
      return next;
    },
    unwritten({ step, providerId, from, to }) {
      const now = clock();
      const found: UnwrittenRollup[] = [];
      for (const [id, track] of tracks) {
        if (providerId !== null && id !== providerId) continue;
        const quiet = [...quietBuckets(track, step, now, now)].map((bucket) => [bucket, null] as const);
        for (const [bucket, slot] of [...track.slots[step], ...quiet]) {
          const row = bucket >= from && bucket < to ? rowOf(id, track, { step, bucket }, slot, now) : null;
          if (row) found.push({ row, adds: slot?.partial ?? bucket <= startedAt });
        }
      }
      return found;
    },
    forget: (providerId) => void tracks.delete(providerId),
  };
}

function keyOf({ providerId, step, bucket }: RollupKey): string {
  return `${providerId}|${step}|${bucket}`;
}
