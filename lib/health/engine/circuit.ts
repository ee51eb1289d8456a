import type { Operation } from "@/lib/providers/provider";
import type { Circuit, EvidenceLevel, RecentOutcome, Thresholds } from "./types";

const LONGEST_REST_MS = 5 * 60_000;
const JITTER = 0.1;
const FAILURE_RATE = 0.5;
/** How long outcomes count for the failure rate. */
const RECENT_MS = 5 * 60_000;

export function newCircuit(): Circuit {
  return {
    state: "CLOSED",
    generation: 1,
    openedAt: null,
    until: null,
    openings: 0,
    trialSuccesses: 0,
    trialExpiresAt: null,
    openedBy: null,
    requiredLevel: 1,
  };
}

/** OPEN becomes HALF_OPEN when its rest is over; a trial that never came back gives its place free. */
export function settleCircuit(circuit: Circuit, now: number): Circuit {
  if (circuit.state === "OPEN" && circuit.until !== null && now >= circuit.until) return halfOpen(circuit);
  if (circuit.trialExpiresAt !== null && now >= circuit.trialExpiresAt) return { ...circuit, trialExpiresAt: null };
  return circuit;
}

export function halfOpen(circuit: Circuit): Circuit {
  return { ...circuit, state: "HALF_OPEN", until: null, trialSuccesses: 0, trialExpiresAt: null };
}

interface Opening {
  now: number;
  random: number;
  recoveryTimeoutMs: number;
  openedBy: Operation;
  requiredLevel: EvidenceLevel;
}

/** One step, however many failures come at once: rest × 2 per opening without a closing between, to 5 min, ±10 %. */
export function openCircuit(circuit: Circuit, opening: Opening): Circuit {
  const jitter = 1 + JITTER * (2 * opening.random - 1);
  // A re-opening by a mere ping must not make the circuit easier to close than what opened it.
  const provedMore = circuit.requiredLevel > opening.requiredLevel;
  return {
    state: "OPEN",
    generation: circuit.generation + 1,
    openedAt: opening.now,
    until: opening.now + Math.round(restMs(circuit.openings + 1, opening.recoveryTimeoutMs) * jitter),
    openings: circuit.openings + 1,
    trialSuccesses: 0,
    trialExpiresAt: null,
    openedBy: provedMore ? circuit.openedBy : opening.openedBy,
    requiredLevel: provedMore ? circuit.requiredLevel : opening.requiredLevel,
  };
}

/** Rest of the nth opening in ms, before jitter. */
export function restMs(openings: number, recoveryTimeoutMs: number): number {
  const longest = Math.max(LONGEST_REST_MS, recoveryTimeoutMs);
  return Math.min(longest, recoveryTimeoutMs * 2 ** Math.max(0, openings - 1));
}

/** The longest that a rest may still last, jitter included. */
export function longestRestMs(openings: number, recoveryTimeoutMs: number): number {
  return restMs(openings, recoveryTimeoutMs) * (1 + JITTER);
}

export function closeCircuit(circuit: Circuit): Circuit {
  return { ...newCircuit(), generation: circuit.generation + 1 };
}

/** A new beginning by a person: trials at once, and nothing that started before counts. */
export function resetCircuit(circuit: Circuit): Circuit {
  return { ...halfOpen({ ...circuit, requiredLevel: 1 }), generation: circuit.generation + 1, openings: 0 };
}

/**
 * A success while not CLOSED: the first that comes during the rest ends it, and enough of them close the circuit. One that proves
 * less than what opened it changes nothing.
 */
export function trialSucceeded(circuit: Circuit, level: EvidenceLevel, successThreshold: number): Circuit {
  if (circuit.state === "CLOSED" || level < circuit.requiredLevel) return circuit;
  const trying = circuit.state === "OPEN" ? halfOpen(circuit) : circuit;
  const trialSuccesses = trying.trialSuccesses + 1;
  return trialSuccesses >= successThreshold ? closeCircuit(trying) : { ...trying, trialSuccesses };
}

/** At least half of at least `circuitMinRequests` outcomes failed, among the last `circuitWindow` not older than 5 min. */
export function failureRateReached(recent: readonly RecentOutcome[], thresholds: Thresholds, now: number): boolean {
  const fresh = freshOutcomes(recent, thresholds, now);
  const failed = fresh.filter((outcome) => outcome.failed).length;
  return fresh.length >= thresholds.circuitMinRequests && failed >= fresh.length * FAILURE_RATE;
}

export function freshOutcomes(
  recent: readonly RecentOutcome[],
  thresholds: Thresholds,
  now: number,
): readonly RecentOutcome[] {
  return recent.slice(-thresholds.circuitWindow).filter((outcome) => now - outcome.at <= RECENT_MS);
}
