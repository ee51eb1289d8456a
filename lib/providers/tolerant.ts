import { z } from "zod";

/** Null in place of a value that is missing or of another type than told. */
export function maybe<Schema extends z.ZodType>(schema: Schema) {
  // The default spares a missing member the making of an error, which is most of the cost of a parse.
  return schema.nullable().default(null).catch(null);
}

/** A list without its unreadable members; empty in place of anything that is no list. */
export function listOf<Schema extends z.ZodType>(schema: Schema) {
  return z
    .array(schema.nullable().catch(null))
    .catch([])
    .transform((members) => members.filter((member): member is NonNullable<z.output<Schema>> => member !== null));
}

/** An object of texts by key, as pairs, without members of another type; empty in place of anything else, an array for instance. */
export const texts = z
  .unknown()
  .optional()
  .transform((value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === "string")
      : [],
  );

/** A value of any type, which may be missing. */
export const anything = z.unknown().optional();

/** An id, which upstreams send as text or as a number; always a text here. */
export const idText = z.union([z.string().trim().min(1), z.int().positive().transform(String)]);
