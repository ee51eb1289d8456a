import { describe, expect, it } from "vitest";
import type { OutcomeClass } from "@/lib/providers/outcome";
import { addToTrend, createTrendSeries, mannKendall, theilSen, trendOf } from "./trend";

const BUCKET_MS = 5 * 60_000;

function seriesOf(buckets: number, sample: (bucket: number) => { durationMs: number; outcome?: OutcomeClass }) {
  const series = createTrendSeries();
  for (let bucket = 0; bucket <= buckets; bucket++) {
    for (let index = 0; index < 5; index++) {
      const { durationMs, outcome = "ok" } = sample(bucket);
      addToTrend(series, bucket * BUCKET_MS + index * 1000, outcome, durationMs);
    }
  }
  return trendOf(series, buckets * BUCKET_MS);
}

describe("the trend", () => {
  it("is unknown below ten buckets", () => {
    expect(seriesOf(9, () => ({ durationMs: 100 }))).toEqual({ latency: "unknown", errors: "unknown" });
  });

  it("is stable when nothing changes", () => {
    expect(seriesOf(30, () => ({ durationMs: 300 }))).toEqual({ latency: "stable", errors: "stable" });
  });

  it("is degrading when latency doubles, improving when it halves", () => {
    expect(seriesOf(30, (bucket) => ({ durationMs: 400 + 15 * bucket })).latency).toBe("degrading");
    expect(seriesOf(30, (bucket) => ({ durationMs: 850 - 15 * bucket })).latency).toBe("improving");
  });

  it("does not care for a change below 100 ms", () => {
    expect(seriesOf(30, (bucket) => ({ durationMs: 50 + 2 * bucket })).latency).toBe("stable");
  });

  it("sees errors rise", () => {
    let turn = 0;
    const errors = seriesOf(30, (bucket) => ({
      durationMs: 100,
      outcome: turn++ % 30 < bucket ? "http_5xx" : "ok",
    }));
    expect(errors.errors).toBe("degrading");
  });
});

describe("the statistics", () => {
  it("give the published value for a strictly rising series of ten", () => {
    const points = Array.from({ length: 10 }, (_, x) => ({ x, y: x * 2 }));
    expect(mannKendall(points)).toBeCloseTo((45 - 1) / Math.sqrt((10 * 9 * 25) / 18), 10);
    expect(theilSen(points)).toBe(2);
  });

  it("find nothing in a constant series", () => {
    expect(mannKendall(Array.from({ length: 12 }, (_, x) => ({ x, y: 1 })))).toBe(0);
  });
});
