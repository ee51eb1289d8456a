import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poolAllows } from "./auto-disable";
import { ask, createSim, enable, finish, finishTimes, type ProviderSim, passTime } from "./testing/provider-sim";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function failProbes(sim: ProviderSim, until: () => boolean): void {
  for (let index = 0; index < 50 && !until(); index++) {
    sim.now = Math.max(sim.now, sim.state.probe.dueAt ?? sim.now);
    finish(sim, "http_5xx", { source: "probe", operation: "canary", startedAt: sim.now });
  }
}

function disabledSim(): ProviderSim {
  const sim = createSim();
  finishTimes(sim, 5, "http_5xx");
  failProbes(sim, () => sim.state.autoDisable.since !== null);
  return sim;
}

describe("automatic disabling", () => {
  it("comes at ten failures in a row, minutes after opening, for thirty minutes", () => {
    const sim = createSim();
    finishTimes(sim, 5, "http_5xx");
    const openedAt = sim.now;
    failProbes(sim, () => sim.state.autoDisable.since !== null);
    expect(sim.state.streak.count).toBe(10);
    expect(sim.now - openedAt).toBeGreaterThan(4 * MINUTE_MS);
    expect(sim.state.autoDisable).toMatchObject({ level: 1, until: sim.now + 30 * MINUTE_MS });
    expect(sim.state.shown.state).toBe("AUTO_DISABLED");
    expect(sim.decisions.at(-1)).toMatchObject({
      to: "AUTO_DISABLED",
      rule: "auto_disable.consecutive_failures",
      until: sim.now + 30 * MINUTE_MS,
      evidence: { consecutiveFailures: 10 },
    });
    expect(ask(sim)).toMatchObject({ allowed: false, gate: "auto_disabled" });
    expect(ask(sim, "probe")).toMatchObject({ allowed: true });
  });

  it("ends early after three good probes", () => {
    const sim = disabledSim();
    finishTimes(sim, 2, "ok", { source: "probe", operation: "canary" });
    expect(sim.state.shown.state).toBe("AUTO_DISABLED");
    finishTimes(sim, 1, "ok", { source: "probe", operation: "canary" });
    expect(sim.state.circuit.state).toBe("CLOSED");
    expect(ask(sim)).toMatchObject({ allowed: true });
    expect(sim.state.shown.state).toBe("DEGRADED");
    passTime(sim, 5 * MINUTE_MS);
    expect(sim.state.shown.state).toBe("ACTIVE");
  });

  it("ends in HALF_OPEN when its time is over", () => {
    const sim = disabledSim();
    passTime(sim, 30 * MINUTE_MS);
    expect(sim.state.autoDisable.since).toBeNull();
    expect(sim.state.circuit.state).toBe("HALF_OPEN");
    expect(ask(sim)).toMatchObject({ allowed: true });
  });

  it("lasts longer on each repeat within a day", () => {
    const sim = disabledSim();
    const hours: number[] = [];
    for (let index = 0; index < 3; index++) {
      passTime(sim, (sim.state.autoDisable.until ?? 0) - sim.now);
      finish(sim, "http_5xx");
      hours.push(((sim.state.autoDisable.until ?? 0) - sim.now) / HOUR_MS);
    }
    expect(hours).toEqual([1, 3, 6]);
  });

  it("takes one level off per hour that it was well", () => {
    const sim = disabledSim();
    passTime(sim, 30 * MINUTE_MS);
    finish(sim, "http_5xx");
    expect(sim.state.autoDisable.level).toBe(2);
    finishTimes(sim, 3, "ok", { source: "probe", operation: "canary" });
    passTime(sim, HOUR_MS);
    finishTimes(sim, 5, "http_5xx");
    failProbes(sim, () => sim.state.autoDisable.since !== null);
    expect(sim.state.autoDisable.level).toBe(2);
  });

  it("starts at the same level again when an admin brought it back too early", () => {
    const sim = disabledSim();
    enable(sim);
    expect(sim.state.autoDisable).toMatchObject({ since: null, until: null });
    expect(sim.state.circuit.state).toBe("HALF_OPEN");
    finish(sim, "http_5xx");
    expect(sim.state.autoDisable.since).toBeNull();
    failProbes(sim, () => sim.state.autoDisable.since !== null);
    expect(sim.state.autoDisable.level).toBe(1);
  });

  it.each([
    [
      "the share is used up",
      { pool: () => ({ enabled: 10, autoDisabled: 5, maxPercent: 50 }) },
      "auto_disable.withheld_share",
    ],
    [
      "it is the last one",
      { pool: () => ({ enabled: 1, autoDisabled: 0, maxPercent: 100 }) },
      "auto_disable.withheld_share",
    ],
    ["the app has only just started", { inGrace: true }, "auto_disable.withheld_grace"],
  ])("is withheld, and told once, when %s", (_name, context, rule) => {
    const sim = createSim(context);
    finishTimes(sim, 5, "http_5xx");
    failProbes(sim, () => sim.state.streak.count >= 13);
    expect(sim.state.autoDisable.since).toBeNull();
    expect(sim.decisions.filter((decision) => decision.rule === rule)).toHaveLength(1);
    expect(sim.state.shown.state).toBe("DOWN");
  });

  it("is made up for as soon as the share allows it", () => {
    const sim = createSim({ pool: () => ({ enabled: 2, autoDisabled: 1, maxPercent: 50 }) });
    finishTimes(sim, 5, "http_5xx");
    failProbes(sim, () => sim.state.streak.count >= 11);
    sim.context = { pool: () => ({ enabled: 2, autoDisabled: 0, maxPercent: 50 }) };
    failProbes(sim, () => sim.state.streak.count >= 12);
    expect(sim.state.autoDisable.since).not.toBeNull();
  });
});

