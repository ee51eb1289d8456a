/** Numbers of decisions are made of the time, so many to a millisecond: they rise over restarts and instances without asking anyone. */
export const EVENT_IDS_PER_MS = 1000;

/** `random`: 0 ≤ x < 1; keeps instances apart that decide in the same millisecond. */
export function nextEventId(last: number, { now, random }: { now: number; random: number }): number {
  return Math.max(last + 1, Math.floor((now + random) * EVENT_IDS_PER_MS));
}
