import type { AutoDisable, DisablePool } from "./types";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const REPEAT_MS = 24 * HOUR_MS;
/** From the second disabling within a day on; the first lasts the configured cooldown. */
const LADDER_HOURS = [1, 3, 6, 12, 24];
const STREAK_PER_FAILURE_THRESHOLD = 2;

export function notDisabled(): AutoDisable {
  return { since: null, until: null, level: 0, lastAt: null, healthySince: null, withheld: null };
}

/** Failures in a row that lead to it: twice what opens the circuit. */
export function autoDisableAfter(circuitFailureThreshold: number): number {
  return STREAK_PER_FAILURE_THRESHOLD * circuitFailureThreshold;
}

/** One step up the ladder of repeats within 24 h, less one step per hour that it was well between. */
export function disable(state: AutoDisable, now: number, cooldownMs: number): AutoDisable {
  const level = Math.min(LADDER_HOURS.length + 1, levelNow(state, now) + 1);
  return {
    since: now,
    until: now + disabledMs(level, cooldownMs),
    level,
    lastAt: now,
    healthySince: null,
    withheld: null,
  };
}

/** How long a disabling of this level lasts, in ms. */
export function disabledMs(level: number, cooldownMs: number): number {
  const hours = LADDER_HOURS[level - 2];
  return hours === undefined ? cooldownMs : Math.max(cooldownMs, hours * HOUR_MS);
}

/** The level that counts for the next disabling. */
export function levelNow(state: AutoDisable, now: number): number {
  if (state.lastAt === null || now - state.lastAt > REPEAT_MS) return 0;
  const healthyHours = state.healthySince === null ? 0 : Math.floor((now - state.healthySince) / HOUR_MS);
  return Math.max(0, state.level - Math.max(0, healthyHours));
}

export function settleAutoDisable(state: AutoDisable, now: number): AutoDisable {
  return state.until !== null && now >= state.until ? release(state) : state;
}

/** Back in use; the level stays for a repeat. */
export function release(state: AutoDisable): AutoDisable {
  return { ...state, since: null, until: null, withheld: null };
}

/** Back in use by a person: should it fail again, that is the same level over again and not the next. */
export function releaseByHand(state: AutoDisable, now: number): AutoDisable {
  const disabled = state.since !== null;
  return { ...release(state), level: Math.max(0, levelNow(state, now) - (disabled ? 1 : 0)), healthySince: null };
}

/** At most the given share of the enabled ones may be disabled at once, and never the last one in use. */
export function poolAllows({ enabled, autoDisabled, maxPercent }: DisablePool): boolean {
  const after = autoDisabled + 1;
  return after <= (enabled * maxPercent) / 100 && enabled - after >= 1;
}
