import type { HoldKind } from "@/lib/health/health-view";
import type { EngineState, Hold } from "./types";

const FIRST_UNHINTED_MS = 60_000;
const LONGEST_UNHINTED_MS = 60 * 60_000;
/** No hint is believed further than this. */
const LONGEST_HINT_MS = 24 * 60 * 60_000;
export const RECHECK_MS = 12 * 60 * 60_000;
const CREDENTIAL_FAILURES = 2;

type Held = Pick<EngineState, "hold" | "unhintedHoldMs" | "credentialFailures">;

export function isCredentialHold(hold: Hold | null): boolean {
  return hold?.kind === "auth" || hold?.kind === "config";
}

/** Lets go of a hold whose instant has come. */
export function settleHold(hold: Hold | null, now: number): Hold | null {
  return hold !== null && hold.until !== null && now >= hold.until ? null : hold;
}

interface Throttling {
  kind: "throttled" | "quota";
  now: number;
  startedAt: number;
  /** What the provider asked for; null without a hint. */
  retryAt: number | null;
}

/**
 * Holds to the very instant that was asked for; without one 60 s, twice as long each time up to 1 h. Of several calls refused at
 * once only the first takes a step, and the latest instant asked for holds.
 */
export function throttle(held: Held, { kind, now, startedAt, retryAt }: Throttling): Held {
  if (isCredentialHold(held.hold)) return held;
  if (retryAt !== null) {
    const until = Math.min(retryAt, now + LONGEST_HINT_MS);
    if (until <= now || (held.hold?.hinted && (held.hold.until ?? 0) >= until)) return held;
    return { ...held, hold: { kind, since: held.hold?.since ?? now, until, recheckAt: null, hinted: true } };
  }
  if (held.hold !== null && startedAt <= held.hold.since) return held;
  const lengthMs = Math.min(LONGEST_UNHINTED_MS, held.unhintedHoldMs ? held.unhintedHoldMs * 2 : FIRST_UNHINTED_MS);
  const until = Math.max(held.hold?.until ?? 0, now + lengthMs);
  return {
    ...held,
    unhintedHoldMs: lengthMs,
    hold: { kind, since: now, until, recheckAt: null, hinted: held.hold?.hinted ?? false },
  };
}

/** Two refused credentials or bad addresses in a row hold until the settings change or a test passes. */
export function credentialsRefused(held: Held, kind: "auth" | "config", now: number): Held {
  const credentialFailures = held.credentialFailures + 1;
  if (credentialFailures < CREDENTIAL_FAILURES) return { ...held, credentialFailures };
  const since = isCredentialHold(held.hold) ? (held.hold?.since ?? now) : now;
  const hold: Hold = { kind, since, until: null, recheckAt: now + RECHECK_MS, hinted: false };
  return { ...held, credentialFailures, hold };
}

/** A success ends the count of refusals, and an auth or config hold that stood before the call began. */
export function accepted(held: Held, startedAt: number): Held {
  const lifted = held.hold !== null && isCredentialHold(held.hold) && startedAt >= held.hold.since;
  return { hold: lifted ? null : held.hold, unhintedHoldMs: null, credentialFailures: 0 };
}

/** The longest that a hold of this kind may still last; null when it has no end of its own. */
export function longestHoldMs(kind: HoldKind, hinted: boolean): number | null {
  if (kind === "auth" || kind === "config") return null;
  return hinted ? LONGEST_HINT_MS : LONGEST_UNHINTED_MS;
}
