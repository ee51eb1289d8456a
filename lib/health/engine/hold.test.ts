import { describe, expect, it } from "vitest";
import { ask, createSim, finish, finishTimes, passTime } from "./testing/provider-sim";

describe("throttling", () => {
  it("holds to the very instant that was asked for and goes on by itself", () => {
    const sim = createSim();
    finish(sim, "ok");
    const retryAt = sim.now + 120_000;
    finish(sim, "throttled", { retryAt });
    expect(sim.state.shown.state).toBe("RATE_LIMITED");
    expect(ask(sim)).toMatchObject({ allowed: false, gate: "hold", until: retryAt });
    expect(ask(sim, "check")).toMatchObject({ allowed: false });
    passTime(sim, 119_999);
    expect(ask(sim)).toMatchObject({ allowed: false });
    passTime(sim, 1);
    expect(ask(sim)).toMatchObject({ allowed: true });
    expect(sim.state.shown.state).toBe("ACTIVE");
    expect(sim.state.circuit.state).toBe("CLOSED");
  });

  it("believes no hint beyond a day", () => {
    const sim = createSim();
    finish(sim, "quota", { retryAt: sim.now + 48 * 3_600_000 });
    expect(sim.state.hold?.until).toBe(sim.now + 24 * 3_600_000);
  });

  it("waits 60 s without a hint and twice as long each time, up to an hour", () => {
    const sim = createSim();
    const lengths: number[] = [];
    for (let index = 0; index < 8; index++) {
      finish(sim, "throttled");
      lengths.push(((sim.state.hold?.until ?? 0) - sim.now) / 60_000);
      passTime(sim, (sim.state.hold?.until ?? 0) - sim.now + 1000);
    }
    expect(lengths).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    finish(sim, "ok");
    finish(sim, "throttled");
    expect((sim.state.hold?.until ?? 0) - sim.now).toBe(60_000);
  });

  it("takes one step for calls that were refused together", () => {
    const sim = createSim();
    for (let index = 0; index < 10; index++) finish(sim, "throttled", { startedAt: sim.now - 50 });
    expect((sim.state.hold?.until ?? 0) - sim.now).toBe(60_000);
  });

  it("keeps the later of two instants asked for", () => {
    const sim = createSim();
    finish(sim, "throttled", { retryAt: sim.now + 90_000 });
    finish(sim, "throttled", { retryAt: sim.now + 10_000 });
    expect(sim.state.hold?.until).toBe(sim.now + 90_000);
  });
});

describe("credentials", () => {
  it.each(["auth", "config"] as const)("%s twice in a row holds until a test passes", (outcome) => {
    const sim = createSim();
    finishTimes(sim, 1, outcome);
    expect(sim.state.hold).toBeNull();
    finishTimes(sim, 1, outcome);
    expect(sim.state.hold).toMatchObject({ kind: outcome, until: null, recheckAt: sim.now + 12 * 3_600_000 });
    expect(sim.state.shown.state).toBe("MISCONFIGURED");
    expect(ask(sim)).toMatchObject({ allowed: false, gate: "config" });
    expect(ask(sim, "probe")).toMatchObject({ allowed: false });
    expect(ask(sim, "manual")).toMatchObject({ allowed: true });
    sim.now += 1000;
    finish(sim, "ok", { source: "manual", operation: "check" });
    expect(sim.state.hold).toBeNull();
    expect(sim.state.shown.state).toBe("ACTIVE");
  });

  it("lets one check through every twelve hours", () => {
    const sim = createSim();
    finishTimes(sim, 2, "auth");
    passTime(sim, 12 * 3_600_000);
    expect(ask(sim, "check")).toMatchObject({ allowed: true });
    expect(ask(sim, "check")).toMatchObject({ allowed: false });
  });

  it("is not lifted by an answer to a call from before", () => {
    const sim = createSim();
    const startedAt = sim.now;
    finishTimes(sim, 2, "auth");
    finish(sim, "ok", { startedAt });
    expect(sim.state.hold).not.toBeNull();
  });

  it("needs the two in a row", () => {
    const sim = createSim();
    finishTimes(sim, 1, "auth");
    finishTimes(sim, 1, "ok");
    finishTimes(sim, 1, "auth");
    expect(sim.state.hold).toBeNull();
  });
});
