import { z } from "zod";
import { PROVIDER_STATES } from "@/lib/health/health-view";
import { OUTCOME_CLASSES } from "@/lib/providers/outcome";
import { OPERATIONS } from "@/lib/providers/provider";
import { disabledMs } from "./auto-disable";
import { longestRestMs } from "./circuit";
import { longestHoldMs, RECHECK_MS } from "./hold";
import { withJitter } from "./probing";
import type { EngineState, Thresholds } from "./types";
import { markUptime } from "./uptime";

const LONGEST_PROBE_MS = 240_000;

const instant = z.number();
const level = z.union([z.literal(1), z.literal(2)]);
const count = z.number().int().min(0);

const engineStateSchema = z.object({
  circuit: z.object({
    state: z.enum(["CLOSED", "OPEN", "HALF_OPEN"]),
    generation: count,
    openedAt: instant.nullable(),
    until: instant.nullable(),
    openings: count,
    trialSuccesses: count,
    trialExpiresAt: instant.nullable(),
    openedBy: z.enum(OPERATIONS).nullable(),
    requiredLevel: level,
  }),
  hold: z
    .object({
      kind: z.enum(["throttled", "quota", "auth", "config"]),
      since: instant,
      until: instant.nullable(),
      recheckAt: instant.nullable(),
      hinted: z.boolean(),
    })
    .nullable(),
  unhintedHoldMs: z.number().nullable(),
  credentialFailures: count,
  autoDisable: z.object({
    since: instant.nullable(),
    until: instant.nullable(),
    level: count,
    lastAt: instant.nullable(),
    healthySince: instant.nullable(),
    withheld: z.enum(["share", "grace"]).nullable(),
  }),
  streak: z.object({ count, firstAt: instant.nullable(), level, connectionOnly: z.boolean() }),
  recent: z.array(z.object({ at: instant, failed: z.boolean(), level })),
  probe: z.object({ failures: count, dueAt: instant.nullable(), wanted: count, canaryDoubted: z.boolean() }),
  lastOkAt: instant.nullable(),
  goodSince: instant.nullable(),
  lastCheck: z.object({ at: instant, durationMs: z.number(), class: z.enum(OUTCOME_CLASSES) }).nullable(),
  lastError: z
    .object({
      at: instant,
      class: z.enum(OUTCOME_CLASSES),
      message: z.string(),
      durationMs: z.number(),
      httpStatus: z.number().nullable(),
    })
    .nullable(),
  shown: z.object({ state: z.enum(PROVIDER_STATES), since: instant }),
  uptime: z.array(z.object({ at: instant, kind: z.enum(["up", "down", "unknown"]) })),
});

/** Everything but the lifetime figures, which have columns of their own. */
export type StoredEngineState = Omit<EngineState, "figures">;

export function serializeState({ figures: _figures, ...stored }: EngineState): string {
  return JSON.stringify(stored satisfies StoredEngineState);
}

/** The state as it was stored, or null when the text cannot be read (another version wrote it). */
export function parseState(text: string): StoredEngineState | null {
  try {
    return engineStateSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

interface Restart {
  now: number;
  /** When the state was last written: what came after is unknown time. */
  storedAt: number;
  thresholds: Thresholds;
}

/**
 * Takes a stored state up again. Nothing may last longer than its own rule allows, counted from now, whatever the clock did; a
 * running trial did not survive; the time in between counts as unknown.
 */
export function resumeState(stored: StoredEngineState, { now, storedAt, thresholds }: Restart): StoredEngineState {
  const { circuit, hold, autoDisable, probe, streak } = stored;
  const within = (at: number | null, longestMs: number) => (at === null ? null : Math.min(at, now + longestMs));
  const disabledFor = disabledMs(autoDisable.level, thresholds.autoDisableCooldownMs);
  const disabledUntil = within(autoDisable.until, disabledFor);
  const restMs = longestRestMs(circuit.openings, thresholds.circuitRecoveryTimeoutMs);
  const holdMs = hold && longestHoldMs(hold.kind, hold.hinted);
  const alive = Math.min(storedAt, now);
  const uptime = stored.uptime.filter((mark) => mark.at <= now);
  return {
    ...stored,
    circuit: {
      ...circuit,
      openedAt: within(circuit.openedAt, 0),
      until: within(circuit.until, autoDisable.since === null ? restMs : disabledFor),
      trialExpiresAt: null,
    },
    hold: hold && {
      ...hold,
      since: Math.min(hold.since, now),
      until: holdMs === null ? hold.until : within(hold.until, holdMs),
      recheckAt: within(hold.recheckAt, RECHECK_MS),
    },
    autoDisable: {
      ...autoDisable,
      since: within(autoDisable.since, 0),
      until: disabledUntil,
      lastAt: within(autoDisable.lastAt, 0),
      healthySince: within(autoDisable.healthySince, 0),
    },
    probe: { ...probe, dueAt: within(probe.dueAt, withJitter(LONGEST_PROBE_MS, 1)) },
    streak: { ...streak, firstAt: within(streak.firstAt, 0) },
    recent: stored.recent.map((outcome) => ({ ...outcome, at: Math.min(outcome.at, now) })),
    lastOkAt: within(stored.lastOkAt, 0),
    goodSince: null,
    shown: { ...stored.shown, since: Math.min(stored.shown.since, now) },
    uptime: markUptime(uptime, alive, "unknown"),
  };
}
