import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSuccess, OUTCOME_CLASSES } from "@/lib/providers/outcome";
import { packCounts, unpackCounts } from "./packed-counts";
import {
  addToRollup,
  bucketOf,
  classCounts,
  mergeRollup,
  newRollup,
  packRollup,
  relabelInRollup,
  rollupQuantiles,
  unpackRollup,
} from "./rollup";
import { noStateTime } from "./state-time";

const sample = fc.record({
  class: fc.constantFrom(...OUTCOME_CLASSES),
  durationMs: fc.integer({ min: 0, max: 120_000 }),
});
const AT = { providerId: "kitsu", step: "minute", bucket: 0 } as const;

function rollUp(samples: readonly Parameters<typeof addToRollup>[1][]) {
  const rollup = newRollup();
  for (const one of samples) addToRollup(rollup, one);
  return rollup;
}

describe("a roll-up", () => {
  it("of parts is the roll-up of the whole, in any order", () => {
    fc.assert(
      fc.property(fc.array(sample), fc.array(sample), (some, others) => {
        const merged = rollUp(some);
        mergeRollup(merged, rollUp(others));
        const whole = rollUp([...others, ...some]);
        expect(packRollup(merged, AT, noStateTime())).toEqual(packRollup(whole, AT, noStateTime()));
      }),
    );
  });

  it("is the same after it has been stored", () => {
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        const stored = packRollup(rollUp(samples), AT, noStateTime());
        expect(packRollup(unpackRollup(stored), AT, noStateTime())).toEqual(stored);
      }),
    );
  });

  it("counts each sample once, and as success or failure only what was the provider's", () => {
    const rollup = rollUp([
      { class: "ok", durationMs: 100 },
      { class: "ok_empty", durationMs: 300 },
      { class: "throttled", durationMs: 50 },
      { class: "timeout", durationMs: 10_000 },
      { class: "cancelled", durationMs: 7 },
      { class: "self_offline", durationMs: 9 },
    ]);
    expect(rollup).toMatchObject({ samples: 6, successCount: 2, failureCount: 2, durationSum: 10_450 });
    expect(rollup).toMatchObject({ minMs: 100, maxMs: 300 });
    expect(classCounts(rollup)).toEqual({
      ok: 1,
      ok_empty: 1,
      throttled: 1,
      timeout: 1,
      cancelled: 1,
      self_offline: 1,
    });
  });

  it("follows a relabelling as if the sample had always been of the other class", () => {
    fc.assert(
      fc.property(fc.array(sample), fc.nat(), (samples, at) => {
        const failures = samples.filter((one) => !isSuccess(one.class));
        const chosen = failures[at % Math.max(1, failures.length)];
        if (!chosen) return;
        const rollup = rollUp(samples);
        relabelInRollup(rollup, chosen, "self_offline");
        const others = samples.filter((one) => one !== chosen);
        const whole = rollUp([...others, { ...chosen, class: "self_offline" }]);
        expect(packRollup(rollup, AT, noStateTime())).toEqual(packRollup(whole, AT, noStateTime()));
      }),
    );
  });

  it("knows quantiles of the successes within 2 %", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 110_000 }), { minLength: 1, maxLength: 300 }), (durations) => {
        const rollup = rollUp(durations.map((durationMs) => ({ class: "ok", durationMs })));
        const sorted = [...durations].sort((a, b) => a - b);
        const wanted = [0.5, 0.95, 0.99];
        rollupQuantiles(rollup, wanted).forEach((found, index) => {
          const exact = sorted[Math.ceil((wanted[index] ?? 1) * sorted.length) - 1] ?? 0;
          expect(Math.abs((found ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.02);
        });
      }),
    );
  });

  it("without a success has no quantiles", () => {
    expect(rollupQuantiles(rollUp([{ class: "timeout", durationMs: 5 }]), [0.5])).toEqual([null]);
  });
});

describe("buckets", () => {
  it("begin on the minute, the hour and the day of UTC", () => {
    const at = Date.UTC(2026, 10, 22, 13, 14, 15, 16);
    expect(bucketOf(at, "minute")).toBe(Date.UTC(2026, 10, 22, 13, 14));
    expect(bucketOf(at, "hour")).toBe(Date.UTC(2026, 10, 22, 13));
    expect(bucketOf(at, "day")).toBe(Date.UTC(2026, 10, 22));
  });
});

describe("packed counts", () => {
  it("come back as they were, without zeros", () => {
    const entries = fc.array(fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 2 ** 40 })));
    fc.assert(
      fc.property(entries, (given) => {
        const counts = new Map(given);
        const kept = [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
        expect([...unpackCounts(packCounts(counts))]).toEqual(kept);
      }),
    );
  });

  it("take two or three bytes each", () => {
    expect(
      packCounts(
        new Map([
          [0, 3],
          [250, 1],
          [251, 127],
        ]),
      ),
    ).toHaveLength(2 + 3 + 2);
  });
});
