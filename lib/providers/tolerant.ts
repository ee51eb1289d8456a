import { z } from "zod";

/** Null in place of a value that is missing or of another type than told. */
export function maybe<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullable().catch(null);
}

/** A list without its unreadable members; empty in place of anything that is no list. */
export function listOf<Schema extends z.ZodType>(schema: Schema) {
  return z
    .array(schema.nullable().catch(null))
    .catch([])
    .transform((members) => members.filter((member): member is NonNullable<z.output<Schema>> => member !== null));
}

/** An object of texts by key, without members of another type; empty in place of anything else, an array for instance. */
export const texts = z
  .record(z.string(), z.string().nullable().catch(null))
  .catch({})
  .transform((members) =>
    Object.entries(members).flatMap(([key, text]): [string, string][] => (text === null ? [] : [[key, text]])),
  );

/** A value of any type, which may be missing. */
export const anything = z.unknown().optional();

/** An id, which upstreams send as text or as a number; always a text here. */
export const idText = z.union([z.string().trim().min(1), z.int().positive().transform(String)]);
