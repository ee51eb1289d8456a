import type { CircuitState, ProviderState } from "@/lib/health/health-view";
import { settleAutoDisable } from "./auto-disable";
import { freshOutcomes, halfOpen, settleCircuit } from "./circuit";
import { decisionText } from "./explain";
import { settleHold } from "./hold";
import { nextStep } from "./next-step";
import { stateOf } from "./status";
import type { Decision, DecisionEvidence, DecisionRule, EngineState, Step, StepContext, Thresholds } from "./types";
import { markUptime, uptimeKind } from "./uptime";
import type { SampleWindows } from "./window";

/** What a step adds up until it is finished. */
export interface Draft extends Step {
  readonly windows: SampleWindows;
  readonly context: StepContext;
  readonly actor: string | null;
  /** A sample of this step says how the provider is now. */
  proved: boolean;
}

export function startStep(
  state: EngineState,
  windows: SampleWindows,
  context: StepContext,
  actor: string | null = null,
): Draft {
  return { state, decisions: [], windows, context, actor, proved: false };
}

/** Whether time alone changes anything: cheap, for the way of every call. */
export function isSettled(state: EngineState, now: number): boolean {
  const due = [state.circuit.until, state.circuit.trialExpiresAt, state.hold?.until, state.autoDisable.until];
  return due.every((at) => at === null || at === undefined || now < at);
}

/** Rests, holds and disablings that have run out by `now` end here, and a state that only time has changed is told. */
export function settle(state: EngineState, windows: SampleWindows, context: StepContext): Step {
  const draft = startStep(state, windows, context);
  settleDraft(draft);
  return finishStep(draft);
}

export function settleDraft(draft: Draft): void {
  const { now } = draft.context;
  const { autoDisable, hold } = draft.state;
  const released = settleAutoDisable(autoDisable, now);
  draft.state = { ...draft.state, autoDisable: released, hold: settleHold(hold, now) };
  const circuit = settleCircuit(draft.state.circuit, now);
  const expired = released !== autoDisable && circuit.state === "OPEN";
  changeCircuit(draft, expired ? halfOpen(circuit) : circuit, "circuit.recovery_timeout");
}

/** Takes the new circuit over and, when its state changed, says why. */
export function changeCircuit(draft: Draft, circuit: EngineState["circuit"], rule: DecisionRule): void {
  const before = draft.state.circuit;
  if (circuit === before) return;
  draft.state = { ...draft.state, circuit };
  const reopened = circuit.state === "OPEN" && circuit.generation !== before.generation;
  if (circuit.state === before.state && !reopened) return;
  decideAs(draft, { from: before.state, to: circuit.state, rule, until: circuit.until });
}

interface Told {
  from: ProviderState | CircuitState;
  to: ProviderState | CircuitState;
  rule: DecisionRule;
  until: number | null;
}

export function decideAs(draft: Draft, told: Told): void {
  const { context, state } = draft;
  const evidence = toEvidence(state, context);
  const record: Omit<Decision, "text"> = {
    at: context.now,
    providerId: context.providerId,
    ...told,
    evidence,
    thresholds: thresholdsOf(told.rule, context.thresholds),
    next: nextStep(state),
    actor: draft.actor,
  };
  draft.decisions.push({ ...record, text: decisionText(record, context.providerName) });
}

/**
 * Works out the state that now applies; a change is dated, goes into the uptime, and is told: with the rule that made it, unless the
 * caller knows better.
 */
export function finishStep(draft: Draft, because?: DecisionRule): Step {
  const { context, windows } = draft;
  const { state, rule } = stateOf(draft.state, windows, context);
  const before = draft.state.shown.state;
  const at = state === before ? context.now : changedAt(draft.state, state, context.now);
  const kind = context.cutOff && !draft.proved ? "unknown" : uptimeKind(state);
  if (state !== before || draft.proved) {
    // Marked without a change too: after a restart the time is unknown until a sample says that all is as it was.
    draft.state = { ...draft.state, uptime: markUptime(draft.state.uptime, at, kind) };
  }
  if (state !== before) {
    draft.state = { ...draft.state, shown: { state, since: at } };
    decideAs(draft, { from: before, to: state, rule: because ?? rule, until: untilOf(draft.state, state) });
  }
  return { state: draft.state, decisions: draft.decisions };
}

/** A breakdown began with the first failure, a recovery with the first success: both are only proved later. */
function changedAt({ streak, goodSince }: EngineState, to: ProviderState, now: number): number {
  if (to === "DOWN") return Math.min(now, streak.firstAt ?? now);
  if (to === "ACTIVE") return Math.min(now, goodSince ?? now);
  return now;
}

function untilOf({ autoDisable, hold, circuit }: EngineState, state: ProviderState): number | null {
  if (state === "AUTO_DISABLED") return autoDisable.until;
  if (state === "RATE_LIMITED") return hold?.until ?? null;
  return state === "DOWN" ? circuit.until : null;
}

function toEvidence(state: EngineState, { thresholds, now }: StepContext): DecisionEvidence {
  const recent = freshOutcomes(state.recent, thresholds, now);
  const { lastError } = state;
  return {
    consecutiveFailures: state.streak.count,
    firstFailureAt: state.streak.firstAt,
    generation: state.circuit.generation,
    recent: { samples: recent.length, failed: recent.filter((outcome) => outcome.failed).length },
    lastError: lastError && {
      class: lastError.class,
      message: lastError.message,
      durationMs: lastError.durationMs,
      httpStatus: lastError.httpStatus,
    },
    trialSuccesses: state.circuit.trialSuccesses,
    autoDisableLevel: state.autoDisable.level,
  };
}

function thresholdsOf(rule: DecisionRule, all: Thresholds): Partial<Thresholds> {
  const { circuitFailureThreshold, circuitRecoveryTimeoutMs, circuitSuccessThreshold } = all;
  if (rule.startsWith("circuit.") || rule === "down.circuit_open") {
    const { circuitWindow, circuitMinRequests } = all;
    return {
      circuitFailureThreshold,
      circuitWindow,
      circuitMinRequests,
      circuitRecoveryTimeoutMs,
      circuitSuccessThreshold,
    };
  }
  if (rule.startsWith("auto_disable.")) {
    return { circuitFailureThreshold, autoDisableCooldownMs: all.autoDisableCooldownMs };
  }
  if (rule === "down.consecutive_failures") return { maxConsecutiveFailures: all.maxConsecutiveFailures };
  if (rule === "degraded.error_rate") return { errorWarningPercent: all.errorWarningPercent };
  return rule === "degraded.latency" ? { latencyWarningMs: all.latencyWarningMs } : {};
}
