import { createHash } from "node:crypto";

/** The same 32-bit number for the same words on every run and machine. */
export function hash(...words: readonly (string | number)[]): number {
  return createHash("sha256").update(words.join("\u0000")).digest().readUInt32BE(0);
}

/** True for about `percent` of all words. */
export function chance(percent: number, ...words: readonly (string | number)[]): boolean {
  return hash(...words) % 10_000 < percent * 100;
}

export function hashUuid(...words: readonly string[]): string {
  const hex = createHash("sha256").update(words.join("\u0000")).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
