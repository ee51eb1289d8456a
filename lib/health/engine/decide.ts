import { isCountable, isSuccess, type OutcomeClass } from "@/lib/providers/outcome";
import type { ProviderCall, Source } from "@/lib/providers/provider";
import { autoDisableAfter, disable, poolAllows, release } from "./auto-disable";
import { failureRateReached, openCircuit, trialSucceeded } from "./circuit";
import { noStreak } from "./engine-state";
import { countCall, countsNowhere, isCheck, saysNothing } from "./figures";
import { accepted, credentialsRefused, isCredentialHold, throttle } from "./hold";
import { GOOD_PROBES, probeAfterFailure, probeAfterSuccess, probeAgainLater } from "./probing";
import { isInTrouble } from "./status";
import { changeCircuit, type Draft, decideAs, finishStep, settleDraft, startStep } from "./step";
import type { EngineState, EvidenceLevel, Step, StepContext } from "./types";
import { addSample, type SampleWindows } from "./window";

const CONNECTION: ReadonlySet<OutcomeClass> = new Set(["dns", "network", "tls", "timeout"]);
/** These step up the probe ladder. A person who tests again and again must not make the app look less often. */
const PROBING: ReadonlySet<Source> = new Set(["check", "probe", "canary"]);

/**
 * One step: a finished call changes what is known of its provider. Everything follows from the arguments; only `windows` is changed
 * in place. The decisions say, in order, what changed and why.
 */
export function decide(state: EngineState, windows: SampleWindows, call: ProviderCall, context: StepContext): Step {
  const draft = startStep(state, windows, context);
  settleDraft(draft);
  takeNote(draft, call);
  if (!saysNothing(call.class)) judge(draft, call);
  if (PROBING.has(call.source)) leavePast(draft);
  return finishStep(draft);
}

/** A probe that proved nothing either way (throttled, cancelled) is asked again later, on the same step. */
function leavePast(draft: Draft): void {
  const { state, context } = draft;
  draft.state = { ...state, probe: probeAgainLater(state.probe, context) };
}

/** What is known from now on, whatever follows from it. */
function takeNote(draft: Draft, call: ProviderCall): void {
  const { state, context, windows } = draft;
  const { circuit } = state;
  const trialDone = circuit.trialExpiresAt !== null && call.generation === circuit.generation;
  draft.state = {
    ...state,
    circuit: trialDone ? { ...circuit, trialExpiresAt: null } : circuit,
    figures: countCall(state.figures, call),
    lastCheck: isCheck(call) ? { at: context.now, durationMs: call.durationMs, class: call.class } : state.lastCheck,
  };
  if (countsNowhere(call.class)) return;
  addSample(windows, context.now, call.class, call.durationMs);
  if (isSuccess(call.class) || saysNothing(call.class)) return;
  const { durationMs, httpStatus } = call;
  const message = call.message ?? "";
  draft.state.lastError = { at: context.now, class: call.class, message, durationMs, httpStatus };
}

function judge(draft: Draft, call: ProviderCall): void {
  const { state, context } = draft;
  const { now } = context;
  draft.proved = !isLate(state, call);
  if (isSuccess(call.class)) {
    succeed(draft, call);
  } else if (call.class === "throttled" || call.class === "quota") {
    const { startedAt, retryAt } = call;
    draft.state = { ...state, ...throttle(state, { kind: call.class, now, startedAt, retryAt }) };
  } else if (call.class === "auth" || call.class === "config") {
    draft.state = { ...state, ...credentialsRefused(state, call.class, now) };
    scheduleProbe(draft, PROBING.has(call.source));
  } else if (isCountable(call.class)) {
    fail(draft, call);
  }
}

/** A sample from before the circuit's generation is history: it is in the windows and says nothing of now. */
function isLate(state: EngineState, call: ProviderCall): boolean {
  return call.generation < state.circuit.generation;
}

function succeed(draft: Draft, call: ProviderCall): void {
  const { context } = draft;
  const { now, thresholds } = context;
  const held = accepted(draft.state, call.startedAt);
  const goodSince = draft.state.goodSince ?? call.startedAt;
  draft.state = { ...draft.state, ...held };
  if (isLate(draft.state, call)) return;
  const level = levelOf(call);
  const { streak } = draft.state;
  const disproved = level >= streak.level || streak.connectionOnly;
  draft.state = {
    ...draft.state,
    goodSince,
    lastOkAt: now,
    streak: disproved ? noStreak() : streak,
    recent: remember(draft.state, { now, failed: false, level }, thresholds.circuitWindow),
  };
  const before = draft.state.circuit;
  const circuit = trialSucceeded(before, level, thresholds.circuitSuccessThreshold);
  const proved = circuit !== before || before.state === "CLOSED";
  if (circuit.state === "CLOSED" && before.state !== "CLOSED") {
    draft.state = { ...draft.state, recent: [], autoDisable: healthyAgain(draft.state, now) };
  }
  changeCircuit(draft, circuit, circuit.state === "CLOSED" ? "circuit.trials_succeeded" : "circuit.good_probe");
  if (proved && disproved) advanceProbing(draft, call);
  else scheduleProbe(draft, PROBING.has(call.source));
}

