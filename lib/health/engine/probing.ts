import type { EngineState, ProbeState } from "./types";

const AFTER_GOOD_MS = 5000;
/** Successes that end the trouble of a provider that was DOWN or rested. */
export const GOOD_PROBES = 3;
const JITTER = 0.1;

/** Within ±10 % of `ms`, for a random number of 0–1. */
export function withJitter(ms: number, random: number): number {
  return Math.round(ms * (1 + JITTER * (2 * random - 1)));
}

interface Timing {
  now: number;
  random: () => number;
  probeIntervalsMs: readonly number[];
}

/** The first probe of a new trouble, or the next one after a failed (`stepped`) probe. A passive failure moves no probe. */
export function probeAfterFailure(probe: ProbeState, stepped: boolean, timing: Timing): ProbeState {
  if (probe.dueAt !== null && !stepped) return probe;
  const failures = probe.dueAt === null ? 0 : probe.failures + 1;
  return { ...probe, failures, dueAt: timing.now + ladderMs(failures, timing) };
}

/** Trouble is over when nothing more is wanted; else the next one soon. */
export function probeAfterSuccess(engine: EngineState, inTrouble: boolean, now: number): ProbeState {
  const { probe } = engine;
  if (!inTrouble) return { ...probe, failures: 0, dueAt: null, wanted: 0 };
  return { ...probe, dueAt: now + AFTER_GOOD_MS };
}

/** A probe time that has passed becomes a later one, on the same step. */
export function probeAgainLater(probe: ProbeState, timing: Timing): ProbeState {
  if (probe.dueAt === null || probe.dueAt > timing.now) return probe;
  return { ...probe, dueAt: timing.now + ladderMs(probe.failures, timing) };
}

function ladderMs(failures: number, { random, probeIntervalsMs }: Timing): number {
  const step = probeIntervalsMs[Math.min(failures, probeIntervalsMs.length - 1)] ?? 0;
  return withJitter(step, random());
}
