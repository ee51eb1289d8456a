import { describe, expect, it } from "vitest";
import { undoFailures } from "./own-outage";
import { contextOf, createSim, finish, finishTimes, type ProviderSim, passTime } from "./testing/provider-sim";
import { uptimeShares } from "./uptime";
import { windowStats } from "./window";

const MINUTE_MS = 60_000;

function wellSim(): ProviderSim {
  const sim = createSim();
  finish(sim, "ok");
  passTime(sim, 10 * MINUTE_MS);
  return sim;
}

function undo(sim: ProviderSim, before: ProviderSim["state"], countedAt: number) {
  const step = undoFailures(sim.state, sim.windows, { before, countedAt, since: countedAt }, contextOf(sim));
  sim.state = step.state;
  return step.decisions;
}

describe("failures that were our own", () => {
  it("leave no trace in streak, circuit, figures, windows and uptime", () => {
    const sim = wellSim();
    const before = sim.state;
    const countedAt = sim.now + 1000;
    finishTimes(sim, 5, "dns");
    expect(sim.state.circuit.state).toBe("OPEN");
    const decisions = undo(sim, before, countedAt);
    expect(sim.state).toMatchObject({
      streak: { count: 0 },
      circuit: { state: "CLOSED", openings: 0 },
      shown: before.shown,
      figures: before.figures,
      probe: before.probe,
      lastError: null,
    });
    expect(windowStats(sim.windows, sim.now).m1).toMatchObject({ errorRate: null, classes: { self_offline: 5 } });
    expect(decisions.map(({ rule, from, to }) => [rule, from, to])).toEqual([
      ["circuit.self_offline", "OPEN", "CLOSED"],
      ["self_offline", "DOWN", "ACTIVE"],
    ]);
    passTime(sim, 60 * MINUTE_MS);
    expect(uptimeShares(sim.state.uptime, sim.now).h24).toMatchObject({ ratio: 1 });
    expect(sim.state.uptime.at(-1)).toEqual({ at: countedAt, kind: "unknown" });
  });

  it("that were on their way under the generation since then do not count either", () => {
    const sim = wellSim();
    const before = sim.state;
    finishTimes(sim, 5, "dns");
    const { generation } = sim.state.circuit;
    undo(sim, before, sim.now - 4000);
    expect(sim.state.circuit.generation).toBeGreaterThan(generation);
    finish(sim, "dns", { generation });
    expect(sim.state.streak.count).toBe(0);
  });

  it("leave what was wrong before as it was", () => {
    const sim = wellSim();
    finishTimes(sim, 5, "http_5xx");
    const before = sim.state;
    finish(sim, "dns", { source: "probe", operation: "canary" });
    expect(sim.state.streak.count).toBe(6);
    expect(undo(sim, before, sim.now)).toEqual([]);
    expect(sim.state).toMatchObject({ streak: { count: 5 }, circuit: { state: "OPEN" }, shown: { state: "DOWN" } });
  });

  it("keep what was counted beside them", () => {
    const sim = wellSim();
    const before = sim.state;
    finish(sim, "dns");
    sim.state = { ...sim.state, figures: { ...sim.state.figures, cacheHits: 7 } };
    undo(sim, before, sim.now);
    expect(sim.state.figures).toMatchObject({ cacheHits: 7, failedSearches: 0, totalSearches: 1 });
  });
});
