import { familyFirst } from "../catalogue/catalogue";
import { chance, hash } from "../catalogue/hash";
import type { Work } from "../catalogue/work";

const TYPES: Readonly<Record<string, string>> = {
  manhwa: "Manhwa",
  manhua: "Manhua",
  one_shot: "One-shot",
  doujinshi: "Doujinshi",
  comic: "OEL",
};
const STATUSES: Readonly<Record<string, string>> = {
  ongoing: "Publishing",
  finished: "Finished",
  paused: "On Hiatus",
  cancelled: "Discontinued",
  upcoming: "Not yet published",
};
const THEMES = new Set([
  "Isekai",
  "Martial Arts",
  "Mecha",
  "Military",
  "Music",
  "Psychological",
  "School Life",
  "Vampires",
]);
const DEFAULT_PICTURE = "https://cdn.myanimelist.net/img/sp/icon/apple-touch-icon-256.png";

const odd = (work: Work, percent: number, what: string) => !work.everywhere && chance(percent, what, work.ids.mal);

export const isAdult = (work: Work) => work.rating === "pornographic";

/** Most novels of the simulated world are light ones. */
export function typeOf(work: Work): string {
  if (work.type === "novel") return work.language === "ja" ? "Light Novel" : "Novel";
  return TYPES[work.type] ?? "Manga";
}

/** Without size and ending: `t` is the small one, `l` the large one. */
export function imagePath(work: Work): string {
  return `/images/manga/${1 + (hash("folder", work.key) % 4)}/${100_000 + work.ids.mal}`;
}

/** The whole resource, in a search and alone. */
export function toManga(work: Work, cdnOrigin: string): Record<string, unknown> {
  const hidden = odd(work, 6, "no dates");
  const year = hidden ? null : work.year;
  const from = year === null ? null : `${year}-08-25T00:00:00+00:00`;
  const genres = work.tags.filter((tag) => !THEMES.has(tag));
  return {
    mal_id: work.ids.mal,
    url: `https://myanimelist.net/manga/${work.ids.mal}/${work.romaji.replace(/[^\p{L}\p{N}]+/gu, "_")}`,
    images: imagesOf(work, cdnOrigin),
    approved: true,
    titles: titlesOf(work),
    title: work.romaji,
    title_english: work.english,
    title_japanese: work.native,
    title_synonyms: work.synonyms,
    type: odd(work, 3, "no type") ? null : typeOf(work),
    chapters: work.status === "finished" ? 1 + (hash("chapters", work.key) % 300) : null,
    volumes: work.status === "finished" ? 1 + (hash("volumes", work.key) % 40) : null,
    status: STATUSES[work.status],
    publishing: work.status === "ongoing",
    published: {
      from,
      to: null,
      prop: { from: { day: year && 25, month: year && 8, year }, to: { day: null, month: null, year: null } },
      string: year === null ? "Not available" : `Aug 25, ${year} to ?`,
    },
    score: odd(work, 10, "no score") ? null : Math.round(work.score * 1000) / 100,
    scored_by: hash("scored", work.key) % 300_000,
    rank: 1 + (hash("mal rank", work.key) % 20_000),
    popularity: 1 + (hash("mal popularity", work.key) % 20_000),
    members: hash("members", work.key) % 700_000,
    favorites: hash("favorites", work.key) % 100_000,
    synopsis: odd(work, 6, "no synopsis") ? null : `${work.description}\n\n(Source: Demo Press)`,
    background: null,
    authors: [...new Set([...work.story, ...work.art])].map((name) => linkTo("people", withComma(name))),
    serializations: [],
    genres: genres.map((name) => linkTo("manga/genre", name)),
    explicit_genres: isAdult(work) ? [linkTo("manga/genre", "Hentai")] : [],
    themes: work.tags.filter((tag) => THEMES.has(tag)).map((name) => linkTo("manga/genre", name)),
    demographics: work.demographic ? [linkTo("manga/genre", capitalise(work.demographic))] : [],
  };
}

/** The default one first, also where it is repeated as the English one. */
function titlesOf(work: Work): unknown[] {
  return [
    { type: "Default", title: work.romaji },
    ...work.synonyms.map((title) => ({ type: "Synonym", title })),
    ...(work.native ? [{ type: "Japanese", title: work.native }] : []),
    ...(work.english ? [{ type: "English", title: work.english }] : []),
  ];
}

function imagesOf(work: Work, cdnOrigin: string) {
  const at = (ending: string) => {
    const base = `${cdnOrigin}${imagePath(work)}`;
    const missing = odd(work, 4, "no image");
    const url = (size: string) => (missing ? DEFAULT_PICTURE : `${base}${size}.${ending}`);
    return { image_url: url(""), small_image_url: url("t"), large_image_url: url("l") };
  };
  return { jpg: at("jpg"), webp: at("webp") };
}

function linkTo(kind: string, name: string) {
  const id = 1 + (hash(kind, name) % 90_000);
  return {
    mal_id: id,
    type: kind === "people" ? "people" : "manga",
    name,
    url: `https://myanimelist.net/${kind}/${id}`,
  };
}

/** "Miura, Kentarou"; a pen name of one word stays. */
function withComma(name: string): string {
  const [family = name, ...given] = familyFirst(name).split(" ");
  return given.length === 1 ? `${family}, ${given[0]}` : name;
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
