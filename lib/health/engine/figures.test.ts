import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countCall, newFigures } from "./figures";
import { buildCall } from "./testing/provider-sim";

describe("lifetime figures", () => {
  it("average over all searches, failed ones included", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 60_000 }), fc.boolean()), { minLength: 1 }),
        (searches) => {
          let figures = newFigures();
          for (const [durationMs, good] of searches) {
            figures = countCall(figures, buildCall({ durationMs, class: good ? "ok" : "timeout" }));
          }
          const sum = searches.reduce((total, [durationMs]) => total + durationMs, 0);
          expect(figures.totalSearches).toBe(searches.length);
          expect(figures.avgResponseTimeMs).toBeCloseTo(sum / searches.length, 4);
          expect(figures.lastResponseTimeMs).toBe(searches.at(-1)?.[0]);
          expect(figures.successfulSearches + figures.failedSearches).toBe(searches.length);
        },
      ),
    );
  });

  it("know nothing before the first search", () => {
    expect(newFigures()).toMatchObject({ avgResponseTimeMs: null, lastResponseTimeMs: null, lastSuccessAt: null });
  });

  it.each(["details", "cover", "download"] as const)("count %s as a download", (operation) => {
    const good = countCall(newFigures(), buildCall({ operation, source: "detail" }));
    const bad = countCall(good, buildCall({ operation, source: "detail", class: "timeout" }));
    expect(bad).toMatchObject({ successfulDownloads: 1, failedDownloads: 1, totalSearches: 0, totalChecks: 0 });
  });

  it.each([
    ["check", "check"],
    ["probe", "canary"],
    ["probe", "search"],
    ["manual", "check"],
  ] as const)("count a %s by %s as a check and not as a search", (source, operation) => {
    const figures = countCall(newFigures(), buildCall({ source, operation }));
    expect(figures).toMatchObject({ totalChecks: 1, successfulChecks: 1, totalSearches: 0, avgResponseTimeMs: null });
  });

  it.each(["client", "cancelled", "self_offline", "tainted", "internal", "dependency"] as const)(
    "leave %s out",
    (outcome) => {
      expect(countCall(newFigures(), buildCall({ class: outcome }))).toEqual(newFigures());
    },
  );

  it("sum the relevance of searches that had hits", () => {
    const one = countCall(newFigures(), buildCall({ relevance: 0.8 }));
    const two = countCall(one, buildCall({ class: "ok_empty", relevance: null }));
    expect(two).toMatchObject({ scoreSum: 0.8, scoreCount: 1 });
  });
});
