import { z } from "zod";
import { CONTENT_RATINGS, TITLE_KINDS, WORK_STATUSES, WORK_TYPES } from "@/lib/providers/work";

const ENTITY = /&(?:amp|lt|gt|quot|apos|nbsp|hellip|[mn]dash|#\d+|#x[\da-f]+);/i;
const TAG = /<\/?(?:a|b|br|div|em|i|li|p|script|span|strong|ul)(?:\s[^<>]*)?\/?>/i;

/** Titles may hold angle brackets of their own, so only entities give them away. */
const line = z
  .string()
  .min(1)
  .max(500)
  .refine((text) => text === text.trim() && !/[\n\r\t]/.test(text), "one trimmed line")
  .refine((text) => !ENTITY.test(text), "no entities");
const plainText = z
  .string()
  .min(1)
  .max(4000)
  .refine((text) => !ENTITY.test(text) && !TAG.test(text), "plain text");
const languageTag = z.string().refine((tag) => Intl.getCanonicalLocales(tag)[0] === tag, "a canonical BCP 47 tag");
const webUrl = z
  .string()
  .refine((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), "an absolute address");
const number = z.string().regex(/^[1-9]\d*$/);
const distinct = (texts: readonly string[]) => new Set(texts).size === texts.length;
const lines = z.array(line).refine(distinct, "no repeats");

/** What every record of every adapter must be, whatever its upstream sent. */
export const workRecordSchema = z.strictObject({
  externalId: z.string().trim().min(1),
  titles: z
    .array(z.strictObject({ text: line, lang: languageTag.nullable(), kind: z.enum(TITLE_KINDS) }))
    .min(1)
    .refine(([first]) => first?.kind === "main", "the first is the main one")
    .refine((titles) => titles.filter(({ kind }) => kind === "main").length === 1, "one main title")
    .refine((titles) => distinct(titles.map(({ text }) => text)), "no repeats"),
  type: z.enum(WORK_TYPES),
  year: z.int().min(1800).max(2099).nullable(),
  status: z.enum(WORK_STATUSES),
  authors: lines,
  description: plainText.nullable(),
  coverUrl: webUrl.nullable(),
  contentRating: z.enum(CONTENT_RATINGS),
  tags: lines,
  languages: z.array(languageTag).refine(distinct, "no repeats"),
  ids: z.strictObject({
    mal: number.optional(),
    al: number.optional(),
    kt: number.optional(),
    mu: number.optional(),
    md: z.uuid().optional(),
    ol: z
      .string()
      .regex(/^OL\d+W$/)
      .optional(),
    tmdb: z
      .string()
      .regex(/^(?:movie|tv)\/[1-9]\d*$/)
      .optional(),
    imdb: z
      .string()
      .regex(/^tt\d+$/)
      .optional(),
  }),
  url: webUrl.nullable(),
});
