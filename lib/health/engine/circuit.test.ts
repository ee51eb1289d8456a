import { describe, expect, it } from "vitest";
import { ask, createSim, enable, finish, finishTimes, passTime, THRESHOLDS } from "./testing/provider-sim";

describe("opening", () => {
  it("opens at the fifth countable failure in a row, not at the fourth", () => {
    const sim = createSim();
    finishTimes(sim, 4, "timeout");
    expect(sim.state.circuit.state).toBe("CLOSED");
    finishTimes(sim, 1, "http_5xx");
    expect(sim.state.circuit).toMatchObject({ state: "OPEN", generation: 2, openings: 1, openedBy: "search" });
    expect(sim.state.circuit.until).toBe(sim.now + 30_000);
    expect(sim.decisions.at(-1)).toMatchObject({ from: "CLOSED", to: "OPEN", rule: "circuit.consecutive_failures" });
  });

  it.each([
    "throttled",
    "quota",
    "auth",
    "config",
    "dependency",
    "client",
    "cancelled",
    "self_offline",
    "tainted",
  ] as const)("never opens for %s", (outcome) => {
    const sim = createSim();
    finishTimes(sim, 30, outcome);
    expect(sim.state.circuit.state).toBe("CLOSED");
    expect(sim.state.streak.count).toBe(0);
  });

  it("opens when half of at least ten recent samples failed", () => {
    const sim = createSim();
    for (let index = 0; index < 4; index++) {
      finishTimes(sim, 1, "ok");
      finishTimes(sim, 1, "http_5xx");
    }
    finishTimes(sim, 1, "ok");
    expect(sim.state.circuit.state).toBe("CLOSED");
    finishTimes(sim, 1, "http_5xx");
    expect(sim.state.circuit.state).toBe("OPEN");
    expect(sim.decisions.map((decision) => decision.rule)).toContain("circuit.failure_rate");
  });

  it("does not take samples older than five minutes into the rate", () => {
    const sim = createSim();
    for (let index = 0; index < 60; index++) {
      finish(sim, index % 2 === 0 ? "http_5xx" : "ok");
      passTime(sim, 60_000);
    }
    expect(sim.state.circuit.state).toBe("CLOSED");
  });

  it("takes one step for a burst, however many failures come back at once", () => {
    const sim = createSim();
    for (let index = 0; index < 10; index++) finish(sim, "timeout", { generation: 1 });
    expect(sim.state.circuit).toMatchObject({ state: "OPEN", generation: 2, openings: 1 });
    expect(sim.state.streak.count).toBe(5);
    expect(sim.state.autoDisable.since).toBeNull();
  });
});

