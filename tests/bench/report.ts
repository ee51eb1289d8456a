/** The middle one; NaN of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Prints a finding with its verdict, which it gives back. */
export function say(text: string, good: boolean): boolean {
  console.log(`${good ? "ok  " : "MISS"} ${text}`);
  return good;
}
