import { GraphQLError } from "graphql";
import type { Shelf } from "../catalogue/shelf";
import type { Work } from "../catalogue/work";
import { countryOf, formatOf, GENRES, isAdult, linkedMal, startYearOf, statusOf } from "./anilist-media";

const LARGEST_PAGE = 50;
const REACHABLE_ITEMS = 5_000;

export interface MediaArguments {
  id?: number;
  idMal?: number;
  id_in?: number[];
  id_not_in?: number[];
  idMal_in?: number[];
  search?: string | null;
  type?: string;
  format?: string;
  format_in?: string[];
  format_not?: string;
  format_not_in?: string[];
  status?: string;
  status_in?: string[];
  status_not?: string;
  status_not_in?: string[];
  isAdult?: boolean;
  genre?: string;
  genre_in?: string[];
  genre_not_in?: string[];
  tag?: string;
  tag_in?: string[];
  tag_not_in?: string[];
  countryOfOrigin?: string;
  startDate_greater?: number;
  startDate_lesser?: number;
  averageScore_greater?: number;
  averageScore_lesser?: number;
  sort?: string[];
}

/** The object behind `Page`. The totals in `pageInfo` are as meaningless as AniList's own; only `hasNextPage` is true. */
export function listMedia<Media>(
  shelf: Shelf,
  { page = 1, perPage = LARGEST_PAGE }: { page?: number; perPage?: number },
  present: (work: Work) => Media,
) {
  const size = Math.min(Math.max(perPage, 1), LARGEST_PAGE);
  const current = Math.max(page, 1);
  let hasNextPage = false;
  return {
    media(wanted: MediaArguments): Media[] {
      const works = select(shelf, wanted).slice(0, REACHABLE_ITEMS);
      hasNextPage = works.length > current * size;
      return works.slice((current - 1) * size, current * size).map(present);
    },
    /** Resolved a turn later, when the list beside it is known. */
    async pageInfo() {
      await Promise.resolve();
      return {
        total: REACHABLE_ITEMS,
        perPage: size,
        currentPage: current,
        lastPage: Math.ceil(REACHABLE_ITEMS / size),
        hasNextPage: () => hasNextPage,
      };
    },
  };
}

/** The best match; GraphQL error with status 404 when there is none. */
export function findMedia(shelf: Shelf, wanted: MediaArguments): Work {
  const [work] = select(shelf, wanted);
  if (!work) throw new GraphQLError("Not Found.", { extensions: { status: 404 } });
  return work;
}

function select(shelf: Shelf, wanted: MediaArguments): Work[] {
  if (wanted.search === null || wanted.search === "") {
    const validation = { search: ["The search field must have a value."] };
    throw new GraphQLError("validation", { extensions: { status: 400, validation } });
  }
  const found = shelf.search(wanted.search ?? "").filter((work) => matches(work, wanted));
  const [order = "ID"] = wanted.sort ?? [];
  const key = SORT_KEYS[order.replace(/_DESC$/, "")];
  if (!key) return found;
  const sign = order.endsWith("_DESC") ? -1 : 1;
  return found.toSorted((one, other) => sign * compare(key(one), key(other)) || one.ids.al - other.ids.al);
}

/** `SEARCH_MATCH` keeps the order of the search. */
const SORT_KEYS: Readonly<Record<string, (work: Work) => number | string>> = {
  ID: (work) => work.ids.al,
  TITLE_ROMAJI: (work) => work.romaji,
  TITLE_ENGLISH: (work) => work.english ?? "",
  TITLE_NATIVE: (work) => work.native ?? "",
  START_DATE: (work) => work.year,
  SCORE: (work) => work.score,
  POPULARITY: (work) => work.score,
  TRENDING: (work) => work.score,
  FAVOURITES: (work) => work.score,
};

function compare(one: number | string, other: number | string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function matches(work: Work, wanted: MediaArguments): boolean {
  const format = formatOf(work);
  const status = statusOf(work, 2);
  const genres = work.tags.filter((tag) => GENRES.has(tag));
  const tags = work.tags.filter((tag) => !GENRES.has(tag));
  const start = (startYearOf(work) ?? 0) * 10_000;
  const score = Math.round(work.score * 100);
  const is = <Value>(expected: Value | undefined, value: Value) => expected === undefined || expected === value;
  const within = <Value>(list: Value[] | undefined, value: Value) => list === undefined || list.includes(value);
  const outside = <Value>(list: Value[] | undefined, value: Value) => !list?.includes(value);
  return (
    (wanted.type ?? "MANGA") === "MANGA" &&
    is(wanted.id, work.ids.al) &&
    within(wanted.id_in, work.ids.al) &&
    outside(wanted.id_not_in, work.ids.al) &&
    is(wanted.idMal, linkedMal(work) ?? -1) &&
    within(wanted.idMal_in, linkedMal(work) ?? -1) &&
    is(wanted.format, format) &&
    within(wanted.format_in, format) &&
    wanted.format_not !== format &&
    outside(wanted.format_not_in, format) &&
    is(wanted.status, status) &&
    within(wanted.status_in, status) &&
    wanted.status_not !== status &&
    outside(wanted.status_not_in, status) &&
    is(wanted.isAdult, isAdult(work)) &&
    is(wanted.countryOfOrigin, countryOf(work) ?? "") &&
    (wanted.genre === undefined || genres.includes(wanted.genre)) &&
    (wanted.genre_in ?? []).every((genre) => genres.includes(genre)) &&
    !(wanted.genre_not_in ?? []).some((genre) => genres.includes(genre)) &&
    (wanted.tag === undefined || tags.includes(wanted.tag)) &&
    (wanted.tag_in ?? []).every((tag) => tags.includes(tag)) &&
    !(wanted.tag_not_in ?? []).some((tag) => tags.includes(tag)) &&
    start > (wanted.startDate_greater ?? -1) &&
    start < (wanted.startDate_lesser ?? Number.POSITIVE_INFINITY) &&
    score > (wanted.averageScore_greater ?? -1) &&
    score < (wanted.averageScore_lesser ?? 101)
  );
}