function healthyAgain({ autoDisable }: EngineState, now: number): EngineState["autoDisable"] {
  return { ...release(autoDisable), healthySince: now };
}

function advanceProbing(draft: Draft, call: ProviderCall): void {
  const { state, context } = draft;
  const wanted = Math.max(0, state.probe.wanted - 1);
  const doubted = call.operation === "canary" ? false : state.probe.canaryDoubted;
  const counted = { ...state, probe: { ...state.probe, wanted, canaryDoubted: doubted } };
  draft.state = { ...counted, probe: probeAfterSuccess(counted, isInTrouble(counted), context.now) };
}

function fail(draft: Draft, call: ProviderCall): void {
  if (isLate(draft.state, call)) return;
  const { now, thresholds } = draft.context;
  const level = levelOf(call);
  const { streak, probe, circuit } = draft.state;
  // A trial is as good as a probe: the next one is due a step later, counted from here.
  const isTrial = circuit.state === "HALF_OPEN" && call.source !== "manual";
  const count = streak.count + 1;
  draft.state = {
    ...draft.state,
    goodSince: null,
    streak: {
      count,
      firstAt: streak.firstAt ?? Math.min(call.startedAt, now),
      level: level === 2 ? level : streak.level,
      connectionOnly: streak.connectionOnly && CONNECTION.has(call.class),
    },
    recent: remember(draft.state, { now, failed: true, level }, thresholds.circuitWindow),
    probe: {
      ...probe,
      wanted: probe.wanted > 0 || count >= thresholds.maxConsecutiveFailures ? GOOD_PROBES : 0,
      canaryDoubted: call.operation === "canary" ? call.class === "contract" : probe.canaryDoubted,
    },
    autoDisable: count === 1 ? { ...draft.state.autoDisable, withheld: null } : draft.state.autoDisable,
  };
  openIfDue(draft, call);
  scheduleProbe(draft, isTrial || PROBING.has(call.source));
  disableIfDue(draft);
}

function openIfDue(draft: Draft, call: ProviderCall): void {
  const { state, context } = draft;
  const { circuit, streak, recent } = state;
  const { thresholds, now } = context;
  const opening = {
    now,
    random: context.random(),
    recoveryTimeoutMs: thresholds.circuitRecoveryTimeoutMs,
    openedBy: call.operation,
  };
  if (circuit.state === "HALF_OPEN") {
    changeCircuit(draft, openCircuit(circuit, { ...opening, requiredLevel: levelOf(call) }), "circuit.trial_failed");
    return;
  }
  if (circuit.state === "OPEN") return;
  if (streak.count >= thresholds.circuitFailureThreshold) {
    const opened = openCircuit(circuit, { ...opening, requiredLevel: streak.level });
    changeCircuit(draft, opened, "circuit.consecutive_failures");
  } else if (failureRateReached(recent, thresholds, now)) {
    const failedLevels = recent.filter((outcome) => outcome.failed).map((outcome) => outcome.level);
    const requiredLevel = failedLevels.includes(2) ? 2 : 1;
    changeCircuit(draft, openCircuit(circuit, { ...opening, requiredLevel }), "circuit.failure_rate");
    draft.state = { ...draft.state, probe: { ...draft.state.probe, wanted: GOOD_PROBES } };
  }
}

/** Twice the circuit's threshold in a row, which only trials can reach; withheld in the start-up grace and beyond the share. */
function disableIfDue(draft: Draft): void {
  const { state, context } = draft;
  const { autoDisable, streak, shown } = state;
  const { thresholds, now } = context;
  if (autoDisable.since !== null || streak.count < autoDisableAfter(thresholds.circuitFailureThreshold)) return;
  const withheld = context.inGrace ? "grace" : poolAllows(context.pool()) ? null : "share";
  if (withheld) {
    if (autoDisable.withheld === withheld) return;
    draft.state = { ...state, autoDisable: { ...autoDisable, withheld } };
    const rule = withheld === "grace" ? "auto_disable.withheld_grace" : "auto_disable.withheld_share";
    decideAs(draft, { from: shown.state, to: shown.state, rule, until: null });
    return;
  }
  const disabled = disable(autoDisable, now, thresholds.autoDisableCooldownMs);
  const { circuit } = state;
  const resting = { ...circuit, state: "OPEN" as const, until: disabled.until, generation: circuit.generation + 1 };
  draft.state = { ...state, autoDisable: disabled };
  changeCircuit(draft, { ...resting, openedAt: circuit.openedAt ?? now, trialSuccesses: 0 }, "circuit.auto_disabled");
}

function scheduleProbe(draft: Draft, stepped: boolean): void {
  const { state, context } = draft;
  if (isCredentialHold(state.hold)) {
    draft.state = { ...state, probe: { ...state.probe, dueAt: null } };
    return;
  }
  draft.state = { ...state, probe: probeAfterFailure(state.probe, stepped, context) };
}

/** A bare check proves only that somebody answers. */
export function levelOf({ operation }: Pick<ProviderCall, "operation">): EvidenceLevel {
  return operation === "check" ? 1 : 2;
}

function remember(
  { recent }: EngineState,
  { now, failed, level }: { now: number; failed: boolean; level: EvidenceLevel },
  window: number,
): EngineState["recent"] {
  return [...recent.slice(-(window - 1)), { at: now, failed, level }];
}
