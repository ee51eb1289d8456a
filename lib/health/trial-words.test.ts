import { describe, expect, it } from "vitest";
import { trialRows, trialSentence } from "./trial-words";
import type { TriedThresholds } from "./try-thresholds";

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY_MS = 86_400_000;
const counts = { downs: 1, openings: 0, autoDisables: 0, restedMs: 30_000 };
const plain = (text: string) => text.replaceAll("\u202f", " ");

function sentenceOf(given: Partial<TriedThresholds>): string {
  return plain(
    trialSentence({ from: NOW - 7 * DAY_MS, calls: 1204, inForce: counts, proposed: counts, ...given }, NOW),
  );
}

describe("trialSentence", () => {
  it("says each figure with what it is now", () => {
    expect(sentenceOf({ proposed: { downs: 3, openings: 2, autoDisables: 0, restedMs: 840_000 } })).toBe(
      "With these thresholds the last 7 d (1 204 calls) would have had: down 3 times instead of once, resting 2 times instead of never, disabled never as now and not usable for 14 minutes instead of 1 minute.",
    );
  });

  it("says that nothing would have been different", () => {
    expect(sentenceOf({})).toBe(
      "With these thresholds the last 7 d (1 204 calls) would have had the same as with the present ones: down once, resting never, disabled never and not usable for 1 minute.",
    );
  });

  it("says how far back the calls reach", () => {
    expect(sentenceOf({ from: NOW - 3 * DAY_MS })).toContain("the last 3 d (");
  });

  it("says that there was nothing to try them on", () => {
    expect(sentenceOf({ calls: 0 })).toBe("No call of the last 7 d is stored: there is nothing to try them on.");
  });
});

describe("trialRows", () => {
  it("marks what differs", () => {
    const rows = trialRows({ inForce: counts, proposed: { ...counts, openings: 1 } });
    expect(rows.map(({ name, differs }) => [name, differs])).toEqual([
      ["down", false],
      ["resting", true],
      ["disabled", false],
      ["not usable for", false],
    ]);
  });
});
