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
  STEP_MS,
  type StoredRollup,
  sumRollups,
} from "./rollup";
import { addStateTime, knownMs, noStateTime, type StateTime, stateTimeBetween, type Timeline } from "./state-time";

/** How long unwritten buckets are kept while the database cannot be written, and how far back the past is told anew. */
export const KEPT_MS = { minute: 6 * STEP_MS.hour, hour: 90 * STEP_MS.day, day: 366 * STEP_MS.day };

export interface RolledSample {
  providerId: string;
  at: number;
  class: OutcomeClass;
  durationMs: number;
}

/** What was stored when the last process ended, in whatever way. */
export interface UnfinishedRollups {
  /** When it wrote for the last time: the buckets around this instant are made anew from their parts. */
  flushedAt: number;
  /** From the beginning of that minute. */
  samples: readonly RolledSample[];
  /** Of that hour before that minute. */
  minutes: readonly StoredRollup[];
  /** Of that day before that hour. */
  hours: readonly StoredRollup[];
}

/** One bucket in the making. */
export interface Slot {
  rollup: Rollup;
  /** Time per state up to an instant, from what is stored; what follows comes from the timeline. */
  base: { until: number; time: StateTime } | null;
  dirty: boolean;
  /** Holds only what is new; the rest has to be read first. */
  partial: boolean;
  /** The timeline has changed under it. */
  retimed: boolean;
}

/** The buckets of one provider, and how it has been. */
export interface Track {
  slots: Record<RollupStep, Map<number, Slot>>;
  /** Buckets before these have been written, those without samples too. */
  writtenUntil: Record<RollupStep, number>;
  timeline: { marks: Timeline["marks"] | null; degraded: { from: number; to: number | null }[] };
}

export interface Place {
  step: RollupStep;
  bucket: number;
}

export function newTrack(now: number): Track {
  return {
    slots: { minute: new Map(), hour: new Map(), day: new Map() },
    writtenUntil: { minute: bucketOf(now, "minute"), hour: bucketOf(now, "hour"), day: bucketOf(now, "day") },
    timeline: { marks: null, degraded: [] },
  };
}

/** The row to write; null when there is nothing to say of the bucket. `slot` null: a bucket without samples. */
export function rowOf(
  providerId: string,
  track: Track,
  place: Place,
  slot: Slot | null,
  now: number,
): StoredRollup | null {
  const time = timeOf(track, place, slot, now);
  const rollup = slot?.rollup ?? newRollup();
  const told = slot?.retimed ?? false;
  if (rollup.classes.size === 0 && knownMs(time) < 1 && !told) return null;
  return packRollup(rollup, { providerId, ...place }, time);
}

function timeOf({ timeline }: Track, { step, bucket }: Place, slot: Slot | null, now: number): StateTime {
  const end = Math.min(bucket + STEP_MS[step], now);
  const { until, time } = slot?.base ?? { until: bucket, time: noStateTime() };
  return addStateTime(time, stateTimeBetween(toTimeline(timeline), Math.max(bucket, until), end));
}

function toTimeline({ marks, degraded }: Track["timeline"]): Timeline {
  return { marks: marks ?? [], degraded };
}

/** The engine's timeline does not tell degraded from up: that is added here, as it happens. */
export function noteDegraded({ timeline }: Track, { shown }: Pick<EngineState, "shown">, now: number): void {
  const last = timeline.degraded.at(-1);
  const running = last && last.to === null ? last : null;
  if (shown.state === "DEGRADED" && !running) timeline.degraded.push({ from: shown.since, to: null });
  if (shown.state !== "DEGRADED" && running) running.to = now;
  while ((timeline.degraded[0]?.to ?? now) < now - 2 * STEP_MS.day) timeline.degraded.shift();
}

/** Buckets without samples that have not been written, up to an instant. */
export function* quietBuckets(track: Track, step: RollupStep, until: number, now: number): Generator<number> {
  const earliest = bucketOf(now - KEPT_MS[step], step);
  for (let bucket = Math.max(track.writtenUntil[step], earliest); bucket < until; bucket += STEP_MS[step]) {
    if (!track.slots[step].has(bucket)) yield bucket;
  }
}

export function markWritten({ writtenUntil }: Track, now: number): void {
  for (const step of ROLLUP_STEPS) writtenUntil[step] = Math.max(writtenUntil[step], bucketOf(now, step));
}

/** Makes the three buckets that were open when the last process wrote for the last time anew from their parts, all of this provider. */
export function resumeSlots(
  { slots, timeline }: Track,
  { flushedAt, samples, minutes, hours }: UnfinishedRollups,
): void {
  const at = {
    minute: bucketOf(flushedAt, "minute"),
    hour: bucketOf(flushedAt, "hour"),
    day: bucketOf(flushedAt, "day"),
  };
  const flags = { dirty: true, partial: false, retimed: false };
  const minute = newRollup();
  for (const sample of samples) if (bucketOf(sample.at, "minute") === at.minute) addToRollup(minute, sample);
  const hour = begun(timeline, { from: at.hour, to: at.minute, parts: minutes });
  mergeRollup(hour.rollup, minute);
  const day = begun(timeline, { from: at.day, to: at.hour, parts: hours });
  mergeRollup(day.rollup, hour.rollup);
  day.base = { until: hour.base.until, time: addStateTime(day.base.time, hour.base.time) };
  slots.minute.set(at.minute, { rollup: minute, base: null, ...flags });
  slots.hour.set(at.hour, { ...hour, ...flags });
  slots.day.set(at.day, { ...day, ...flags });
}

interface Begun {
  from: number;
  to: number;
  parts: readonly StoredRollup[];
}

function begun(timeline: Track["timeline"], span: Begun): { rollup: Rollup; base: { until: number; time: StateTime } } {
  const { rollup, time } = sumRollups(span.parts);
  return { rollup, base: { until: span.to, time: addStateTime(time, timeOutside(timeline, span)) } };
}

/** Time per state outside the parts, from the timeline. */
function timeOutside(timeline: Track["timeline"], { from, to, parts }: Begun): StateTime {
  const line = toTimeline(timeline);
  let time = noStateTime();
  let at = from;
  for (const { bucket, step } of [...parts].sort((a, b) => a.bucket - b.bucket)) {
    if (bucket > at) time = addStateTime(time, stateTimeBetween(line, at, bucket));
    at = Math.max(at, bucket + STEP_MS[step]);
  }
  return to > at ? addStateTime(time, stateTimeBetween(line, at, to)) : time;
}
