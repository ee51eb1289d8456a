import { distance } from "fastest-levenshtein";

export type AuthorRelation = "overlap" | "disjoint" | "unknown";

const NEAR_LENGTH_MIN = 8;

/**
 * How two lists of author keys stand to each other. Names in different scripts cannot be compared: 尾田栄一郎 and "eichiro oda" are
 * `unknown`, not `disjoint`. One wrong letter in a long name still is an overlap ("Hamaji" and "Hamazi").
 */
export function relateAuthors(a: readonly string[], b: readonly string[]): AuthorRelation {
  let comparable = false;
  for (const one of a) {
    for (const other of b) {
      if (one === other) return "overlap";
      if (isLatin(one) !== isLatin(other)) continue;
      comparable = true;
      if (isNear(one, other)) return "overlap";
    }
  }
  return comparable ? "disjoint" : "unknown";
}

function isNear(a: string, b: string): boolean {
  if (a.length < NEAR_LENGTH_MIN || b.length < NEAR_LENGTH_MIN || Math.abs(a.length - b.length) > 1) return false;
  return a.includes(" ") && b.includes(" ") && distance(a, b) <= 1;
}

function isLatin(name: string): boolean {
  return /\p{Script=Latin}/u.test(name);
}
