import type { Work } from "../catalogue/work";
import { isAdult, typeOf } from "./jikan-manga";

const TYPES: Readonly<Record<string, string>> = {
  manga: "Manga",
  novel: "Novel",
  lightnovel: "Light Novel",
  oneshot: "One-shot",
  doujin: "Doujinshi",
  manhwa: "Manhwa",
  manhua: "Manhua",
};
const STATUSES: Readonly<Record<string, string>> = {
  publishing: "ongoing",
  complete: "finished",
  hiatus: "paused",
  discontinued: "cancelled",
  upcoming: "upcoming",
};
const ORDERS: Readonly<Record<string, (work: Work) => number | string>> = {
  mal_id: (work) => work.ids.mal,
  title: (work) => work.romaji,
  start_date: (work) => work.year,
  score: (work) => work.score,
  rank: (work) => -work.score,
  popularity: (work) => -work.score,
  members: (work) => work.score,
  favorites: (work) => work.score,
};

const isOneOf = (values: Readonly<Record<string, unknown>>) => (text: string) => Object.hasOwn(values, text);
const isNumber = (text: string) => /^\d+(\.\d+)?$/.test(text);
const isIdList = (text: string) => /^\d+(,\d+)*$/.test(text);
const isDate = (text: string) => /^\d{4}(-\d\d){0,2}$/.test(text);
const isFlag = (text: string) => /^(|true|false|1|0)$/.test(text);

const RULES: Readonly<Record<string, (text: string) => boolean>> = {
  q: () => true,
  page: (text) => /^[1-9]\d*$/.test(text),
  limit: (text) => /^\d+$/.test(text) && Number(text) <= 25,
  type: isOneOf(TYPES),
  status: isOneOf(STATUSES),
  order_by: isOneOf(ORDERS),
  sort: (text) => text === "asc" || text === "desc",
  sfw: isFlag,
  unapproved: isFlag,
  score: isNumber,
  min_score: isNumber,
  max_score: isNumber,
  genres: isIdList,
  genres_exclude: isIdList,
  magazines: isIdList,
  letter: (text) => /^\p{L}$/u.test(text),
  start_date: isDate,
  end_date: isDate,
};

/** What is wrong with a query, by parameter; null when nothing is. */
export function checkJikanQuery(query: URLSearchParams): Record<string, string[]> | null {
  const wrong = [...query].filter(([name, value]) => !RULES[name]?.(value));
  return wrong.length === 0 ? null : Object.fromEntries(wrong.map(([name]) => [name, [`The ${name} is invalid.`]]));
}

export function matchesJikan(work: Work, query: URLSearchParams): boolean {
  const sfw = query.get("sfw");
  const type = query.get("type");
  const status = query.get("status");
  const letter = query.get("letter");
  return (
    !(isAdult(work) && sfw !== null && sfw !== "false" && sfw !== "0") &&
    (type === null || typeOf(work) === TYPES[type]) &&
    (status === null || work.status === STATUSES[status]) &&
    (letter === null || work.romaji.toLowerCase().startsWith(letter.toLowerCase())) &&
    work.score * 10 >= Number(query.get("min_score") ?? 0) &&
    work.score * 10 <= Number(query.get("max_score") ?? 10)
  );
}

export function orderWorks(works: readonly Work[], query: URLSearchParams): readonly Work[] {
  const key = ORDERS[query.get("order_by") ?? ""];
  if (!key) return works;
  const sign = query.get("sort") === "desc" ? -1 : 1;
  return works.toSorted((one, other) => (key(one) < key(other) ? -sign : sign));
}
