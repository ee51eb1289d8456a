/**
 * Reading answers by hand: where a page brings hundreds of small objects of which a few members are needed, a schema costs more than
 * all the rest of the mapping. Each of these takes anything and never throws.
 */
export type Members = Readonly<Record<string, unknown>>;

const NONE: Members = {};

/** The members of an object; none for anything else. */
export function toMembers(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : NONE;
}

/** A list; empty for anything that is none. */
export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text, or null for a value of another type. */
export function toText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** An id, which upstreams send as text or as a positive number, as text; null for anything else. */
export function toId(value: unknown): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) && value > 0 ? String(value) : null;
  return typeof value === "string" ? value.trim() || null : null;
}

/** The members of an object that are texts, as pairs; empty for anything else, an array for instance. */
export function toTexts(value: unknown): (readonly [key: string, text: string])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const pairs: (readonly [string, string])[] = [];
  const members = toMembers(value);
  for (const key of Object.keys(members)) {
    const text = members[key];
    if (typeof text === "string") pairs.push([key, text]);
  }
  return pairs;
}

/** The names of a list of objects that have one. */
export function toNames(value: unknown): string[] {
  return toList(value).flatMap((member) => toText(toMembers(member)["name"]) ?? []);
}
