import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OutcomeClass } from "@/lib/providers/outcome";
import { CHART_RANGES, chartPlan, chartStart, toChartPoints } from "./chart-points";
import { addToRollup, newRollup, packRollup, type RollupStep, STEP_MS, type StoredRollup } from "./rollup";
import { noStateTime, type StateTime } from "./state-time";

const NOW = Date.UTC(2026, 10, 22, 13, 34, 30);

interface Given {
  at: number;
  step?: RollupStep;
  samples?: readonly (readonly [OutcomeClass, number])[];
  time?: Partial<StateTime>;
}

function buildRow({ at, step = "minute", samples = [], time }: Given): StoredRollup {
  const rollup = newRollup();
  for (const [outcome, durationMs] of samples) addToRollup(rollup, { class: outcome, durationMs });
  const bucket = Math.floor(at / STEP_MS[step]) * STEP_MS[step];
  return packRollup(rollup, { providerId: "kitsu", step, bucket }, { ...noStateTime(), ...time });
}

const pointAt = (rows: readonly StoredRollup[], at: number) =>
  toChartPoints(rows, "24h", NOW).find((point) => point.at <= at && at < point.at + 10 * STEP_MS.minute);

describe("the plan of a range", () => {
  it.each([
    ["1h", "minute", 60],
    ["24h", "minute", 144],
    ["7d", "hour", 168],
    ["30d", "hour", 120],
    ["90d", "day", 90],
  ] as const)("reads %s from the roll-ups by %s as %d points", (range, step, count) => {
    expect(chartPlan(range).step).toBe(step);
    expect(toChartPoints([], range, NOW)).toHaveLength(count);
  });

  it("ends with the open bucket, whatever the time", () => {
    fc.assert(
      fc.property(fc.constantFrom(...CHART_RANGES), fc.integer({ min: 1e12, max: 3e12 }), (range, now) => {
        const { pointMs, spanMs } = chartPlan(range);
        const points = toChartPoints([], range, now);
        const last = points.at(-1)?.at ?? 0;
        expect(last).toBeLessThanOrEqual(now);
        expect(last + pointMs).toBeGreaterThan(now);
        expect(points[0]?.at).toBe(chartStart(range, now));
        expect(points.length * pointMs).toBe(spanMs);
      }),
    );
  });
});

describe("toChartPoints", () => {
  it("leaves a gap where nothing is known, and no zero", () => {
    const [first] = toChartPoints([], "1h", NOW);
    expect(first).toMatchObject({
      samples: 0,
      p50Ms: null,
      p99Ms: null,
      perMinute: null,
      failures: null,
      uptime: null,
    });
  });

  it("says nothing failed where it was watched and nobody called", () => {
    const point = pointAt([buildRow({ at: NOW - STEP_MS.hour, time: { upMs: 60_000 } })], NOW - STEP_MS.hour);
    expect(point).toMatchObject({ samples: 0, p95Ms: null, perMinute: 0, failures: {}, uptime: 1 });
  });

  it("merges minutes into one point, exactly", () => {
    const at = Date.UTC(2026, 10, 22, 12, 10);
    const rows = [
      buildRow({ at, samples: [["ok", 100]], time: { upMs: 60_000 } }),
      buildRow({
        at: at + STEP_MS.minute,
        samples: [
          ["ok", 300],
          ["timeout", 10_000],
        ],
        time: { downMs: 20_000 },
      }),
    ];
    expect(pointAt(rows, at)).toMatchObject({
      at,
      samples: 3,
      p50Ms: 100,
      p99Ms: 300,
      perMinute: 0.3,
      failures: { timeout: 1 },
      uptime: 0.75,
    });
  });

  it("counts degraded time as up", () => {
    const at = Date.UTC(2026, 10, 22, 12, 10);
    expect(pointAt([buildRow({ at, time: { upMs: 10_000, degradedMs: 20_000, downMs: 30_000 } })], at)?.uptime).toBe(
      0.5,
    );
  });

  it("leaves out what counts nowhere", () => {
    const at = Date.UTC(2026, 10, 22, 12, 10);
    const point = pointAt(
      [
        buildRow({
          at,
          samples: [
            ["client", 10],
            ["cancelled", 10],
            ["http_5xx", 10],
          ],
        }),
      ],
      at,
    );
    expect(point).toMatchObject({ samples: 1, failures: { http_5xx: 1 } });
  });

  it("tells the rate of the open bucket by the part that has passed", () => {
    const samples = Array.from({ length: 9 }, () => ["ok", 100] as const);
    // The bucket began at 13:30, four and a half minutes ago.
    expect(pointAt([buildRow({ at: NOW - STEP_MS.minute, samples })], NOW)?.perMinute).toBe(2);
  });
});
