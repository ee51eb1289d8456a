const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const FIRST_MS = 3 * SECOND_MS;
const JITTER = 0.1;

/** From the age of the message on: no longer than this between two attempts. */
const CAPS = [
  { fromMs: 0, capMs: MINUTE_MS },
  { fromMs: 15 * MINUTE_MS, capMs: 5 * MINUTE_MS },
  { fromMs: 2 * 60 * MINUTE_MS, capMs: 30 * MINUTE_MS },
] as const;

/** A message that could not be delivered for so long is given up. */
export const GIVE_UP_AFTER_MS = 24 * 60 * MINUTE_MS;

/**
 * How long to wait after the `attempts`th attempt of a message of this age failed: 3 s, then twice as long each time, up to a minute in
 * its first quarter of an hour, five minutes in its first two hours, half an hour after that; ±10 %. `random`: 0 ≤ x < 1.
 */
export function backoffMs(attempts: number, { ageMs, random }: { ageMs: number; random: number }): number {
  const capMs = CAPS.findLast(({ fromMs }) => ageMs >= fromMs)?.capMs ?? MINUTE_MS;
  const steps = Math.min(attempts, 30) - 1;
  return Math.min(FIRST_MS * 2 ** steps, capMs) * (1 - JITTER + 2 * JITTER * random);
}
