import { describe, expect, it } from "vitest";
import type { ProviderState } from "@/lib/health/health-view";
import { explainState } from "./explain";
import { nextStep } from "./next-step";
import { createSim, finish, finishTimes, type ProviderSim, THRESHOLDS } from "./testing/provider-sim";
import { fiveMinutes } from "./window";

const NOON = Date.UTC(2026, 10, 22, 12, 0, 0);

function whyOf(sim: ProviderSim, timeZone = "UTC", state: ProviderState = sim.state.shown.state): string | null {
  return explainState({
    name: "Kitsu",
    state,
    engine: sim.state,
    thresholds: THRESHOLDS,
    message: null,
    m5: fiveMinutes(sim.windows, sim.now),
    next: nextStep(sim.state),
    timeZone,
    now: sim.now,
  });
}

describe("why", () => {
  it("has nothing to say while all is well", () => {
    const sim = createSim({}, NOON);
    finish(sim, "ok");
    expect(whyOf(sim)).toBeNull();
  });

  it("says what happened, until when and what comes next", () => {
    const sim = createSim({}, NOON);
    finishTimes(sim, 5, "timeout", { durationMs: 10_000 });
    expect(whyOf(sim)?.replaceAll("\u202f", " ")).toBe(
      "Kitsu is resting until 12:00 UTC: 5 failures in a row, the last a timeout after 10 s. Next probe at 12:00 UTC; three good ones bring it back.",
    );
  });

  it("speaks in the reader's time zone", () => {
    const sim = createSim({}, NOON);
    finish(sim, "throttled", { retryAt: NOON + 9 * 60_000 });
    expect(whyOf(sim, "Asia/Tokyo")).toBe("Kitsu asked for quiet until 21:09; then it goes on by itself.");
  });

  it("tells what a person must do about refused credentials", () => {
    const sim = createSim({}, NOON);
    finishTimes(sim, 2, "auth");
    expect(whyOf(sim)).toContain("Nothing is sent until its settings change or a test passes");
  });

  it("tells a slow provider from a failing one", () => {
    const slow = createSim({}, NOON);
    finishTimes(slow, 6, "ok", { durationMs: 3000 });
    expect(whyOf(slow)).toContain("is slow");
    const failing = createSim({}, NOON);
    for (let index = 0; index < 3; index++) {
      finishTimes(failing, 1, "ok");
      finishTimes(failing, 1, "http_5xx");
    }
    expect(whyOf(failing)).toBe("3 of the last 6 calls to Kitsu failed (5 min).");
  });
});
