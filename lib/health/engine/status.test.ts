import { describe, expect, it } from "vitest";
import { PROVIDER_STATES } from "@/lib/health/health-view";
import { settingsChanged, switchByHand } from "./by-hand";
import { toStatus } from "./status";
import { contextOf, createSim, enable, finish, finishTimes, passTime } from "./testing/provider-sim";

describe("the state", () => {
  it("is UNKNOWN until the first success, also after one or two failures", () => {
    const sim = createSim();
    finishTimes(sim, 2, "timeout");
    expect(sim.state.shown.state).toBe("UNKNOWN");
    finishTimes(sim, 1, "ok");
    expect(sim.state.shown.state).toBe("ACTIVE");
  });

  it("is DOWN at the third failure in a row, since the first, and not after one success", () => {
    const sim = createSim();
    finishTimes(sim, 1, "ok");
    finishTimes(sim, 3, "http_5xx");
    expect(sim.state.shown).toEqual({ state: "DOWN", since: sim.state.streak.firstAt });
    expect(sim.decisions.at(-1)).toMatchObject({ from: "ACTIVE", to: "DOWN", rule: "down.consecutive_failures" });
    expect(sim.state.circuit.state).toBe("CLOSED");
    finishTimes(sim, 1, "ok");
    expect(toStatus(sim.state.shown.state)).toBe("ACTIVE");
  });

  it("is DEGRADED when half of at least five samples in five minutes failed, and not below five", () => {
    const sim = createSim();
    finishTimes(sim, 2, "ok");
    finishTimes(sim, 2, "http_5xx");
    expect(sim.state.shown.state).toBe("ACTIVE");
    finishTimes(sim, 1, "ok");
    finishTimes(sim, 1, "http_5xx");
    expect(sim.state.shown.state).toBe("DEGRADED");
    passTime(sim, 5 * 60_000);
    expect(sim.state.shown.state).toBe("ACTIVE");
  });

  it("is DEGRADED when the 95th percentile is above two seconds", () => {
    const sim = createSim();
    finishTimes(sim, 5, "ok", { durationMs: 2600 });
    expect(sim.decisions.at(-1)).toMatchObject({ to: "DEGRADED", rule: "degraded.latency" });
  });

  it("shows the highest that applies", () => {
    const sim = createSim();
    finishTimes(sim, 3, "timeout");
    finish(sim, "throttled", { retryAt: sim.now + 60_000 });
    expect(sim.state.shown.state).toBe("RATE_LIMITED");
    finishTimes(sim, 2, "auth");
    expect(sim.state.shown.state).toBe("MISCONFIGURED");
    sim.context = { enabled: false };
    passTime(sim, 0);
    expect(sim.state.shown.state).toBe("DISABLED");
  });

  it("is UNKNOWN when it is put back in use, whatever the windows remember", () => {
    const sim = createSim();
    finishTimes(sim, 10, "http_5xx");
    enable(sim);
    expect(sim.state.shown.state).toBe("UNKNOWN");
  });

  it("is nobody's fault when a user's query is bad or a call is aborted", () => {
    const sim = createSim();
    finishTimes(sim, 20, "client");
    finishTimes(sim, 20, "cancelled");
    expect(sim.state.shown.state).toBe("UNKNOWN");
    expect(sim.state.figures.totalSearches).toBe(0);
  });

  it("maps every state to one of the four statuses", () => {
    expect(Object.fromEntries(PROVIDER_STATES.map((state) => [state, toStatus(state)]))).toEqual({
      DISABLED: "UNKNOWN",
      MISCONFIGURED: "DOWN",
      AUTO_DISABLED: "DOWN",
      RATE_LIMITED: "ACTIVE",
      TESTING: "TESTING",
      DOWN: "DOWN",
      DEGRADED: "ACTIVE",
      ACTIVE: "ACTIVE",
      UNKNOWN: "UNKNOWN",
    });
  });
});

describe("settings", () => {
  it("that changed lift an auth hold and try a resting circuit again", () => {
    const sim = createSim();
    finishTimes(sim, 5, "timeout");
    finishTimes(sim, 2, "auth");
    const step = settingsChanged(sim.state, sim.windows, contextOf(sim), "admin@example.org");
    expect(step.state.hold).toBeNull();
    expect(step.state.circuit.state).toBe("HALF_OPEN");
    expect(step.decisions.map((decision) => decision.rule)).toContain("circuit.settings_changed");
  });

  it("that changed do not lift a rate limit", () => {
    const sim = createSim();
    finish(sim, "throttled", { retryAt: sim.now + 60_000 });
    expect(settingsChanged(sim.state, sim.windows, contextOf(sim), null).state.hold?.kind).toBe("throttled");
  });

  it("that switch it off and on again ask for new proof", () => {
    const sim = createSim();
    finishTimes(sim, 3, "ok");
    const off = switchByHand(sim.state, sim.windows, { ...contextOf(sim), enabled: false }, "admin@example.org");
    expect(off.decisions).toMatchObject([{ to: "DISABLED", rule: "admin.disabled", actor: "admin@example.org" }]);
    const on = switchByHand(off.state, sim.windows, contextOf(sim), null);
    expect(on.state.shown.state).toBe("UNKNOWN");
  });
});
