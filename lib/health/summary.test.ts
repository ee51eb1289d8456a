import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PROVIDER_STATES } from "./health-view";
import { GROUPS, toCircuitCounts, toOverallStatus, toSummary } from "./summary";

describe("the summary", () => {
  it("puts each state into its group", () => {
    const groups = PROVIDER_STATES.map((state) => [state, GROUPS.find((group) => toSummary([state])[group] === 1)]);
    expect(Object.fromEntries(groups)).toEqual({
      DISABLED: "disabled",
      MISCONFIGURED: "unhealthy",
      AUTO_DISABLED: "unhealthy",
      RATE_LIMITED: "degraded",
      TESTING: "unknown",
      DOWN: "unhealthy",
      DEGRADED: "degraded",
      ACTIVE: "healthy",
      UNKNOWN: "unknown",
    });
  });

  it("adds up", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PROVIDER_STATES)), (states) => {
        const summary = toSummary(states);
        expect(GROUPS.reduce((sum, group) => sum + summary[group], 0)).toBe(summary.total);
        expect(summary.total).toBe(states.length);
      }),
    );
  });

  it.each([
    [[], true, "unknown"],
    [["UNKNOWN", "DISABLED"], true, "unknown"],
    [["ACTIVE", "UNKNOWN", "DISABLED"], true, "healthy"],
    [["ACTIVE", "RATE_LIMITED"], true, "degraded"],
    [["ACTIVE", "DOWN"], true, "degraded"],
    [["DOWN", "UNKNOWN"], true, "unhealthy"],
    [["ACTIVE"], false, "degraded"],
  ] as const)("says of %j, online %j: %s", (states, online, status) => {
    expect(toOverallStatus(toSummary(states), online)).toBe(status);
  });

  it("counts circuits", () => {
    expect(toCircuitCounts(["OPEN", "CLOSED", "OPEN"])).toEqual({ closed: 1, open: 2, half_open: 0 });
  });
});
