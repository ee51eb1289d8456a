import { describe, expect, it } from "vitest";
import { createSim, finish, finishTimes, passTime } from "./testing/provider-sim";
import type { UptimeMark } from "./types";
import { markUptime, unwellSince, upSince, uptimeShares } from "./uptime";

const HOUR_MS = 3_600_000;

describe("uptime", () => {
  it("is unknown without data, never 100 %", () => {
    expect(uptimeShares([], 10 * HOUR_MS).h24).toEqual({ ratio: null, coverage: 0 });
  });

  it("weighs by time and leaves unknown time out", () => {
    const now = 100 * HOUR_MS;
    const marks: UptimeMark[] = [
      { at: now - 12 * HOUR_MS, kind: "up" },
      { at: now - 6 * HOUR_MS, kind: "down" },
      { at: now - 3 * HOUR_MS, kind: "unknown" },
    ];
    expect(uptimeShares(marks, now).h24).toEqual({ ratio: 6 / 9, coverage: 9 / 24 });
  });

  it("dates DOWN back to the first failure and up from the first success", () => {
    const sim = createSim();
    finish(sim, "ok");
    passTime(sim, HOUR_MS);
    const firstFailure = sim.now;
    finish(sim, "http_5xx", { startedAt: sim.now });
    passTime(sim, 60_000);
    finishTimes(sim, 2, "http_5xx");
    expect(sim.state.uptime.at(-1)).toEqual({ at: firstFailure, kind: "down" });
    passTime(sim, 60_000);
    finish(sim, "ok", { startedAt: sim.now });
    expect(upSince(sim.state.uptime)).toBe(sim.now);
  });

  it("never rewrites what was before the last change", () => {
    const marks = markUptime(markUptime([], 1000, "up"), 2000, "down");
    expect(markUptime(marks, 500, "up")).toEqual([{ at: 1000, kind: "up" }]);
  });

  it("keeps no more than it needs for thirty days", () => {
    let marks: readonly UptimeMark[] = [];
    for (let hour = 0; hour < 5000; hour++) marks = markUptime(marks, hour * HOUR_MS, hour % 2 === 0 ? "up" : "down");
    expect(marks.length).toBeLessThanOrEqual(400);
    expect(uptimeShares(marks, 5000 * HOUR_MS).h24.ratio).toBeCloseTo(0.5);
  });
});

describe("since when it has not been well", () => {
  const marks = (...kinds: UptimeMark["kind"][]): UptimeMark[] =>
    kinds.map((kind, hour) => ({ at: hour * HOUR_MS, kind }));

  it("is the first failure after it last was up, over times of which nobody knows", () => {
    expect(unwellSince(marks("up", "down", "unknown", "down"), false)).toBe(HOUR_MS);
    expect(unwellSince(marks("up", "unknown", "down"), false)).toBe(2 * HOUR_MS);
    expect(unwellSince(marks("down", "up", "down"), false)).toBe(2 * HOUR_MS);
  });

  it("is nothing while it is up, and while nothing is known", () => {
    expect(unwellSince(marks("down", "up"), false)).toBeNull();
    expect(unwellSince(marks("up", "unknown"), false)).toBeNull();
    expect(unwellSince([], false)).toBeNull();
  });

  it("counts from its being switched off", () => {
    expect(unwellSince(marks("up", "unknown"), true)).toBe(HOUR_MS);
  });
});
