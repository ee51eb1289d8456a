import { chance, hash } from "../catalogue/hash";
import type { Work } from "../catalogue/work";

const MOVIE_GENRES: Readonly<Record<string, number>> = {
  Action: 28,
  Adventure: 12,
  Animation: 16,
  Comedy: 35,
  Crime: 80,
  Drama: 18,
  Family: 10751,
  Fantasy: 14,
  History: 36,
  Horror: 27,
  Mystery: 9648,
  Romance: 10749,
  "Science Fiction": 878,
  Thriller: 53,
  War: 10752,
};
const TV_GENRES: Readonly<Record<string, number>> = {
  "Action & Adventure": 10759,
  Animation: 16,
  Comedy: 35,
  Crime: 80,
  Drama: 18,
  Family: 10751,
  Mystery: 9648,
  "Sci-Fi & Fantasy": 10765,
};
const COUNTRIES: Readonly<Record<string, string>> = { ja: "JP", ko: "KR", zh: "HK", en: "US", pt: "BR" };
const TV_STATUSES: Readonly<Record<string, string>> = {
  ongoing: "Returning Series",
  finished: "Ended",
  cancelled: "Canceled",
  upcoming: "Planned",
};

const odd = (work: Work, percent: number, what: string) => !work.everywhere && chance(percent, what, work.ids.imdb);
const isMovie = (work: Work) => work.type === "movie";
const countryOf = (work: Work) => COUNTRIES[work.language] ?? work.language.toUpperCase();

/** Null where nobody has uploaded one. */
export function posterPath(work: Work): string | null {
  return odd(work, 6, "no poster") ? null : `/${hash("poster", work.key).toString(36)}Demo.jpg`;
}

/** One hit; `named` adds what kind of hit it is, which only a search over all kinds says. */
export function toResult(work: Work, named: boolean): Record<string, unknown> {
  const genres = isMovie(work) ? MOVIE_GENRES : TV_GENRES;
  return {
    adult: work.rating === "pornographic",
    backdrop_path: null,
    id: work.ids.tmdb,
    ...nameOf(work),
    overview: overviewOf(work),
    poster_path: posterPath(work),
    ...(named ? { media_type: work.type } : {}),
    original_language: work.language,
    genre_ids: work.tags.map((tag) => genres[tag]).filter((id) => id !== undefined),
    popularity: (hash("popularity", work.key) % 100_000) / 1000,
    vote_average: Math.round(work.score * 10_000) / 1000,
    vote_count: hash("votes", work.key) % 30_000,
  };
}

/** A hit of another kind, which a search over all kinds mixes in. */
export function toPerson(name: string): Record<string, unknown> {
  return {
    adult: false,
    id: 1 + (hash("person", name) % 2_000_000),
    name,
    original_name: name,
    media_type: "person",
    popularity: 1.2,
    gender: 0,
    known_for_department: "Directing",
    profile_path: null,
    known_for: [],
  };
}

/** The whole title, with what was asked to be appended. */
export function toDetails(work: Work, appended: readonly string[]): Record<string, unknown> {
  const { genre_ids, ...shared } = toResult(work, false);
  const genres = isMovie(work) ? MOVIE_GENRES : TV_GENRES;
  const own = isMovie(work)
    ? { imdb_id: imdbOf(work), status: work.status === "upcoming" ? "Planned" : "Released", runtime: 90 }
    : {
        created_by: work.story.map(toCredit),
        status: TV_STATUSES[work.status] ?? "Ended",
        number_of_seasons: 1 + (hash("seasons", work.key) % 9),
        in_production: work.status === "ongoing",
      };
  const parts: Record<string, unknown> = {
    credits: { cast: [], crew: isMovie(work) ? crewOf(work) : [] },
    alternative_titles: { [isMovie(work) ? "titles" : "results"]: otherTitlesOf(work) },
    external_ids: { imdb_id: imdbOf(work), wikidata_id: null, facebook_id: null },
    ...certificatesOf(work),
  };
  return {
    ...shared,
    ...own,
    genres: work.tags.flatMap((name) => (genres[name] === undefined ? [] : [{ id: genres[name], name }])),
    homepage: "",
    tagline: "",
    ...Object.fromEntries(appended.flatMap((name) => (name in parts ? [[name, parts[name]]] : []))),
  };
}

function nameOf(work: Work): Record<string, unknown> {
  const original = work.native ?? work.romaji;
  // A date that nobody knows is an empty text, or is not there at all.
  const date = odd(work, 4, "no date") ? (chance(50, "empty", work.key) ? "" : undefined) : `${work.year}-05-21`;
  return isMovie(work)
    ? { title: work.romaji, original_title: original, release_date: date, video: false }
    : { name: work.romaji, original_name: original, first_air_date: date, origin_country: [countryOf(work)] };
}

const overviewOf = (work: Work) => (odd(work, 8, "no overview") ? "" : work.description);
const imdbOf = (work: Work) => (odd(work, 10, "no imdb") ? null : work.ids.imdb);

function toCredit(name: string) {
  return {
    id: 1 + (hash("person", name) % 2_000_000),
    credit_id: `5${hash("credit", name)}`,
    name,
    profile_path: null,
  };
}

function crewOf(work: Work): unknown[] {
  return [
    ...work.story.map((name) => ({ ...toCredit(name), department: "Directing", job: "Director" })),
    ...work.art.map((name) => ({ ...toCredit(name), department: "Writing", job: "Screenplay" })),
    { ...toCredit("Sam Sample"), department: "Crew", job: "Stunts" },
  ];
}

function otherTitlesOf(work: Work): unknown[] {
  return work.synonyms.map((title) => ({ iso_3166_1: countryOf(work), title, type: "" }));
}

function certificatesOf(work: Work): Record<string, unknown> {
  const suggestive = work.rating !== "safe";
  if (!isMovie(work))
    return { content_ratings: { results: [{ iso_3166_1: "US", rating: suggestive ? "TV-MA" : "TV-PG" }] } };
  const certification = odd(work, 20, "not rated") ? "" : suggestive ? "R" : "PG";
  return { release_dates: { results: [{ iso_3166_1: "US", release_dates: [{ certification, type: 3 }] }] } };
}
