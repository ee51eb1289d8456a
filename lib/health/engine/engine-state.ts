import { notDisabled } from "./auto-disable";
import { newCircuit } from "./circuit";
import { newFigures } from "./figures";
import type { EngineState, ProbeState, Streak } from "./types";

/** A provider of which nothing is known yet. */
export function newEngineState(now: number): EngineState {
  return {
    circuit: newCircuit(),
    hold: null,
    unhintedHoldMs: null,
    credentialFailures: 0,
    autoDisable: notDisabled(),
    streak: noStreak(),
    recent: [],
    probe: noProbe(),
    lastOkAt: null,
    goodSince: null,
    lastCheck: null,
    lastError: null,
    shown: { state: "UNKNOWN", since: now },
    uptime: [{ at: now, kind: "unknown" }],
    figures: newFigures(),
  };
}

export function noStreak(): Streak {
  return { count: 0, firstAt: null, level: 1, connectionOnly: true };
}

export function noProbe(): ProbeState {
  return { failures: 0, dueAt: null, wanted: 0, canaryDoubted: false };
}
