import { familyFirst } from "../catalogue/catalogue";
import { chance, hash } from "../catalogue/hash";
import type { Work } from "../catalogue/work";
import { allTitles } from "../catalogue/work";
import { toSlug } from "./slug";

const TYPES: Readonly<Record<string, string>> = {
  manhwa: "Manhwa",
  manhua: "Manhua",
  novel: "Novel",
  doujinshi: "Doujinshi",
  comic: "OEL",
};
const GENRES = new Set([
  ...["Action", "Adventure", "Comedy", "Drama", "Fantasy", "Historical", "Horror", "Martial Arts", "Mecha", "Mystery"],
  ...[
    "Psychological",
    "Romance",
    "School Life",
    "Sci-Fi",
    "Slice of Life",
    "Sports",
    "Supernatural",
    "Tragedy",
    "Adult",
  ],
]);

const odd = (work: Work, percent: number, what: string) => !work.everywhere && chance(percent, what, work.ids.mu);

export const typeOf = (work: Work) => TYPES[work.type] ?? "Manga";
export const isComplete = (work: Work) => work.status === "finished";

export function genresOf(work: Work): string[] {
  const demographic = work.demographic && work.demographic !== "kids" ? [capitalise(work.demographic)] : [];
  return [
    ...demographic,
    ...work.tags.filter((tag) => GENRES.has(tag)),
    ...(work.rating === "erotica" ? ["Smut"] : []),
  ];
}

/** "2018", at times a range, at times nothing. */
export function yearTextOf(work: Work): string {
  if (odd(work, 4, "no year")) return "";
  return odd(work, 7, "range") ? `${work.year}-${work.year + 1 + (hash("length", work.key) % 9)}` : String(work.year);
}

export function imagePath(work: Work, size: "original" | "thumb"): string {
  return `/image/${size === "thumb" ? "thumb/" : ""}i${100_000 + (hash("image", work.key) % 400_000)}.jpg`;
}

/** The record of a search: neither other titles, status nor authors. */
export function toSearchRecord(work: Work, cdnOrigin: string): Record<string, unknown> {
  const image = (size: "original" | "thumb") => `${cdnOrigin}${imagePath(work, size)}`;
  const hasImage = !odd(work, 4, "no image");
  return {
    series_id: work.ids.mu,
    title: withEntities(`${work.romaji}${work.type === "novel" ? " (Novel)" : ""}`),
    url: `https://www.mangaupdates.com/series/${work.ids.mu.toString(36)}/${toSlug(work.romaji)}`,
    description: describeWork(work),
    image: {
      url: hasImage ? { original: image("original"), thumb: image("thumb") } : { original: null, thumb: null },
      height: 350,
      width: 233,
    },
    type: typeOf(work),
    year: yearTextOf(work),
    bayesian_rating: odd(work, 5, "no rating") ? null : Math.round(work.score * 1000) / 100,
    rating_votes: hash("votes", work.key) % 9_000,
    genres: genresOf(work).map((genre) => ({ genre })),
    latest_chapter: hash("chapters", work.key) % 400,
    rank: {
      position: { week: 10, month: 12, three_months: 14, six_months: 20, year: 24 },
      lists: { reading: 100, wish: 20 },
    },
    last_updated: {
      timestamp: 1_772_000_000,
      as_rfc3339: "2026-02-25T06:13:20+00:00",
      as_string: "February 25th 2026",
    },
  };
}

/** The whole series. */
export function toSeries(work: Work, cdnOrigin: string): Record<string, unknown> {
  const volumes = 1 + (hash("volumes", work.key) % 40);
  return {
    ...toSearchRecord(work, cdnOrigin),
    associated: allTitles(work).map((title) => ({ title: withEntities(title) })),
    categories: work.tags.map((tag, index) => ({
      series_id: work.ids.mu,
      category: `${tag} Elements`,
      votes: 12 - index,
      votes_plus: 12 - index,
      votes_minus: 0,
    })),
    forum_id: work.ids.mu,
    status: statusText(work, volumes),
    licensed: chance(70, "licensed", work.key),
    completed: isComplete(work),
    anime: { start: null, end: null },
    related_series: [],
    authors: authorsOf(work),
    publishers: [{ publisher_name: "Sample Press", publisher_id: null, type: "Original", notes: null }],
    publications: [],
    recommendations: [],
    category_recommendations: [],
  };
}

function describeWork(work: Work): string | null {
  if (odd(work, 3, "no description")) return null;
  const text = withEntities(work.description);
  return odd(work, 60, "plain")
    ? text
    : `${text}<BR><BR>**Original Webpage:** [Official](https://example.org/${toSlug(work.romaji)}) &mdash; since ${work.year}`;
}

function statusText(work: Work, volumes: number): string | null {
  if (odd(work, 4, "no status")) return null;
  switch (work.status) {
    case "finished":
      return `${volumes} Volumes (Complete)`;
    case "paused":
      return `${volumes} Volumes (Hiatus)`;
    case "cancelled":
      return `${volumes} Volumes (Discontinued)`;
    default:
      return odd(work, 25, "lines")
        ? `${volumes} Volumes (Ongoing)\n\n${volumes + 2} Volumes (Bunko; Complete)`
        : `${volumes} Volumes (Ongoing)`;
  }
}

/** Family name first, at times in capitals; people without an own page have no id. */
function authorsOf(work: Work): unknown[] {
  const entry = (type: string) => (name: string) => ({
    name: chance(40, "capitals", name)
      ? familyFirst(name).replace(/^\S+/, (family) => family.toUpperCase())
      : familyFirst(name),
    author_id: chance(12, "no page", name) ? null : 1_000_000_000 + hash("author", name),
    type,
  });
  return [...work.story.map(entry("Author")), ...work.art.map(entry("Artist"))];
}

function withEntities(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/'/g, "&#039;").replace(/"/g, "&quot;");
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
