import type { Work } from "../catalogue/work";
import { slugOf, startDateOf, statusOf, subtypeOf } from "./kitsu-manga";

export interface KitsuProblem {
  title: string;
  detail: string;
  code: string;
}

const LARGEST_PAGE = 20;
const INCLUDES = ["categories", "genres", "staff", "staff.person", "mappings"];
const TYPES = ["manga", "categories", "genres", "mediaStaff", "people", "mappings"];
const SUBTYPES = ["manga", "novel", "manhua", "manhwa", "oneshot", "doujin", "oel"];
const STATUSES = ["current", "finished", "tba", "unreleased", "upcoming"];

const SORTS: Readonly<Record<string, (work: Work) => number | string>> = {
  id: (work) => work.ids.kt,
  slug: slugOf,
  canonicalTitle: (work) => work.romaji,
  startDate: (work) => startDateOf(work) ?? "",
  averageRating: (work) => work.score,
  userCount: (work) => work.score,
  popularityRank: (work) => -work.score,
  ratingRank: (work) => -work.score,
};

type Filter = (work: Work, values: readonly string[]) => boolean;

/** `filter[text]` is the search itself. */
const FILTERS: Readonly<Record<string, Filter>> = {
  text: () => true,
  id: (work, ids) => ids.includes(String(work.ids.kt)),
  slug: (work, slugs) => slugs.includes(slugOf(work)),
  subtype: (work, subtypes) => subtypes.includes(subtypeOf(work)),
  status: (work, statuses) => statuses.includes(statusOf(work)),
  categories: (work, slugs) =>
    slugs.every((slug) => work.tags.some((tag) => tag.toLowerCase().replace(/ /g, "-") === slug)),
  year: (work, [range = ""]) => inRange(work.year, range),
  averageRating: (work, [range = ""]) => inRange(work.score * 100, range),
};

const ALLOWED_VALUES: Readonly<Record<string, readonly string[]>> = { subtype: SUBTYPES, status: STATUSES };

/** Ruby's spelling: `2015..2020`, `2015..`, `..2020`, `2015`. */
function inRange(value: number, range: string): boolean {
  const [from = "", to = from] = range.split("..");
  return value >= Number(from || Number.NEGATIVE_INFINITY) && value <= Number(to || Number.POSITIVE_INFINITY);
}

/** Whether a work passes every filter of the query. */
export function filtersOf(query: URLSearchParams): (work: Work) => boolean {
  const filters = [...query].flatMap(([name, value]) => {
    const filter = FILTERS[/^filter\[(.+)\]$/.exec(name)?.[1] ?? ""];
    return filter ? [(work: Work) => filter(work, value.split(","))] : [];
  });
  return (work) => filters.every((passes) => passes(work));
}

export function sortWorks(works: Work[], sort: string | null): Work[] {
  const [first = ""] = (sort ?? "").split(",");
  const key = SORTS[first.replace(/^-/, "")];
  if (!key) return works;
  const sign = first.startsWith("-") ? -1 : 1;
  return works.toSorted((one, other) => (key(one) < key(other) ? -sign : sign));
}

/** The first parameter that JSON:API would refuse, with its code; null when all are in order. */
export function checkKitsuQuery(query: URLSearchParams): KitsuProblem | null {
  for (const [name, value] of query) {
    const [, family = name, member = null] = /^(\w+)(?:\[(.*)\])?$/.exec(name) ?? [];
    const problem = checkParameter(family, member, value);
    if (problem) return problem;
  }
  return null;
}

function checkParameter(family: string, member: string | null, value: string): KitsuProblem | null {
  switch (family) {
    case "filter":
      return checkFilter(member ?? "", value);
    case "page":
      return checkPage(member ?? "", value);
    case "fields":
      return TYPES.includes(member ?? "")
        ? null
        : refused("Invalid resource", `${member} is not a valid resource.`, "101");
    case "include": {
      const unknown = value.split(",").find((path) => !INCLUDES.includes(path));
      return unknown === undefined
        ? null
        : refused("Invalid field", `${unknown} is not a valid includable relationship of manga`, "112");
    }
    case "sort": {
      const unknown = value.split(",").find((key) => !SORTS[key.replace(/^-/, "")]);
      return unknown === undefined
        ? null
        : refused("Invalid sort criteria", `${unknown} is not a valid sort criteria for manga`, "114");
    }
    default:
      return refused("Param not allowed", `${family} is not allowed.`, "105");
  }
}

function checkFilter(name: string, value: string): KitsuProblem | null {
  if (!FILTERS[name]) return refused("Filter not allowed", `${name} is not allowed.`, "102");
  const allowed = ALLOWED_VALUES[name];
  const wrong = allowed && value.split(",").find((part) => !allowed.includes(part));
  return wrong === undefined
    ? null
    : refused("Invalid filter value", `${wrong} is not a valid value for ${name}.`, "107");
}

function checkPage(name: string, value: string): KitsuProblem | null {
  if (name !== "limit" && name !== "offset")
    return refused("Page parameter not allowed", `${name} is not an allowed page parameter.`, "105");
  const number = /^\d+$/.test(value) ? Number(value) : -1;
  if (number < 0 || (name === "limit" && number === 0)) {
    return refused("Invalid page value", `${value} is not a valid value for ${name} page parameter.`, "118");
  }
  if (name === "offset" || number <= LARGEST_PAGE) return null;
  return refused("Invalid page value", `Limit exceeds maximum page size of ${LARGEST_PAGE}.`, "118");
}

function refused(title: string, detail: string, code: string): KitsuProblem {
  return { title, detail, code };
}
