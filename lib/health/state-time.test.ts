import { describe, expect, it } from "vitest";
import { firstDifference, stateTimeBetween } from "./state-time";

const MARKS = [
  { at: 100, kind: "unknown" },
  { at: 200, kind: "up" },
  { at: 500, kind: "down" },
  { at: 600, kind: "up" },
] as const;

describe("time per state", () => {
  it("is what lies between two instants; before the first mark nothing is known", () => {
    expect(stateTimeBetween({ marks: MARKS, degraded: [] }, 0, 1000)).toEqual({
      upMs: 700,
      degradedMs: 0,
      downMs: 100,
    });
    expect(stateTimeBetween({ marks: MARKS, degraded: [] }, 550, 650)).toEqual({ upMs: 50, degradedMs: 0, downMs: 50 });
    expect(stateTimeBetween({ marks: [], degraded: [] }, 0, 1000)).toEqual({ upMs: 0, degradedMs: 0, downMs: 0 });
  });

  it("is degraded only while it was up, also while that still goes on", () => {
    const degraded = [
      { from: 450, to: 650 },
      { from: 900, to: null },
    ];
    expect(stateTimeBetween({ marks: MARKS, degraded }, 0, 1000)).toEqual({ upMs: 500, degradedMs: 200, downMs: 100 });
  });
});

describe("two timelines", () => {
  it("differ from the first instant that only one of them tells so", () => {
    expect(firstDifference(MARKS, MARKS)).toBeNull();
    expect(firstDifference(MARKS, [...MARKS])).toBeNull();
    expect(firstDifference(MARKS, [...MARKS, { at: 700, kind: "down" }])).toBe(700);
    expect(firstDifference(MARKS, [...MARKS.slice(0, 3), { at: 550, kind: "up" }])).toBe(550);
    expect(firstDifference(MARKS, MARKS.slice(0, 2))).toBe(500);
  });

  it("do not differ by what the later one has forgotten", () => {
    expect(firstDifference(MARKS, MARKS.slice(1))).toBeNull();
  });
});
