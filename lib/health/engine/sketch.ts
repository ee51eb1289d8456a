const ACCURACY = 0.01;
const GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
const LOG_GAMMA = Math.log(GAMMA);
const MAX_MS = 120_000;

/** Bins of every sketch: logarithmic, 1 ms to 120 s, so that a bin's middle is within 1 % of every duration in it. */
const SKETCH_BINS = Math.ceil(Math.log(MAX_MS) / LOG_GAMMA) + 1;

const NARROW_MAX = 0xffff;

/**
 * Counts per logarithmic bin (the mapping of DDSketch, Masson et al. 2019, over a fixed range). Merging and taking away are exact.
 * Two bytes a bin until one of them needs more: a page of memory less to hold and to walk for nearly every provider.
 */
export interface Sketch {
  counts: Uint16Array | Uint32Array;
  total: number;
}

export function createSketch(): Sketch {
  return { counts: new Uint16Array(SKETCH_BINS), total: 0 };
}

/** Bin of a duration in ms; what lies outside 1 ms to 120 s goes to the outermost bins. */
export function binOf(durationMs: number): number {
  if (!(durationMs > 1)) return 0;
  return Math.min(SKETCH_BINS - 1, Math.ceil(Math.log(durationMs) / LOG_GAMMA));
}

/** The duration in ms that stands for a bin. */
export function durationOf(bin: number): number {
  return bin === 0 ? 1 : (2 * GAMMA ** bin) / (GAMMA + 1);
}

export function addBin(sketch: Sketch, bin: number): void {
  addCount(sketch, bin, 1);
  sketch.total++;
}

function addCount(sketch: Sketch, bin: number, count: number): void {
  const sum = (sketch.counts[bin] ?? 0) + count;
  if (sum > NARROW_MAX && sketch.counts instanceof Uint16Array) sketch.counts = new Uint32Array(sketch.counts);
  sketch.counts[bin] = sum;
}

/** Takes back what `addBin` added before. */
export function removeBin(sketch: Sketch, bin: number): void {
  sketch.counts[bin] = (sketch.counts[bin] ?? 0) - 1;
  sketch.total--;
}

export function mergeSketch(target: Sketch, source: Sketch): void {
  for (let bin = 0; bin < SKETCH_BINS; bin++) {
    addCount(target, bin, source.counts[bin] ?? 0);
  }
  target.total += source.total;
}

/** Quantiles (0–1, ascending) in ms; null each while the sketch is empty. One pass. */
export function quantiles(sketch: Sketch, wanted: readonly number[]): (number | null)[] {
  if (sketch.total === 0) return wanted.map(() => null);
  const { counts, total } = sketch;
  let bin = 0;
  let seen = counts[0] ?? 0;
  return wanted.map((quantile) => {
    const rank = rankOf(quantile, total);
    while (seen < rank && bin < SKETCH_BINS - 1) seen += counts[++bin] ?? 0;
    return durationOf(bin);
  });
}

/** Nearest rank. */
function rankOf(quantile: number, total: number): number {
  return Math.max(1, Math.ceil(quantile * total));
}
