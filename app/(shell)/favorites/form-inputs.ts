import { z } from "zod";
import { READING_STATUSES } from "@/lib/favorites/reading-status";
import { favoriteFieldsBody, TAG_CHARS_MAX, TAGS_MAX, tagNames } from "@/lib/favorites/wire";
import { formFlag, formList, formOptional } from "@/lib/http/form-fields";

const stars = z.coerce.number().pipe(favoriteFieldsBody.shape.rating.unwrap().unwrap());
const { shape } = favoriteFieldsBody;

/** Tags as a person writes them: "dark, long". Cut to what fits, since a refusal would cost the notes typed beside them. */
export const formTags = z
  .string()
  .transform((text) => text.split(",").map((name) => name.trim().slice(0, TAG_CHARS_MAX)))
  .transform((names) => names.filter(Boolean).slice(0, TAGS_MAX))
  .pipe(tagNames);

/** The fields of one favorite, all of them, as its form sends them. */
export const favoriteForm = z.object({
  titleId: z.string().min(1),
  next: z.string(),
  custom_title: shape.custom_title,
  rating: formOptional(stars),
  notes: shape.notes,
  tags: formTags,
  reading_status: formOptional(z.enum(READING_STATUSES)),
  progress: formOptional(z.coerce.number("A whole number of chapters.").pipe(shape.progress.unwrap().unwrap())),
});

export const BULK_ACTS = ["star", "unstar", "tag", "untag", "rate", "status", "delete"] as const;

/** A change of several favorites: those ticked, or all that the page's filter means. */
export const bulkForm = z.object({
  act: z.enum(BULK_ACTS),
  titles: formList(z.string().min(1)),
  scope: z.enum(["ticked", "matching"]).default("ticked"),
  /** The query string of the page. */
  filter: z.string().default(""),
  next: z.string(),
  tags: formTags.default([]),
  rating: formOptional(stars),
  reading_status: formOptional(z.enum(READING_STATUSES)),
  confirm: formFlag,
});
export type BulkForm = z.infer<typeof bulkForm>;
