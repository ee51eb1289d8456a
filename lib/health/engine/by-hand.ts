import { releaseByHand } from "./auto-disable";
import { resetCircuit } from "./circuit";
import { noProbe, noStreak } from "./engine-state";
import { isCredentialHold } from "./hold";
import { changeCircuit, finishStep, settleDraft, startStep } from "./step";
import type { EngineState, Step, StepContext } from "./types";
import type { SampleWindows } from "./window";

/** An admin puts a provider back in use: disabling and holds end, failures in a row start anew, and trials decide. */
export function enableByHand(
  state: EngineState,
  windows: SampleWindows,
  context: StepContext,
  actor: string | null,
): Step {
  const draft = startStep(state, windows, context, actor);
  draft.state = {
    ...startOver(state),
    hold: null,
    unhintedHoldMs: null,
    autoDisable: releaseByHand(state.autoDisable, context.now),
  };
  changeCircuit(draft, resetCircuit(state.circuit), "circuit.admin");
  return finishStep(draft);
}

/** The admin switch was turned, or the adapter could be built or no longer: told, and what was known before is not taken over. */
export function switchByHand(
  state: EngineState,
  windows: SampleWindows,
  context: StepContext,
  actor: string | null,
): Step {
  const draft = startStep(state, windows, context, actor);
  settleDraft(draft);
  draft.state = startOver(draft.state);
  return finishStep(draft);
}

/** Another address or other credentials: what was held or rested because of the old ones is tried again. */
export function settingsChanged(
  state: EngineState,
  windows: SampleWindows,
  context: StepContext,
  actor: string | null,
): Step {
  const draft = startStep(state, windows, context, actor);
  settleDraft(draft);
  const { hold } = draft.state;
  draft.state = { ...startOver(draft.state), hold: isCredentialHold(hold) ? null : hold };
  const { circuit } = draft.state;
  if (circuit.state === "OPEN") changeCircuit(draft, resetCircuit(circuit), "circuit.settings_changed");
  return finishStep(draft);
}

function startOver(state: EngineState): EngineState {
  return {
    ...state,
    streak: noStreak(),
    recent: [],
    probe: noProbe(),
    credentialFailures: 0,
    lastOkAt: null,
    goodSince: null,
  };
}
