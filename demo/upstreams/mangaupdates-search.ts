import { z } from "zod";
import type { Work } from "../catalogue/work";
import { genresOf, isComplete, typeOf, yearTextOf } from "./mangaupdates-series";

const FILTERS = ["scanlated", "completed", "oneshots", "no_oneshots", "some_releases", "no_releases"] as const;
const ORDERS = [
  ...["score", "title", "rank", "rating", "year", "date_added", "week_pos", "month1_pos", "month3_pos", "month6_pos"],
  ...["year_pos", "list_reading", "list_wish", "list_complete", "list_unfinished"],
] as const;

/** The body of POST /series/search. */
export const seriesSearchSchema = z.strictObject({
  search: z.string().optional(),
  added_by: z.number().int().optional(),
  stype: z.enum(["title", "description"]).optional(),
  licensed: z.enum(["yes", "no"]).optional(),
  type: z.array(z.string()).optional(),
  year: z.string().optional(),
  filter_types: z.array(z.string()).optional(),
  category: z.array(z.string()).optional(),
  pubname: z.string().optional(),
  filter: z.enum(FILTERS).optional(),
  filters: z.array(z.enum(FILTERS)).optional(),
  list: z.string().optional(),
  page: z.number().int().min(1).optional(),
  perpage: z.number().int().min(1).optional(),
  letter: z.string().max(1).optional(),
  genre: z.array(z.string()).optional(),
  exclude_genre: z.array(z.string()).optional(),
  orderby: z.enum(ORDERS).optional(),
  pending: z.boolean().optional(),
  include_rank_metadata: z.boolean().optional(),
  exclude_filtered_genres: z.boolean().optional(),
});
export type SeriesSearch = z.infer<typeof seriesSearchSchema>;

/** `type` names what is wanted, `filter_types` what is not. */
export function matchesSearch(work: Work, wanted: SeriesSearch): boolean {
  const genres = genresOf(work);
  const filters = [...(wanted.filters ?? []), ...(wanted.filter ? [wanted.filter] : [])];
  return (
    (wanted.type === undefined || wanted.type.includes(typeOf(work))) &&
    !wanted.filter_types?.includes(typeOf(work)) &&
    (wanted.genre ?? []).every((genre) => genres.includes(genre)) &&
    !(wanted.exclude_genre ?? []).some((genre) => genres.includes(genre)) &&
    (wanted.year === undefined || yearTextOf(work).startsWith(wanted.year)) &&
    (wanted.letter === undefined || work.romaji.toLowerCase().startsWith(wanted.letter.toLowerCase())) &&
    (!filters.includes("completed") || isComplete(work)) &&
    (!filters.includes("oneshots") || work.type === "one_shot") &&
    (!filters.includes("no_oneshots") || work.type !== "one_shot")
  );
}
