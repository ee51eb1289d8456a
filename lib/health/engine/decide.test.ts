import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OUTCOME_CLASSES } from "@/lib/providers/outcome";
import { decide } from "./decide";
import { parseState, resumeState, serializeState } from "./restore";
import {
  ask,
  buildCall,
  contextOf,
  createSim,
  finish,
  finishTimes,
  type ProviderSim,
  passTime,
  THRESHOLDS,
} from "./testing/provider-sim";
import { createWindows } from "./window";

const event = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("call" as const), outcome: fc.constantFrom(...OUTCOME_CLASSES) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("call" as const),
      outcome: fc.constantFrom("timeout" as const, "ok" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 2_000_000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("ask" as const) }) },
);
type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

function play(sim: ProviderSim, events: readonly Event[]): void {
  for (const one of events) {
    sim.now += 1000;
    if (one.kind === "wait") passTime(sim, one.ms);
    else if (one.kind === "ask") ask(sim);
    else finish(sim, one.outcome);
  }
}

describe("every step", () => {
  it("tells each change of state and of circuit, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 80 }), (events) => {
        const sim = createSim();
        for (const one of events) {
          const before = sim.state;
          sim.decisions = [];
          play(sim, [one]);
          const { decisions, state } = sim;
          const last = (from: string, to: string) => decisions.some((told) => told.from === from && told.to === to);
          if (state.shown.state !== before.shown.state) {
            expect(last(before.shown.state, state.shown.state)).toBe(true);
          }
          if (state.circuit.state !== before.circuit.state) {
            expect(decisions.filter((told) => told.rule.startsWith("circuit.")).at(-1)?.to).toBe(state.circuit.state);
          }
          for (const told of decisions) expect(told.text).toMatch(/^[A-Z].*\.$/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("escalates at most one step for any burst of calls that started before it", () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 40 }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom("timeout" as const, "http_5xx" as const, "network" as const),
        (events, burst, outcome) => {
          const sim = createSim();
          play(sim, events);
          const before = sim.state;
          const { generation } = before.circuit;
          for (let index = 0; index < burst; index++) finish(sim, outcome, { generation });
          expect(sim.state.circuit.openings - before.circuit.openings).toBeLessThanOrEqual(1);
          expect(sim.state.autoDisable.level - before.autoDisable.level).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("never counts a rejected call", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (events, times) => {
        const sim = createSim();
        play(sim, events);
        passTime(sim, 0);
        const before = sim.state;
        for (let index = 0; index < times; index++) {
          if (ask(sim).allowed) return;
        }
        expect(sim.state).toEqual(before);
      }),
    );
  });

  it("goes on after a restart as if there had been none", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.array(event, { maxLength: 40 }), (first, second) => {
        const sim = createSim();
        play(sim, first);
        const stored = parseState(serializeState(sim.state));
        expect(stored).not.toBeNull();
        if (!stored) return;
        const resumed = resumeState(stored, { now: sim.now, storedAt: sim.now, thresholds: THRESHOLDS });
        const restarted: ProviderSim = {
          ...sim,
          state: { ...resumed, figures: sim.state.figures },
          windows: structuredClone(sim.windows),
          decisions: [],
        };
        // A trial under way does not survive a restart; nor does it here.
        sim.state = { ...sim.state, circuit: { ...sim.state.circuit, trialExpiresAt: null } };
        sim.decisions = [];
        play(sim, second);
        play(restarted, second);
        const essence = ({ uptime: _uptime, shown, goodSince: _goodSince, ...state }: typeof sim.state) => ({
          ...state,
          shown: shown.state,
        });
        expect(essence(restarted.state)).toEqual(essence(sim.state));
        expect(restarted.decisions.map(({ rule }) => rule)).toEqual(sim.decisions.map(({ rule }) => rule));
      }),
      { numRuns: 150 },
    );
  });

  it("does not touch the state it was given", () => {
    const sim = createSim();
    finishTimes(sim, 4, "timeout");
    const before = structuredClone(sim.state);
    decide(sim.state, createWindows(), buildCall({ class: "timeout" }), contextOf(sim));
    expect(sim.state).toEqual(before);
  });
});

describe("a restart", () => {
  it("lets nothing last longer than its own rule, whatever the clock did", () => {
    const sim = createSim();
    finishTimes(sim, 5, "http_5xx");
    finish(sim, "throttled", { retryAt: sim.now + 3_600_000 });
    const stored = parseState(serializeState(sim.state));
    if (!stored) throw new Error("unreadable");
    const now = sim.now - 7 * 24 * 3_600_000;
    const resumed = resumeState(stored, { now, storedAt: sim.now, thresholds: THRESHOLDS });
    expect(resumed.circuit.until).toBeLessThanOrEqual(now + 33_000);
    expect(resumed.hold?.until).toBeLessThanOrEqual(now + 24 * 3_600_000);
    expect(resumed.probe.dueAt).toBeLessThanOrEqual(now + 264_000);
  });

  it("starts afresh from what it cannot read", () => {
    expect(parseState("{")).toBeNull();
    expect(parseState('{"circuit":{}}')).toBeNull();
  });
});
