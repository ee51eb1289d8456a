import type { WindowStats } from "@/lib/health/health-view";
import { isCountable, isSuccess, OUTCOME_CLASSES, type OutcomeClass } from "@/lib/providers/outcome";
import { addBin, binOf, createSketch, quantiles, removeBin, type Sketch } from "./sketch";

const MINUTE_MS = 60_000;
const FIRST_CAPACITY = 32;
const LARGEST_CAPACITY = 65_536;
const CLOCK_JUMP_MS = MINUTE_MS;
const QUANTILES = [0.5, 0.95, 0.99];

const CLASS_INDEX = Object.fromEntries(OUTCOME_CLASSES.map((name, index) => [name, index]));
const SUCCESS = OUTCOME_CLASSES.map(isSuccess);
const COUNTABLE = OUTCOME_CLASSES.map(isCountable);

interface SlidingWindow {
  spanMs: number;
  /** Number of the oldest sample still inside. */
  tail: number;
  classes: Uint32Array;
  sketch: Sketch;
}

/**
 * The exact sliding windows of one provider: one ring of samples, and per window the counts of what is inside, kept up by adding
 * at the head and taking away at three tails. The only mutable part of the engine.
 */
export interface SampleWindows {
  head: number;
  times: Float64Array;
  bins: Uint16Array;
  classes: Uint8Array;
  m1: SlidingWindow;
  m5: SlidingWindow;
  m15: SlidingWindow;
}

export function createWindows(): SampleWindows {
  return {
    head: 0,
    times: new Float64Array(FIRST_CAPACITY),
    bins: new Uint16Array(FIRST_CAPACITY),
    classes: new Uint8Array(FIRST_CAPACITY),
    m1: slidingWindow(1),
    m5: slidingWindow(5),
    m15: slidingWindow(15),
  };
}

function slidingWindow(minutes: number): SlidingWindow {
  return {
    spanMs: minutes * MINUTE_MS,
    tail: 0,
    classes: new Uint32Array(OUTCOME_CLASSES.length),
    sketch: createSketch(),
  };
}

/**
 * Adds one sample that ended at `at`. Time never runs backwards in a window: a sample a little older than the one before takes its
 * place in time; a clock set back by more than a minute empties the windows. Beyond 65 536 samples in 15 minutes the oldest leave
 * early.
 */
export function addSample(windows: SampleWindows, at: number, outcome: OutcomeClass, durationMs: number): void {
  const last = windows.head > windows.m15.tail ? (windows.times[slot(windows, windows.head - 1)] ?? at) : at;
  const time = last - at > CLOCK_JUMP_MS ? at : Math.max(at, last);
  expire(windows, time < last ? Number.POSITIVE_INFINITY : time);
  makeRoom(windows);
  const index = slot(windows, windows.head);
  const classIndex = CLASS_INDEX[outcome] ?? 0;
  const bin = binOf(durationMs);
  windows.times[index] = time;
  windows.bins[index] = bin;
  windows.classes[index] = classIndex;
  windows.head++;
  for (const window of [windows.m1, windows.m5, windows.m15]) {
    window.classes[classIndex] = (window.classes[classIndex] ?? 0) + 1;
    if (SUCCESS[classIndex]) addBin(window.sketch, bin);
  }
}

/** Samples of the classes `from` that came at `since` or later are of class `to` from now on; none of them may be a success. */
export function relabelSamples(
  windows: SampleWindows,
  { since, from, to }: { since: number; from: ReadonlySet<OutcomeClass>; to: OutcomeClass },
): void {
  const toIndex = CLASS_INDEX[to] ?? 0;
  for (let number = windows.head - 1; number >= windows.m15.tail; number--) {
    const index = slot(windows, number);
    if ((windows.times[index] ?? 0) < since) return;
    const classIndex = windows.classes[index] ?? 0;
    const outcome = OUTCOME_CLASSES[classIndex];
    if (outcome === undefined || !from.has(outcome)) continue;
    windows.classes[index] = toIndex;
    for (const window of [windows.m1, windows.m5, windows.m15]) {
      if (number < window.tail) continue;
      window.classes[classIndex] = (window.classes[classIndex] ?? 0) - 1;
      window.classes[toIndex] = (window.classes[toIndex] ?? 0) + 1;
    }
  }
}

