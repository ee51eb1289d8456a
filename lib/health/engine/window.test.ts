import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCountable, isSuccess, OUTCOME_CLASSES, type OutcomeClass } from "@/lib/providers/outcome";
import { addBin, binOf, createSketch, durationOf, mergeSketch, quantiles, removeBin } from "./sketch";
import { addSample, createWindows, windowStats } from "./window";

interface Sample {
  at: number;
  outcome: OutcomeClass;
  durationMs: number;
}

const samplesOf = (size: number) =>
  fc.array(
    fc.record({
      gapMs: fc.integer({ min: 0, max: 40_000 }),
      outcome: fc.constantFrom(...OUTCOME_CLASSES),
      durationMs: fc.double({ min: 0, max: 200_000, noNaN: true }),
    }),
    { maxLength: size },
  );

function recount(samples: readonly Sample[], now: number, minutes: number) {
  const inside = samples.filter((sample) => now - sample.at < minutes * 60_000);
  const failed = inside.filter((sample) => isCountable(sample.outcome)).length;
  const good = inside.filter((sample) => isSuccess(sample.outcome)).map((sample) => sample.durationMs);
  const sorted = good.toSorted((a, b) => a - b);
  const rank = (q: number) => sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? null;
  const classes: Partial<Record<OutcomeClass, number>> = {};
  for (const { outcome } of inside) classes[outcome] = (classes[outcome] ?? 0) + 1;
  const judged = failed + good.length;
  return {
    samples: inside.length,
    errorRate: judged === 0 ? null : failed / judged,
    classes,
    p50: rank(0.5),
    p95: rank(0.95),
    p99: rank(0.99),
  };
}

function expectClose(found: number | null, exact: number | null): void {
  if (exact === null || found === null) {
    expect(found).toBe(exact);
    return;
  }
  const inRange = Math.min(Math.max(exact, 1), 120_000);
  expect(Math.abs(found - inRange)).toBeLessThanOrEqual(inRange * 0.0101);
}

describe("sliding windows", () => {
  it("equal a naive recount at every moment", () => {
    fc.assert(
      fc.property(samplesOf(150), fc.integer({ min: 0, max: 1_000_000 }), (steps, waitMs) => {
        const windows = createWindows();
        const samples: Sample[] = [];
        let now = 1_000_000;
        for (const { gapMs, ...step } of steps) {
          now += gapMs;
          samples.push({ at: now, ...step });
          addSample(windows, now, step.outcome, step.durationMs);
        }
        for (const at of [now, now + waitMs]) {
          const stats = windowStats(windows, at);
          for (const [minutes, window] of [
            [1, stats.m1],
            [5, stats.m5],
            [15, stats.m15],
          ] as const) {
            const exact = recount(samples, at, minutes);
            expect(window.samples).toBe(exact.samples);
            expect(window.errorRate).toBe(exact.errorRate);
            expect(window.classes).toEqual(exact.classes);
            expect(window.requestsPerMinute).toBeCloseTo(exact.samples / minutes);
            expectClose(window.p50Ms, exact.p50);
            expectClose(window.p95Ms, exact.p95);
            expectClose(window.p99Ms, exact.p99);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it("know nothing rather than zero while empty", () => {
    expect(windowStats(createWindows(), 0).m5).toEqual({
      samples: 0,
      requestsPerMinute: 0,
      errorRate: null,
      p50Ms: null,
      p95Ms: null,
      p99Ms: null,
      classes: {},
    });
  });

  it("start anew when the clock is set back", () => {
    const windows = createWindows();
    addSample(windows, 10_000_000, "ok", 10);
    addSample(windows, 1_000_000, "ok", 10);
    expect(windowStats(windows, 1_000_000).m15.samples).toBe(1);
  });

  it("let the oldest go beyond 65 536 samples", () => {
    const windows = createWindows();
    for (let index = 0; index < 70_000; index++) addSample(windows, 1_000_000, "ok", 10);
    expect(windowStats(windows, 1_000_000).m1.samples).toBe(65_536);
  });
});

describe("the sketch", () => {
  it("keeps every duration within one percent", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 120_000, noNaN: true }), (durationMs) => {
        expectClose(durationOf(binOf(durationMs)), durationMs);
      }),
    );
  });

  it("merges to the same as adding all to one, and takes back what was added", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100_000 })),
        fc.array(fc.integer({ min: 1, max: 100_000 })),
        (a, b) => {
          const [left, right, whole] = [createSketch(), createSketch(), createSketch()];
          for (const ms of a) addBin(left, binOf(ms));
          for (const ms of b) addBin(right, binOf(ms));
          for (const ms of [...a, ...b]) addBin(whole, binOf(ms));
          const before = left.counts.slice();
          mergeSketch(left, right);
          expect(left).toEqual(whole);
          for (const ms of b) removeBin(left, binOf(ms));
          expect(left.counts).toEqual(before);
        },
      ),
    );
  });

  it("has no quantile while it is empty", () => {
    expect(quantiles(createSketch(), [0.5, 0.99])).toEqual([null, null]);
  });
});
