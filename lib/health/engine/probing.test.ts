import { describe, expect, it } from "vitest";
import { createSim, finish, finishTimes, passTime } from "./testing/provider-sim";

describe("the probe ladder", () => {
  it("probes after 30, 30, 60, 60, 120 and then every 240 s", () => {
    const sim = createSim();
    finishTimes(sim, 1, "http_5xx");
    const gaps: number[] = [];
    for (let index = 0; index < 8; index++) {
      const dueAt = sim.state.probe.dueAt ?? 0;
      gaps.push((dueAt - sim.now) / 1000);
      passTime(sim, dueAt - sim.now);
      finish(sim, "http_5xx", { source: "probe", operation: "canary" });
    }
    expect(gaps).toEqual([30, 30, 60, 60, 120, 240, 240, 240]);
  });

  it("probes every five seconds after a good one until three were good", () => {
    const sim = createSim();
    finishTimes(sim, 5, "http_5xx");
    finish(sim, "ok", { source: "probe", operation: "canary" });
    expect(sim.state.probe.dueAt).toBe(sim.now + 5000);
    finishTimes(sim, 1, "ok", { source: "probe", operation: "canary" });
    expect(sim.state.probe.dueAt).toBe(sim.now + 5000);
    finishTimes(sim, 1, "ok", { source: "probe", operation: "canary" });
    expect(sim.state.probe.dueAt).toBeNull();
  });

  it.each(["search", "manual"] as const)("is not moved by failures of source %s", (source) => {
    const sim = createSim();
    finishTimes(sim, 1, "http_5xx");
    const { probe } = sim.state;
    finishTimes(sim, 3, "http_5xx", { source });
    expect(sim.state.probe).toMatchObject({ dueAt: probe.dueAt, failures: probe.failures });
  });

  it("never stays in the past after a probe that proved nothing", () => {
    const sim = createSim();
    finishTimes(sim, 1, "http_5xx");
    passTime(sim, 30_000);
    finish(sim, "tainted", { source: "probe", operation: "check" });
    expect(sim.state.probe.dueAt).toBeGreaterThan(sim.now);
  });

  it("asks by a plain search after a canary whose known answer was not there", () => {
    const sim = createSim();
    finishTimes(sim, 5, "http_5xx");
    finish(sim, "contract", { source: "probe", operation: "canary" });
    expect(sim.state.probe.canaryDoubted).toBe(true);
    finish(sim, "http_5xx", { source: "probe", operation: "search" });
    expect(sim.state.probe.canaryDoubted).toBe(true);
  });
});