/** The three windows as they stand at `now`. A sample is inside while it is younger than the span. */
export function windowStats(
  windows: SampleWindows,
  now: number,
): { m1: WindowStats; m5: WindowStats; m15: WindowStats } {
  expire(windows, now);
  return {
    m1: toStats(windows, windows.m1),
    m5: toStats(windows, windows.m5),
    m15: toStats(windows, windows.m15),
  };
}

/** What the DEGRADED rule looks at, of the last 5 minutes. `judged` are successes and countable failures. */
export function fiveMinutes(
  windows: SampleWindows,
  now: number,
): { judged: number; failed: number; p95Ms: number | null } {
  expire(windows, now);
  const { judged, failed } = judge(windows.m5);
  return { judged, failed, p95Ms: quantiles(windows.m5.sketch, [0.95])[0] ?? null };
}

function toStats(windows: SampleWindows, window: SlidingWindow): WindowStats {
  const samples = windows.head - window.tail;
  const { judged, failed } = judge(window);
  const [p50Ms, p95Ms, p99Ms] = quantiles(window.sketch, QUANTILES);
  const classes: Partial<Record<OutcomeClass, number>> = {};
  OUTCOME_CLASSES.forEach((name, index) => {
    const count = window.classes[index] ?? 0;
    if (count > 0) classes[name] = count;
  });
  return {
    samples,
    requestsPerMinute: (samples * MINUTE_MS) / window.spanMs,
    errorRate: judged === 0 ? null : failed / judged,
    p50Ms: p50Ms ?? null,
    p95Ms: p95Ms ?? null,
    p99Ms: p99Ms ?? null,
    classes,
  };
}

function judge(window: SlidingWindow): { judged: number; failed: number } {
  let judged = 0;
  let failed = 0;
  for (let index = 0; index < OUTCOME_CLASSES.length; index++) {
    const count = window.classes[index] ?? 0;
    if (COUNTABLE[index]) failed += count;
    if (COUNTABLE[index] || SUCCESS[index]) judged += count;
  }
  return { judged, failed };
}

function expire(windows: SampleWindows, now: number): void {
  for (const window of [windows.m1, windows.m5, windows.m15]) {
    while (window.tail < windows.head && (windows.times[slot(windows, window.tail)] ?? 0) <= now - window.spanMs) {
      removeOldest(windows, window);
    }
  }
}

function removeOldest(windows: SampleWindows, window: SlidingWindow): void {
  const index = slot(windows, window.tail);
  const classIndex = windows.classes[index] ?? 0;
  window.classes[classIndex] = (window.classes[classIndex] ?? 0) - 1;
  if (SUCCESS[classIndex]) removeBin(window.sketch, windows.bins[index] ?? 0);
  window.tail++;
}

function slot(windows: SampleWindows, number: number): number {
  return number % windows.times.length;
}

function makeRoom(windows: SampleWindows): void {
  const capacity = windows.times.length;
  if (windows.head - windows.m15.tail < capacity) return;
  if (capacity < LARGEST_CAPACITY) grow(windows, capacity * 2);
  else dropOldest(windows);
}

function dropOldest(windows: SampleWindows): void {
  const oldest = windows.m15.tail;
  for (const window of [windows.m1, windows.m5, windows.m15]) {
    if (window.tail === oldest) removeOldest(windows, window);
  }
}

function grow(windows: SampleWindows, capacity: number): void {
  const old = { ...windows };
  windows.times = new Float64Array(capacity);
  windows.bins = new Uint16Array(capacity);
  windows.classes = new Uint8Array(capacity);
  for (let number = windows.m15.tail; number < windows.head; number++) {
    const from = slot(old, number);
    const to = slot(windows, number);
    windows.times[to] = old.times[from] ?? 0;
    windows.bins[to] = old.bins[from] ?? 0;
    windows.classes[to] = old.classes[from] ?? 0;
  }
}
