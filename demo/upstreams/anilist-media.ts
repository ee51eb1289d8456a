import { findNativeName } from "../catalogue/catalogue";
import { chance, hash } from "../catalogue/hash";
import type { Work } from "../catalogue/work";

/** AniList's fixed list; every other label is a tag there. */
export const GENRES: ReadonlySet<string> = new Set([
  ...["Action", "Adventure", "Comedy", "Drama", "Ecchi", "Fantasy", "Horror", "Mecha", "Music", "Mystery"],
  ...["Psychological", "Romance", "Sci-Fi", "Slice of Life", "Sports", "Supernatural", "Thriller"],
]);
const STATUSES: Readonly<Record<string, string>> = {
  finished: "FINISHED",
  paused: "HIATUS",
  cancelled: "CANCELLED",
  upcoming: "NOT_YET_RELEASED",
};
const COUNTRIES: Readonly<Record<string, string>> = { ja: "JP", ko: "KR", zh: "CN" };

const odd = (work: Work, percent: number, what: string) => !work.everywhere && chance(percent, what, work.ids.al);

export const isAdult = (work: Work) => work.rating === "pornographic";
export const countryOf = (work: Work) => COUNTRIES[work.language] ?? null;
/** Null where AniList does not know MyAnimeList's number. */
export const linkedMal = (work: Work) => (odd(work, 10, "no mal") ? null : work.ids.mal);
export const startYearOf = (work: Work) => (odd(work, 3, "no start") ? null : work.year);

export function formatOf(work: Work): string {
  if (work.type === "novel") return "NOVEL";
  return work.type === "one_shot" ? "ONE_SHOT" : "MANGA";
}

/** Only version 2 knows the hiatus. */
export function statusOf(work: Work, version: number | undefined): string {
  const status = STATUSES[work.status] ?? "RELEASING";
  return status === "HIATUS" && version !== 2 ? "RELEASING" : status;
}

type CoverSize = "large" | "medium" | "small";

/** `default.jpg` stands for no cover. */
export function coverPath(work: Work, size: CoverSize): string {
  const folder = `/file/anilistcdn/media/manga/cover/${size}`;
  if (odd(work, 4, "no cover")) return `${folder}/default.jpg`;
  const ending = chance(35, "png", work.ids.al) ? "png" : "jpg";
  return `${folder}/bx${work.ids.al}-${hash("cover", work.ids.al).toString(36)}.${ending}`;
}

/** The source of a `Media`: fields and resolvers as `anilist.graphql` names them. */
export function toMedia(work: Work, cdnOrigin: string) {
  const english = odd(work, 15, "no english") ? null : work.english;
  const native = odd(work, 3, "no native") ? null : work.native;
  const score = Math.round(work.score * 100);
  const finished = work.status === "finished";
  return {
    id: work.ids.al,
    idMal: linkedMal(work),
    title: { romaji: work.romaji, english, native, userPreferred: work.romaji },
    type: "MANGA",
    format: formatOf(work),
    status: ({ version }: { version?: number }) => statusOf(work, version),
    description: ({ asHtml }: { asHtml?: boolean }) => describeWork(work, asHtml ?? false),
    startDate: toDate(startYearOf(work), work),
    endDate: toDate(finished ? Math.min(work.year + (hash("length", work.key) % 12), 2026) : null, work),
    chapters: finished ? 1 + (hash("chapters", work.key) % 300) : null,
    volumes: finished ? 1 + (hash("volumes", work.key) % 40) : null,
    countryOfOrigin: countryOf(work),
    isLicensed: true,
    updatedAt: 1_790_000_000,
    coverImage: {
      extraLarge: `${cdnOrigin}${coverPath(work, "large")}`,
      large: `${cdnOrigin}${coverPath(work, "medium")}`,
      medium: `${cdnOrigin}${coverPath(work, "small")}`,
      color: chance(70, "colour", work.key)
        ? `#${hash("colour", work.key).toString(16).padStart(8, "0").slice(0, 6)}`
        : null,
    },
    bannerImage: null,
    genres: work.tags.filter((tag) => GENRES.has(tag)),
    synonyms: work.synonyms,
    averageScore: odd(work, 5, "no score") ? null : score,
    meanScore: score,
    popularity: hash("popularity", work.key) % 200_000,
    favourites: hash("favourites", work.key) % 20_000,
    trending: hash("trending", work.key) % 50,
    isLocked: false,
    tags: tagsOf(work),
    staff: ({ page = 1, perPage = 25 }: { page?: number; perPage?: number }) =>
      toStaff(work, page, Math.min(perPage, 25)),
    isFavourite: false,
    isAdult: isAdult(work),
    siteUrl: `https://anilist.co/manga/${work.ids.al}`,
  };
}

