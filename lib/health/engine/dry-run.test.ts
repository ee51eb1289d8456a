import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OUTCOME_CLASSES, type OutcomeClass } from "@/lib/providers/outcome";
import { SOURCES } from "@/lib/providers/provider";
import { type DryRunCounts, dryRun, type RecordedCall } from "./dry-run";
import { LADDER_MS, THRESHOLDS } from "./testing/provider-sim";
import type { DisablePool, Thresholds } from "./types";

const FROM = Date.UTC(2026, 10, 15);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const TO = FROM + 7 * DAY_MS;
const ROOM: DisablePool = { enabled: 10, autoDisabled: 0, maxPercent: 50 };

function replay(calls: readonly RecordedCall[], thresholds: Partial<Thresholds> = {}, pool = ROOM): DryRunCounts {
  const options = {
    thresholds: { ...THRESHOLDS, ...thresholds },
    from: FROM,
    to: TO,
    pool,
    probeIntervalsMs: LADDER_MS,
  };
  const run = dryRun(calls, options);
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}

/** One call each so often, with these outcomes, from the beginning of the span. */
function every(ms: number, outcomes: readonly OutcomeClass[], given: Partial<RecordedCall> = {}): RecordedCall[] {
  return outcomes.map((outcome, index) => ({
    at: FROM + (index + 1) * ms,
    durationMs: 100,
    class: outcome,
    source: "check",
    operation: "canary",
    httpStatus: null,
    ...given,
  }));
}

const times = (count: number, outcome: OutcomeClass) => Array.from({ length: count }, () => outcome);

describe("dryRun", () => {
  it("finds nothing wrong with a provider that always answers", () => {
    expect(replay(every(MINUTE_MS, times(500, "ok")))).toEqual({ downs: 0, openings: 0, autoDisables: 0, restedMs: 0 });
  });

  it("counts what the engine would have decided, by the thresholds given", () => {
    const calls = every(MINUTE_MS, [...times(5, "ok"), ...times(4, "timeout"), ...times(5, "ok")]);
    expect(replay(calls)).toMatchObject({ downs: 1, openings: 0 });
    expect(replay(calls, { maxConsecutiveFailures: 5 })).toMatchObject({ downs: 0, openings: 0 });
    expect(replay(calls, { circuitFailureThreshold: 2 })).toMatchObject({ downs: 2, openings: 1, autoDisables: 1 });
  });

  it("counts one breakdown once, however often it is tried and disabled between", () => {
    const calls = every(MINUTE_MS, [...times(5, "ok"), ...times(60, "http_5xx"), ...times(20, "ok")]);
    expect(replay(calls)).toMatchObject({ downs: 1, openings: 1, autoDisables: 2 });
  });

  it("adds up the time at rest, to its very end", () => {
    const calls = every(MINUTE_MS, [...times(5, "ok"), ...times(5, "timeout")]);
    expect(replay(calls, { circuitRecoveryTimeoutMs: 90_000 }).restedMs).toBe(90_000);
  });

  it("leaves searches out that would have been refused", () => {
    const bad = every(1000, [...times(5, "timeout"), ...times(20, "timeout")], {
      source: "search",
      operation: "search",
    });
    // The circuit opens with the fifth; the other twenty come while it rests, and reach no disabling.
    expect(replay(bad)).toMatchObject({ openings: 1, autoDisables: 0 });
    expect(replay(bad, { circuitFailureThreshold: 50 })).toMatchObject({ openings: 1, downs: 1 });
    expect(replay(bad, { circuitFailureThreshold: 50, circuitMinRequests: 50, circuitWindow: 50 }).openings).toBe(0);
  });

  it("takes a burst for one step", () => {
    const burst = Array.from({ length: 12 }, (_, index) => ({
      at: FROM + MINUTE_MS + index,
      durationMs: 5000,
      class: "timeout" as const,
      source: "search" as const,
      operation: "search" as const,
      httpStatus: null,
    }));
    expect(replay(burst)).toMatchObject({ openings: 1, autoDisables: 0 });
  });

  it("disables nobody where the pool has no room", () => {
    const calls = every(MINUTE_MS, times(60, "http_5xx"));
    expect(replay(calls, {}, { enabled: 1, autoDisabled: 0, maxPercent: 50 }).autoDisables).toBe(0);
  });

  it("ends, counts no time twice and depends on nothing but its arguments, whatever happened", () => {
    const call = fc.record({
      at: fc.integer({ min: FROM, max: TO }),
      durationMs: fc.integer({ min: 0, max: 120_000 }),
      class: fc.constantFrom(...OUTCOME_CLASSES),
      source: fc.constantFrom(...SOURCES),
      operation: fc.constantFrom("check" as const, "search" as const, "canary" as const),
      httpStatus: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 200 }), fc.integer({ min: 1, max: 10 }), (calls, threshold) => {
        const first = replay(calls, { circuitFailureThreshold: threshold });
        expect(first.restedMs).toBeGreaterThanOrEqual(0);
        expect(first.restedMs).toBeLessThanOrEqual(TO - FROM);
        expect(first.autoDisables).toBeLessThanOrEqual(calls.length);
        expect(replay(calls, { circuitFailureThreshold: threshold })).toEqual(first);
      }),
      { numRuns: 100 },
    );
  });

  it("pauses every few hundred steps", () => {
    const run = dryRun(every(MINUTE_MS, times(1000, "ok")), {
      thresholds: THRESHOLDS,
      from: FROM,
      to: TO,
      pool: ROOM,
      probeIntervalsMs: LADDER_MS,
    });
    let pauses = 0;
    while (!run.next().done) pauses++;
    expect(pauses).toBe(8);
  });
});