describe("the share", () => {
  it.each([
    [{ enabled: 4, autoDisabled: 1, maxPercent: 50 }, true],
    [{ enabled: 4, autoDisabled: 2, maxPercent: 50 }, false],
    [{ enabled: 3, autoDisabled: 1, maxPercent: 50 }, false],
    [{ enabled: 2, autoDisabled: 1, maxPercent: 100 }, false],
    [{ enabled: 3, autoDisabled: 0, maxPercent: 0 }, false],
  ])("%o → %s", (pool, allowed) => {
    expect(poolAllows(pool)).toBe(allowed);
  });
});

describe("a pool of providers", () => {
  it("keeps half of them, and always one, whatever happens to them", () => {
    const event = fc.record({
      index: fc.nat({ max: 11 }),
      outcome: fc.constantFrom("http_5xx" as const, "timeout" as const, "http_5xx" as const, "ok" as const),
      times: fc.integer({ min: 1, max: 12 }),
      waitMs: fc.integer({ min: 0, max: 20 * MINUTE_MS }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(0, 30, 50, 100),
        fc.array(event, { maxLength: 60 }),
        (size, maxPercent, events) => {
          const sims: ProviderSim[] = [];
          const isDisabled = (sim: ProviderSim) => sim.state.autoDisable.since !== null;
          for (let index = 0; index < size; index++) {
            const pool = () => ({
              enabled: size,
              autoDisabled: sims.filter((other, place) => place !== index && isDisabled(other)).length,
              maxPercent,
            });
            sims.push(createSim({ pool }));
          }
          for (const { index, outcome, times, waitMs } of events) {
            for (const sim of sims) passTime(sim, waitMs);
            const sim = sims[index % size];
            for (let time = 0; sim && time < times; time++) {
              finish(sim, outcome, { source: "probe", operation: "canary", startedAt: sim.now });
            }
            const disabled = sims.filter(isDisabled).length;
            expect(disabled).toBeLessThanOrEqual((size * maxPercent) / 100);
            expect(disabled).toBeLessThan(size);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
