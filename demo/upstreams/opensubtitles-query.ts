import { searchWorks } from "../catalogue/search-works";
import type { Work } from "../catalogue/work";
import { imdbNumber, type Subtitle } from "./subtitles";

const IDS = ["imdb_id", "tmdb_id", "parent_imdb_id", "parent_tmdb_id"] as const;
const CHOICES = ["include", "exclude", "only"];
/** What each parameter may be; those with a default must not be sent with it. */
const PARAMETERS: Readonly<Record<string, { fits: RegExp | readonly string[]; usual?: string }>> = {
  ai_translated: { fits: CHOICES, usual: "include" },
  episode_number: { fits: /^\d+$/ },
  foreign_parts_only: { fits: CHOICES, usual: "include" },
  hearing_impaired: { fits: CHOICES, usual: "include" },
  id: { fits: /^\d+$/ },
  imdb_id: { fits: /^(tt)?\d+$/ },
  languages: { fits: /^(all|[a-z]{2}(-[a-z]{2})?(,[a-z]{2}(-[a-z]{2})?)*)$/i, usual: "all" },
  machine_translated: { fits: CHOICES, usual: "exclude" },
  moviehash: { fits: /^[a-f0-9]{16}$/i },
  order_by: { fits: /^[a-z_]+$/ },
  order_direction: { fits: ["asc", "desc"] },
  page: { fits: /^[1-9]\d*$/, usual: "1" },
  parent_imdb_id: { fits: /^(tt)?\d+$/ },
  parent_tmdb_id: { fits: /^\d+$/ },
  query: { fits: /\S/ },
  season_number: { fits: /^\d+$/ },
  tmdb_id: { fits: /^\d+$/ },
  trusted_sources: { fits: ["include", "only"], usual: "include" },
  type: { fits: ["all", "episode", "movie"], usual: "all" },
  year: { fits: /^\d{4}$/ },
};

/** The first thing wrong with the parameters; null when nothing is. */
export function findQueryProblem(query: URLSearchParams): string | null {
  for (const [name, value] of query) {
    const known = PARAMETERS[name];
    if (!known) return `${name} is not a parameter`;
    const fits = known.fits instanceof RegExp ? known.fits.test(value) : known.fits.includes(value);
    if (!fits) return `${name} is invalid`;
  }
  return [...IDS, "query", "moviehash", "id"].some((name) => query.has(name)) ? null : "Not enough parameters";
}

/** The same question in the one spelling that is answered: sorted, in lower case, without defaults, ids as plain numbers. */
export function toCanonical(query: URLSearchParams): URLSearchParams {
  const pairs = [...query]
    .map(([name, value]): [string, string] => [name, toCanonicalValue(name, value.toLowerCase().trim())])
    .filter(([name, value]) => PARAMETERS[name]?.usual !== value);
  return new URLSearchParams(pairs.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function toCanonicalValue(name: string, value: string): string {
  if (name.endsWith("imdb_id")) return String(Number(value.replace("tt", "")));
  return name === "languages" ? value.split(",").sort().join(",") : value;
}

/** Those that a canonical question asks for, in their own order. */
export function findSubtitles(subtitles: readonly Subtitle[], query: URLSearchParams): Subtitle[] {
  const text = query.get("query");
  const named = text === null ? null : new Set(searchWorks(worksOf(subtitles), text, false));
  const languages = query.get("languages")?.split(",");
  const isNumber = (name: string, number: number) => !query.has(name) || Number(query.get(name)) === number;
  return subtitles.filter(
    ({ work, episode, language }) =>
      (named === null || named.has(work)) &&
      (!languages || languages.includes(language ?? "")) &&
      isNumber("imdb_id", imdbNumber(work, episode)) &&
      isNumber("parent_imdb_id", episode === null ? -1 : imdbNumber(work, null)) &&
      isNumber("tmdb_id", episode === null ? work.ids.tmdb : -1) &&
      isNumber("parent_tmdb_id", episode === null ? -1 : work.ids.tmdb) &&
      isNumber("season_number", episode === null ? -1 : 1) &&
      isNumber("episode_number", episode ?? -1) &&
      isNumber("year", work.year) &&
      (!query.has("type") || query.get("type") === (episode === null ? "movie" : "episode")),
  );
}

function worksOf(subtitles: readonly Subtitle[]): Work[] {
  return [...new Set(subtitles.map(({ work }) => work))];
}
