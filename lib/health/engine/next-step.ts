import type { NextStep } from "@/lib/health/health-view";
import { isCredentialHold } from "./hold";
import type { EngineState } from "./types";

/** What the engine itself does or allows next; null when nothing is pending (the scheduler knows of the routine check). */
export function nextStep({ hold, circuit, probe }: EngineState): NextStep | null {
  if (hold && isCredentialHold(hold)) return hold.recheckAt === null ? null : { kind: "check", at: hold.recheckAt };
  if (hold?.until) return { kind: "release", at: hold.until };
  const trial = circuit.state === "OPEN" ? circuit.until : null;
  if (probe.dueAt !== null && (trial === null || probe.dueAt <= trial)) return { kind: "probe", at: probe.dueAt };
  return trial === null ? null : { kind: "trial", at: trial };
}
