import fc from "fast-check";
import { expect, it } from "vitest";
import type { ChartPoint } from "@/lib/health/chart-points";
import { isKnown, toSpans } from "./to-spans";

function buildPoints(known: readonly boolean[]): ChartPoint[] {
  const nothing = { samples: 0, p50Ms: null, p95Ms: null, p99Ms: null, perMinute: null, uptime: null, knownMs: 0 };
  return known.map((watched, index) => ({ at: index * 10, ...nothing, failures: watched ? {} : null }));
}

it("makes one row of each gap and one of each known point, and loses no time", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (known) => {
      const spans = toSpans(buildPoints(known), 10);
      expect(spans.reduce((sum, { lengthMs }) => sum + lengthMs, 0)).toBe(known.length * 10);
      expect(spans.filter(({ point }) => isKnown(point))).toHaveLength(known.filter(Boolean).length);
      spans.forEach((span, index) => {
        const next = spans[index + 1];
        if (next) expect(span.at + span.lengthMs).toBe(next.at);
        if (next && !isKnown(span.point)) expect(isKnown(next.point)).toBe(true);
      });
    }),
  );
});
