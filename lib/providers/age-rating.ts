import type { ContentRating } from "./work";

/** The neutral rating for the age from which a work is meant to be read. */
export function toAgeRating(age: number | null): ContentRating {
  if (age === null) return "unknown";
  if (age >= 18) return "erotica";
  return age >= 16 ? "suggestive" : "safe";
}