/** HTML in the text either way; without `asHtml` spoilers keep their marks. */
function describeWork(work: Work, asHtml: boolean): string | null {
  if (odd(work, 3, "no description")) return null;
  const spoiler = asHtml
    ? '<span class="markdown_spoiler">Not all of them see the end.</span>'
    : "~!Not all of them see the end.!~";
  const source = asHtml ? "<p>(Source: the publisher)</p>" : "<br><br>\n(Source: the publisher)";
  return `${work.description}<br><br>\n<i>${work.romaji}</i> began in ${work.year}. ${chance(25, "spoiler", work.key) ? spoiler : ""}${source}`;
}

function toDate(year: number | null, work: Work) {
  if (year === null) return { year: null, month: null, day: null };
  const month = chance(15, "no month", work.key) ? null : 1 + (hash("month", work.key) % 12);
  return {
    year,
    month,
    day: month === null || chance(20, "no day", work.key) ? null : 1 + (hash("day", work.key) % 28),
  };
}

function tagsOf(work: Work) {
  const demographic = work.demographic && work.demographic[0]?.toUpperCase() + work.demographic.slice(1);
  const names = [...(demographic ? [demographic] : []), ...work.tags.filter((tag) => !GENRES.has(tag))];
  return names.map((name, index) => ({
    id: 1 + (hash("tag", name) % 2_000),
    name,
    description: null,
    category: name === demographic ? "Demographic" : "Theme",
    rank: 95 - index * 7,
    isGeneralSpoiler: name === "Tragedy",
    isMediaSpoiler: false,
    isAdult: false,
  }));
}

/** Roles are free text, and not everyone listed wrote or drew the work. */
function toStaff(work: Work, page: number, perPage: number) {
  const both = work.story.filter((name) => work.art.includes(name));
  const credits = [
    ...both.map((name) => ({ name, role: "Story & Art" })),
    ...work.story.filter((name) => !both.includes(name)).map((name) => ({ name, role: storyRole(work) })),
    ...work.art
      .filter((name) => !both.includes(name))
      .map((name) => ({ name, role: work.type === "novel" ? "Illustration" : "Art" })),
    ...(chance(40, "helper", work.key) ? [{ name: "Sample Assistant", role: "Assistant" }] : []),
    ...(chance(40, "translator", work.key) ? [{ name: "Sample Translator", role: "Translator (English)" }] : []),
  ];
  const shown = credits
    .slice((page - 1) * perPage, page * perPage)
    .map(({ name, role }) => ({ role, node: toPerson(name) }));
  return {
    edges: shown.map(({ role, node }) => ({ role, node, id: node.id })),
    nodes: shown.map(({ node }) => node),
    pageInfo: {
      total: credits.length,
      perPage,
      currentPage: page,
      lastPage: 1,
      hasNextPage: credits.length > page * perPage,
    },
  };
}

function storyRole(work: Work): string {
  if (work.type === "novel") return "Story";
  return ["Story", "Original Creator", "Original Story", "Story (vols 1-4)"][hash("role", work.key) % 4] ?? "Story";
}

function toPerson(name: string) {
  const words = name.split(" ");
  return {
    id: 90_000 + (hash("staff", name) % 100_000),
    name: {
      first: words[0],
      middle: null,
      last: words.slice(1).join(" ") || null,
      full: name,
      native: findNativeName(name),
      alternative: [],
      userPreferred: name,
    },
    languageV2: "Japanese",
    primaryOccupations: ["Mangaka"],
    siteUrl: null,
  };
}
