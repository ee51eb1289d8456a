import {
  CONTENT_RATINGS,
  type ContentRating,
  WORK_STATUSES,
  WORK_TYPES,
  type WorkStatus,
  type WorkType,
} from "@/lib/providers/work";
import { kindOfType, SEARCH_KINDS, type SearchKind, typesOf } from "@/lib/search/search-kind";

const QUERY_CHARS_MAX = 500;
const YEAR = /^[12]\d{3}$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** What the address of the search page says. Lists are empty for "all". */
export interface SearchPageParams {
  q: string;
  /** The tab: what is searched for. */
  kind: SearchKind;
  providers: readonly string[];
  /** Of the kind. */
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

type SearchHref = "/" | `/?${string}`;
type Raw = Readonly<Record<string, string | string[] | undefined>>;

/** From an address that anybody may have typed: what makes no sense is left out, never an error page. */
export function parseSearchParams(raw: Raw): SearchPageParams {
  const year = one(raw, "year");
  const types = known(many(raw, "type"), WORK_TYPES);
  const [named = types[0] ? kindOfType(types[0]) : SEARCH_KINDS[0]] = known(many(raw, "kind"), SEARCH_KINDS);
  return {
    q: one(raw, "q").slice(0, QUERY_CHARS_MAX),
    kind: named,
    providers: many(raw, "providers"),
    types: types.filter((type) => kindOfType(type) === named),
    languages: many(raw, "language").filter((tag) => LANGUAGE.test(tag)),
    year: YEAR.test(year) ? Number(year) : null,
    statuses: known(many(raw, "status"), WORK_STATUSES),
    ratings: known(many(raw, "rating"), CONTENT_RATINGS),
    page: Math.min(100, Math.max(1, Number.parseInt(one(raw, "page"), 10) || 1)),
    plain: one(raw, "plain") === "1",
    retry: one(raw, "retry") || null,
  };
}

/** The types that a search for these parameters asks for; none means works of every type. */
export function toWantedTypes({ kind, types }: Pick<SearchPageParams, "kind" | "types">): readonly WorkType[] {
  return types.length > 0 || kind === "works" ? types : typesOf(kind);
}

/** The query string of the search API for these parameters: `q=…&type=…`. */
export function toApiQuery(params: SearchPageParams): string {
  return toQuery({ ...params, types: toWantedTypes(params) }, []);
}

/** The address of the page for these parameters. */
export function toSearchHref(params: SearchPageParams): SearchHref {
  const kind: [string, string][] = params.kind === "works" ? [] : [["kind", params.kind]];
  return `/?${toQuery(params, kind)}${params.plain ? "&plain=1" : ""}`;
}

/** The same query, without its filters, in each of the tabs. */
export function toTabHrefs({ q, plain }: Pick<SearchPageParams, "q" | "plain">): Record<SearchKind, SearchHref> {
  const toHref = (kind: SearchKind): SearchHref => {
    if (q !== "") return toSearchHref({ ...parseSearchParams({ q, kind }), plain });
    return kind === "works" ? "/" : `/?kind=${kind}`;
  };
  return { works: toHref("works"), films: toHref("films"), subtitles: toHref("subtitles"), models: toHref("models") };
}

function toQuery(params: SearchPageParams, first: readonly [string, string][]): string {
  const entries: [string, string][] = [...first, ["q", params.q]];
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
