import { isSuccess, type OutcomeClass } from "@/lib/providers/outcome";
import type { Admission, ProviderCall, Source } from "@/lib/providers/provider";
import { admit } from "../admit";
import { enableByHand } from "../by-hand";
import { decide } from "../decide";
import { newEngineState } from "../engine-state";
import { settle } from "../step";
import type { Decision, EngineState, Step, StepContext, Thresholds } from "../types";
import { createWindows, type SampleWindows } from "../window";

export const THRESHOLDS: Thresholds = {
  maxConsecutiveFailures: 3,
  circuitFailureThreshold: 5,
  circuitRecoveryTimeoutMs: 30_000,
  circuitSuccessThreshold: 3,
  circuitWindow: 20,
  circuitMinRequests: 10,
  autoDisableCooldownMs: 30 * 60_000,
  errorWarningPercent: 50,
  latencyWarningMs: 2000,
};

export const LADDER_MS = [30_000, 30_000, 60_000, 60_000, 120_000, 240_000];

export function buildCall(given: Partial<ProviderCall> = {}): ProviderCall {
  const outcome = given.class ?? "ok";
  return {
    providerId: "kitsu",
    origin: "https://kitsu.example",
    source: "search",
    operation: "search",
    startedAt: 0,
    durationMs: 100,
    class: outcome,
    httpStatus: null,
    results: outcome === "ok" ? 5 : null,
    dropped: 0,
    relevance: null,
    message: isSuccess(outcome) ? null : `it ended in ${outcome}`,
    retryAt: null,
    unreachable: false,
    generation: 1,
    attempts: 1,
    requestId: null,
    ...given,
  };
}

export function buildContext(given: Partial<StepContext> = {}): StepContext {
  return {
    providerId: "kitsu",
    providerName: "Kitsu",
    now: 0,
    random: () => 0.5,
    thresholds: THRESHOLDS,
    enabled: true,
    initialized: true,
    pool: () => ({ enabled: 10, autoDisabled: 0, maxPercent: 50 }),
    cutOff: false,
    inGrace: false,
    probeIntervalsMs: LADDER_MS,
    ...given,
  };
}

/** One provider with a clock that tests move by hand. No jitter unless told. */
export interface ProviderSim {
  now: number;
  state: EngineState;
  windows: SampleWindows;
  context: Partial<StepContext>;
  decisions: Decision[];
}

export function createSim(context: Partial<StepContext> = {}, now = 1_000_000): ProviderSim {
  return { now, state: newEngineState(now), windows: createWindows(), context, decisions: [] };
}

export function passTime(sim: ProviderSim, ms: number): void {
  sim.now += ms;
  take(sim, settle(sim.state, sim.windows, contextOf(sim)));
}

export function ask(sim: ProviderSim, source: Source = "search"): Admission {
  const answer = admit(sim.state, {
    source,
    now: sim.now,
    enabled: true,
    initialized: true,
    message: null,
    timeoutMs: 10_000,
  });
  sim.state = answer.state;
  return answer.admission;
}

/** A call that was admitted and ends now. */
export function finish(sim: ProviderSim, outcome: OutcomeClass, call: Partial<ProviderCall> = {}): Decision[] {
  const generation = sim.state.circuit.generation;
  const whole = buildCall({ class: outcome, startedAt: sim.now - 100, generation, ...call });
  return take(sim, decide(sim.state, sim.windows, whole, contextOf(sim)));
}

export function finishTimes(
  sim: ProviderSim,
  times: number,
  outcome: OutcomeClass,
  call: Partial<ProviderCall> = {},
): void {
  for (let index = 0; index < times; index++) {
    sim.now += 1000;
    finish(sim, outcome, call);
  }
}

export function enable(sim: ProviderSim, actor: string | null = "admin@example.org"): Decision[] {
  return take(sim, enableByHand(sim.state, sim.windows, contextOf(sim), actor));
}

export function contextOf(sim: ProviderSim): StepContext {
  return buildContext({ ...sim.context, now: sim.now });
}

function take(sim: ProviderSim, step: Step): Decision[] {
  sim.state = step.state;
  sim.decisions.push(...step.decisions);
  return step.decisions;
}
