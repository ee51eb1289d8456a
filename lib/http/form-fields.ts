import { z } from "zod";

/** A checkbox: there when ticked, absent when not. */
export const formFlag = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

/** Several checkboxes of one name: none, one or many of them. */
export function formList<Item extends z.ZodType>(item: Item) {
  return z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(item));
}

/** A field whose empty text means "none". */
export function formOptional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === "" || value === undefined ? null : value), schema.nullable());
}
