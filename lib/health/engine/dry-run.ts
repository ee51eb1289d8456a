import type { OutcomeClass } from "@/lib/providers/outcome";
import type { Operation, ProviderCall, Source } from "@/lib/providers/provider";
import { admit } from "./admit";
import { decide } from "./decide";
import { newEngineState } from "./engine-state";
import { isSettled, settle } from "./step";
import type { Decision, DisablePool, EngineState, Step, StepContext, Thresholds } from "./types";
import { createWindows } from "./window";

const PAUSE_EVERY = 250;
/** Traffic that the engine would have let through or not; all else is made whatever the circuit says. */
const PASSIVE: ReadonlySet<Source> = new Set(["search", "detail", "download"]);
const NOT_USABLE: ReadonlySet<string> = new Set(["DOWN", "AUTO_DISABLED"]);

/** A call as history remembers it. `at` is when it began, epoch milliseconds. */
export interface RecordedCall {
  at: number;
  durationMs: number;
  class: OutcomeClass;
  source: Source;
  operation: Operation;
  httpStatus: number | null;
}

export interface DryRunOptions {
  thresholds: Thresholds;
  /** The span, epoch milliseconds. */
  from: number;
  to: number;
  /** How full the pool of disabled providers is taken to be. */
  pool: DisablePool;
  probeIntervalsMs: readonly number[];
}

/** What the engine would have made of the calls. */
export interface DryRunCounts {
  /** Times that it went DOWN, with or without being disabled later. */
  downs: number;
  /** Times that the circuit opened out of CLOSED. */
  openings: number;
  autoDisables: number;
  /** Time with the circuit OPEN: no search was let through. */
  restedMs: number;
}

interface Moment {
  at: number;
  index: number;
  ends: boolean;
}

/**
 * Replays recorded calls of one provider through the engine, in their order, as if these thresholds had held. Searches that the engine
 * would have refused are left out; those that were refused in truth were never made, and cannot be replayed. Rests have no jitter; hints
 * of rate limits are not recorded, so that holds last as without one. Pauses now and then, so that whoever runs it can do other work.
 */
export function* dryRun(calls: readonly RecordedCall[], options: DryRunOptions): Generator<void, DryRunCounts> {
  const { from, to } = options;
  const windows = createWindows();
  const generations = new Map<number, number>();
  const counts: DryRunCounts = { downs: 0, openings: 0, autoDisables: 0, restedMs: 0 };
  let state = newEngineState(from);
  let restingSince: number | null = null;
  let done = 0;

  function take(step: Step, now: number): void {
    state = step.state;
    for (const decision of step.decisions) countDecision(counts, decision);
    const resting = state.circuit.state === "OPEN";
    if (resting) restingSince ??= now;
    else if (restingSince !== null) {
      counts.restedMs += now - restingSince;
      restingSince = null;
    }
  }

  function passTime(now: number): void {
    for (let due = nextEnd(state); due !== null && due <= now; due = nextEnd(state)) {
      take(settle(state, windows, toContext(options, due)), due);
    }
  }

  for (const { at, index, ends } of toMoments(calls)) {
    if (++done % PAUSE_EVERY === 0) yield;
    const call = calls[index];
    if (!call || at > to) continue;
    passTime(at);
    if (ends) {
      const generation = generations.get(index);
      if (generation === undefined) continue;
      generations.delete(index);
      take(decide(state, windows, toCall(call, generation), toContext(options, at)), at);
      continue;
    }
    if (!isSettled(state, at)) take(settle(state, windows, toContext(options, at)), at);
    const source = PASSIVE.has(call.source) ? call.source : "manual";
    const asked = { source, now: at, enabled: true, initialized: true, message: null, timeoutMs: call.durationMs };
    const { state: after, admission } = admit(state, asked);
    state = after;
    if (admission.allowed) generations.set(index, admission.generation);
  }
  passTime(to);
  if (restingSince !== null) counts.restedMs += Math.max(0, to - restingSince);
  return counts;
}

function countDecision(counts: DryRunCounts, { from, to }: Decision): void {
  if (from === "CLOSED" && to === "OPEN") counts.openings++;
  if (to === "AUTO_DISABLED" && from !== to) counts.autoDisables++;
  if (NOT_USABLE.has(to) && !NOT_USABLE.has(from)) counts.downs++;
}

/** Beginnings and ends in the order of time; of one instant ends first. */
function toMoments(calls: readonly RecordedCall[]): Moment[] {
  const moments = calls.flatMap(({ at, durationMs }, index) => [
    { at, index, ends: false },
    { at: at + durationMs, index, ends: true },
  ]);
  return moments.sort((a, b) => a.at - b.at || Number(b.ends) - Number(a.ends) || a.index - b.index);
}

function nextEnd({ circuit, hold, autoDisable }: EngineState): number | null {
  const ends = [circuit.until, hold?.until, autoDisable.until].flatMap((at) => at ?? []);
  return ends.length === 0 ? null : Math.min(...ends);
}

function toContext({ thresholds, pool, probeIntervalsMs }: DryRunOptions, now: number): StepContext {
  return {
    providerId: "",
    providerName: "",
    now,
    random: () => 0.5,
    thresholds,
    enabled: true,
    initialized: true,
    pool: () => pool,
    cutOff: false,
    inGrace: false,
    probeIntervalsMs,
  };
}

function toCall(call: RecordedCall, generation: number): ProviderCall {
  return {
    ...call,
    providerId: "",
    origin: "",
    startedAt: call.at,
    results: null,
    dropped: 0,
    relevance: null,
    message: null,
    retryAt: null,
    unreachable: false,
    generation,
    attempts: 1,
    requestId: null,
  };
}
