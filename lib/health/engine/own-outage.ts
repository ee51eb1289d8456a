import type { OutcomeClass } from "@/lib/providers/outcome";
import { changeCircuit, finishStep, settleDraft, startStep } from "./step";
import type { EngineState, Step, StepContext } from "./types";
import { markUptime } from "./uptime";
import { relabelSamples, type SampleWindows } from "./window";

const UNREACHED: ReadonlySet<OutcomeClass> = new Set(["dns", "network"]);

export interface Undoing {
  /** The state before the first of the failures that turned out to be our own. Nothing but such failures has come since. */
  before: EngineState;
  /** When that first one was counted. */
  countedAt: number;
  /** When our own outage began. */
  since: number;
}

/** Takes failures back that were counted before it was known that we ourselves are offline: as if they had never been. */
export function undoFailures(state: EngineState, windows: SampleWindows, undoing: Undoing, context: StepContext): Step {
  const { before, countedAt, since } = undoing;
  const draft = startStep(state, windows, context);
  relabelSamples(windows, { since: countedAt, from: UNREACHED, to: "self_offline" });
  const { generation } = state.circuit;
  const moved = generation !== before.circuit.generation;
  // The generation never goes back, so that calls of the time between do not count either.
  const circuit = { ...before.circuit, trialExpiresAt: null, generation: moved ? generation + 1 : generation };
  const figures = { ...before.figures, cacheHits: state.figures.cacheHits };
  draft.state = { ...before, figures, circuit: state.circuit, shown: state.shown };
  changeCircuit(draft, circuit, "circuit.self_offline");
  settleDraft(draft);
  const step = finishStep(draft, "self_offline");
  return { ...step, state: pauseUptime({ ...step.state, uptime: before.uptime }, since) };
}

/** From `since` on nothing is known of the provider, until a call proves something. */
export function pauseUptime(state: EngineState, since: number): EngineState {
  return { ...state, uptime: markUptime(state.uptime, since, "unknown") };
}
