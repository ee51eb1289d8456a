import type { Admission, Source } from "@/lib/providers/provider";
import { isCredentialHold, RECHECK_MS } from "./hold";
import type { EngineState } from "./types";

const SHORTEST_TRIAL_MS = 60_000;
const SCHEDULED: ReadonlySet<Source> = new Set(["check", "probe", "canary"]);

export interface AdmissionRequest {
  source: Source;
  now: number;
  enabled: boolean;
  initialized: boolean;
  /** Why it could not be built. */
  message: string | null;
  /** How long the call may take, in ms. */
  timeoutMs: number;
}

/**
 * Whether a call may be made, asked right before it. Settle the state first. In HALF_OPEN an admitted call takes the one place for
 * a trial, until its sample comes, it is withdrawn, or its time is long over. A person's test passes all gates but the admin switch
 * and a provider that could not be built; scheduled probes pass the circuit and the automatic disabling.
 */
export function admit(engine: EngineState, request: AdmissionRequest): { state: EngineState; admission: Admission } {
  const refusal = refuse(engine, request);
  if (refusal) return { state: engine, admission: refusal };
  const admission: Admission = { allowed: true, generation: engine.circuit.generation };
  return { state: takePlaces(engine, request), admission };
}

/** The place for a trial, and the one re-check of an auth or config hold. */
function takePlaces(engine: EngineState, { source, now, timeoutMs }: AdmissionRequest): EngineState {
  const { circuit, hold } = engine;
  const trialExpiresAt = now + Math.max(SHORTEST_TRIAL_MS, timeoutMs);
  const tried = circuit.state === "CLOSED" ? engine : { ...engine, circuit: { ...circuit, trialExpiresAt } };
  if (!hold || !isCredentialHold(hold) || !SCHEDULED.has(source)) return tried;
  return { ...tried, hold: { ...hold, recheckAt: now + RECHECK_MS } };
}

type Refusal = Extract<Admission, { allowed: false }>;

function refuse(engine: EngineState, { source, enabled, initialized, message, now }: AdmissionRequest): Refusal | null {
  const { hold, circuit, autoDisable } = engine;
  if (!enabled) return refusal("disabled", "switched off by an admin", null);
  if (!initialized) return refusal("config", message ?? "its settings are incomplete", null);
  if (source === "manual") return null;
  const scheduled = SCHEDULED.has(source);
  if (hold && isCredentialHold(hold)) {
    if (scheduled && hold.recheckAt !== null && now >= hold.recheckAt) return null;
    const what = hold.kind === "auth" ? "its credentials were refused" : "its address or settings are wrong";
    return refusal("config", what, null);
  }
  if (autoDisable.since !== null && !scheduled) {
    return refusal("auto_disabled", "resting after many failures", autoDisable.until);
  }
  if (hold) {
    return refusal("hold", hold.kind === "quota" ? "its quota is used up" : "it asked for fewer calls", hold.until);
  }
  if (circuit.state === "OPEN" && !scheduled) return refusal("circuit", "resting after failures", circuit.until);
  if (circuit.state === "HALF_OPEN" && circuit.trialExpiresAt !== null) {
    return refusal("circuit", "being tried again, one call at a time", null);
  }
  return null;
}

function refusal(gate: Refusal["gate"], reason: string, until: number | null): Refusal {
  return { allowed: false, gate, reason, until };
}

/** An admitted call that was never made: its place is free again. */
export function withdraw(engine: EngineState, generation: number): EngineState {
  const { circuit } = engine;
  if (circuit.trialExpiresAt === null || circuit.generation !== generation) return engine;
  return { ...engine, circuit: { ...circuit, trialExpiresAt: null } };
}