describe("resting and coming back", () => {
  function openSim() {
    const sim = createSim();
    finishTimes(sim, 5, "http_5xx");
    return sim;
  }

  it("lets nobody but probes and tests through while OPEN", () => {
    const sim = openSim();
    expect(ask(sim, "search")).toMatchObject({ allowed: false, gate: "circuit", until: sim.state.circuit.until });
    expect(ask(sim, "detail")).toMatchObject({ allowed: false });
    expect(ask(sim, "probe")).toMatchObject({ allowed: true });
    expect(ask(sim, "manual")).toMatchObject({ allowed: true });
  });

  it("lets one of fifty callers through after the rest, and the next when that one is back", () => {
    const sim = openSim();
    passTime(sim, 30_000);
    expect(sim.state.circuit.state).toBe("HALF_OPEN");
    const answers = Array.from({ length: 50 }, () => ask(sim));
    expect(answers.filter((answer) => answer.allowed)).toHaveLength(1);
    finish(sim, "ok");
    expect(ask(sim)).toMatchObject({ allowed: true });
  });

  it("gives a lost trial's place free after its time", () => {
    const sim = openSim();
    passTime(sim, 30_000);
    ask(sim);
    expect(ask(sim)).toMatchObject({ allowed: false });
    passTime(sim, 60_000);
    expect(ask(sim)).toMatchObject({ allowed: true });
  });

  it("closes after three successes and forgets the failures that opened it", () => {
    const sim = openSim();
    passTime(sim, 30_000);
    finishTimes(sim, 2, "ok");
    expect(sim.state.circuit).toMatchObject({ state: "HALF_OPEN", trialSuccesses: 2 });
    finishTimes(sim, 1, "ok_empty");
    expect(sim.state.circuit).toMatchObject({ state: "CLOSED", generation: 3, openings: 0 });
    finishTimes(sim, 1, "http_5xx");
    expect(sim.state.circuit.state).toBe("CLOSED");
  });

  it("rests twice as long after each failed trial, up to five minutes", () => {
    const sim = openSim();
    const rests: number[] = [];
    for (let index = 0; index < 5; index++) {
      passTime(sim, (sim.state.circuit.until ?? 0) - sim.now);
      finish(sim, "timeout");
      rests.push((sim.state.circuit.until ?? 0) - sim.now);
    }
    expect(rests.slice(0, 4)).toEqual([60_000, 120_000, 240_000, 300_000]);
  });

  it("keeps the jitter of a rest within ten percent", () => {
    for (const random of [0, 0.999999]) {
      const sim = createSim({ random: () => random });
      finishTimes(sim, 5, "http_5xx");
      const restMs = (sim.state.circuit.until ?? 0) - sim.now;
      expect(Math.abs(restMs - 30_000)).toBeLessThanOrEqual(3000);
      expect(restMs).not.toBe(30_000);
    }
  });

  it("keeps HALF_OPEN when a trial is throttled, and holds", () => {
    const sim = openSim();
    passTime(sim, 30_000);
    finish(sim, "throttled", { retryAt: sim.now + 5000 });
    expect(sim.state.circuit.state).toBe("HALF_OPEN");
    expect(sim.state.hold).toMatchObject({ kind: "throttled", until: sim.now + 5000 });
  });

  it("counts a good probe during the rest as the first trial", () => {
    const sim = openSim();
    sim.now += 5000;
    finish(sim, "ok", { source: "probe", operation: "canary" });
    expect(sim.state.circuit).toMatchObject({ state: "HALF_OPEN", trialSuccesses: 1 });
  });
});

describe("levels of evidence", () => {
  it("does not let pings close what failing searches opened; a canary does", () => {
    const sim = createSim();
    finishTimes(sim, 5, "contract", { operation: "search" });
    passTime(sim, 30_000);
    finishTimes(sim, 10, "ok", { source: "probe", operation: "check" });
    expect(sim.state.circuit).toMatchObject({ state: "HALF_OPEN", trialSuccesses: 0, requiredLevel: 2 });
    expect(sim.state.streak.count).toBe(5);
    finishTimes(sim, 3, "ok", { source: "probe", operation: "canary" });
    expect(sim.state.circuit.state).toBe("CLOSED");
    expect(sim.state.shown.state).toBe("ACTIVE");
  });

  it("lets pings close what failing pings opened", () => {
    const sim = createSim();
    finishTimes(sim, 5, "timeout", { source: "check", operation: "check" });
    passTime(sim, 30_000);
    finishTimes(sim, 3, "ok", { source: "probe", operation: "check" });
    expect(sim.state.circuit.state).toBe("CLOSED");
  });

  it("lets a ping end a streak of lost connections, also of searches", () => {
    const sim = createSim();
    finishTimes(sim, 3, "network", { operation: "search" });
    expect(sim.state.shown.state).toBe("DOWN");
    finishTimes(sim, 1, "ok", { source: "check", operation: "check" });
    expect(sim.state.streak.count).toBe(0);
  });
});

describe("back in use by hand", () => {
  it("puts the circuit HALF_OPEN and counts nothing that started before", () => {
    const sim = createSim();
    finishTimes(sim, 5, "http_5xx");
    const old = sim.state.circuit.generation;
    const decisions = enable(sim);
    expect(sim.state.circuit.state).toBe("HALF_OPEN");
    expect(decisions[0]).toMatchObject({ rule: "circuit.admin", actor: "admin@example.org" });
    finish(sim, "http_5xx", { generation: old });
    expect(sim.state.circuit.state).toBe("HALF_OPEN");
  });

  it("follows thresholds that were changed meanwhile", () => {
    const sim = createSim();
    finishTimes(sim, 3, "http_5xx");
    sim.context = { thresholds: { ...THRESHOLDS, circuitFailureThreshold: 4 } };
    finishTimes(sim, 1, "http_5xx");
    expect(sim.state.circuit.state).toBe("OPEN");
  });
});
