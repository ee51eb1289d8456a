import {
  CONTENT_RATINGS,
  type ContentRating,
  WORK_STATUSES,
  WORK_TYPES,
  type WorkStatus,
  type WorkType,
} from "@/lib/providers/work";

const QUERY_CHARS_MAX = 500;
const YEAR = /^[12]\d{3}$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** What the address of the search page says. Lists are empty for "all". */
export interface SearchPageParams {
  q: string;
  providers: readonly string[];
  types: readonly WorkType[];
  languages: readonly string[];
  year: number | null;
  statuses: readonly WorkStatus[];
  ratings: readonly ContentRating[];
  page: number;
  /** Wait at the server and send what arrived: for browsers without script. */
  plain: boolean;
  /** Plain page only: the provider to ask anew. */
  retry: string | null;
}

type Raw = Readonly<Record<string, string | string[] | undefined>>;

/** From an address that anybody may have typed: what makes no sense is left out, never an error page. */
export function parseSearchParams(raw: Raw): SearchPageParams {
  const year = one(raw, "year");
  return {
    q: one(raw, "q").slice(0, QUERY_CHARS_MAX),
    providers: many(raw, "providers"),
    types: known(many(raw, "type"), WORK_TYPES),
    languages: many(raw, "language").filter((tag) => LANGUAGE.test(tag)),
    year: YEAR.test(year) ? Number(year) : null,
    statuses: known(many(raw, "status"), WORK_STATUSES),
    ratings: known(many(raw, "rating"), CONTENT_RATINGS),
    page: Math.min(100, Math.max(1, Number.parseInt(one(raw, "page"), 10) || 1)),
    plain: one(raw, "plain") === "1",
    retry: one(raw, "retry") || null,
  };
}

/** The query string of the search API for these parameters: `q=…&type=…`. */
export function toApiQuery(params: SearchPageParams): string {
  const entries: [string, string][] = [["q", params.q]];
  const add = (name: string, values: readonly string[]) => {
    if (values.length > 0) entries.push([name, values.join(",")]);
  };
  add("providers", params.providers);
  add("type", params.types);
  add("language", params.languages);
  add("status", params.statuses);
  add("rating", params.ratings);
  if (params.year !== null) entries.push(["year", String(params.year)]);
  if (params.page > 1) entries.push(["page", String(params.page)]);
  return new URLSearchParams(entries).toString();
}

/** The address of the page for these parameters. */
export function toSearchHref(params: SearchPageParams): string {
  return `/?${toApiQuery(params)}${params.plain ? "&plain=1" : ""}`;
}

/** How many filters are set; for the word on the button that opens them. */
export function countFilters({ providers, types, languages, year, statuses, ratings }: SearchPageParams): number {
  return [providers, types, languages, statuses, ratings].filter((list) => list.length > 0).length + (year ? 1 : 0);
}

function one(raw: Raw, name: string): string {
  const value = raw[name];
  return (Array.isArray(value) ? value[0] : value)?.trim() ?? "";
}

/** Repeated (`type=manga&type=novel`, as a form sends it) or with commas (as we write it). */
function many(raw: Raw, name: string): string[] {
  const values = [raw[name] ?? []].flat().flatMap((value) => value.split(","));
  return [...new Set(values.map((value) => value.trim()).filter(Boolean))];
}

function known<Value extends string>(values: readonly string[], all: readonly Value[]): Value[] {
  return all.filter((value) => values.includes(value));
}
