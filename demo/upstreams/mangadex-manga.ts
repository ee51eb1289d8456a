import { familyFirst } from "../catalogue/catalogue";
import { chance, hash, hashUuid } from "../catalogue/hash";
import type { Work } from "../catalogue/work";
import { toSlug } from "./slug";

const STATUSES: Readonly<Record<string, string>> = { finished: "completed", paused: "hiatus", cancelled: "cancelled" };
const FORMATS = ["Web Comic", "Adaptation", "Oneshot"];
const GENRES = new Set([
  ...[
    "Action",
    "Adventure",
    "Comedy",
    "Crime",
    "Drama",
    "Fantasy",
    "Historical",
    "Horror",
    "Isekai",
    "Mecha",
    "Medical",
  ],
  ...[
    "Mystery",
    "Philosophical",
    "Psychological",
    "Romance",
    "Sci-Fi",
    "Slice of Life",
    "Sports",
    "Thriller",
    "Tragedy",
  ],
]);
const READABLE_IN = ["en", "es-la", "fr", "pt-br", "de", "it", "ru", "id", "zh-hk"];

type Localized = Record<string, string>;

/** Null when nobody uploaded one. */
export function coverFileName(work: Work): string | null {
  if (!work.everywhere && chance(4, "no cover", work.ids.md)) return null;
  return `${hashUuid("cover", work.ids.md)}.${chance(30, "png", work.ids.md) ? "png" : "jpg"}`;
}

/** The entity as it is sent. Relationships whose type is not in `includes` carry id and type alone. */
export function toManga(work: Work, includes: readonly string[]): unknown {
  const { title, altTitles } = titlesOf(work);
  return {
    id: work.ids.md,
    type: "manga",
    attributes: {
      title,
      altTitles,
      description: descriptionOf(work),
      isLocked: false,
      links: linksOf(work),
      originalLanguage: work.language,
      lastVolume: work.status === "finished" ? String(1 + (hash("volumes", work.key) % 40)) : "",
      lastChapter: null,
      publicationDemographic: demographicOf(work),
      status: statusOf(work),
      year: yearOf(work),
      contentRating: work.rating,
      tags: tagNames(work).map(toTag),
      state: "published",
      chapterNumbersResetOnNewVolume: false,
      createdAt: "2018-01-19T21:18:49+00:00",
      updatedAt: "2026-03-02T10:11:12+00:00",
      version: 1 + (hash("version", work.key) % 90),
      availableTranslatedLanguages: odd(work, 6, "null language") ? [...translations(work), null] : translations(work),
      latestUploadedChapter: hashUuid("chapter", work.key),
    },
    relationships: relationshipsOf(work, includes),
  };
}

const odd = (work: Work, percent: number, what: string) => !work.everywhere && chance(percent, what, work.ids.md);
export const statusOf = (work: Work) => STATUSES[work.status] ?? "ongoing";
export const demographicOf = (work: Work) => (work.demographic === "kids" ? null : work.demographic);
export const yearOf = (work: Work) => (odd(work, 4, "no year") ? null : work.year);
export const personId = (name: string) => hashUuid("person", name);
export const tagId = (name: string) => hashUuid("tag", name);

function titlesOf(work: Work): { title: Localized; altTitles: Localized[] } {
  const roman = work.language === "en" ? "en" : `${work.language}-ro`;
  const romanised = { [roman]: work.romaji };
  const main: Localized = work.english && !odd(work, 30, "romanised") ? { en: work.english } : romanised;
  const others: Localized[] = [
    ...(work.native ? [{ [work.language]: work.native }] : []),
    romanised,
    ...(work.english ? [{ en: work.english }] : []),
    ...work.synonyms.map((synonym) => ({ [languageOf(synonym)]: synonym })),
  ];
  const said = JSON.stringify(main);
  return { title: main, altTitles: others.filter((other) => JSON.stringify(other) !== said) };
}

function languageOf(text: string): string {
  if (/\p{Script=Hangul}/u.test(text)) return "ko";
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return "ja";
  return /\p{Script=Han}/u.test(text) ? "zh" : "en";
}

/** Markdown with a rule and a list of links below; where there is no text PHP's empty array may stand in for the object. */
function descriptionOf(work: Work): Localized | [] {
  if (odd(work, 3, "empty array")) return [];
  if (odd(work, 3, "empty object")) return {};
  const text = `${work.description}\n\n---\n**Links:**\n- [Wikipedia](https://en.wikipedia.org/wiki/${toSlug(work.romaji)})`;
  if (odd(work, 4, "other language")) return { "pt-br": text };
  return { en: text };
}

/** `kt` is a number or a slug, `mu` the new base-36 id or one of the old numbers, and any of them may be missing. */
function linksOf(work: Work): Localized | null {
  if (odd(work, 6, "no links")) return null;
  const slug = toSlug(work.romaji);
  const has = (namespace: string) => work.everywhere || chance(84, "link", namespace, work.ids.md);
  const links: Localized = { ap: slug };
  if (has("al")) links.al = String(work.ids.al);
  if (has("mal")) links.mal = String(work.ids.mal);
  if (has("kt")) links.kt = odd(work, 25, "slug") ? slug : String(work.ids.kt);
  if (!work.everywhere && chance(55, "mu", work.ids.md)) links.mu = work.ids.mu.toString(36);
  else if (!work.everywhere && chance(20, "old mu", work.ids.md))
    links.mu = String(1 + (hash("old mu", work.key) % 200_591));
  if (chance(40, "raw", work.ids.md)) links.raw = `https://example.org/raw/${slug}`;
  return links;
}

export function translations(work: Work): string[] {
  return READABLE_IN.filter((language) =>
    language === "en" ? !odd(work, 8, "no english") : chance(35, "translated", language, work.ids.md),
  );
}

export function tagNames(work: Work): string[] {
  return [...(work.type === "one_shot" ? ["Oneshot"] : []), ...work.tags];
}

function toTag(name: string): unknown {
  const group = FORMATS.includes(name) ? "format" : GENRES.has(name) ? "genre" : "theme";
  const attributes = { name: { en: name }, description: {}, group, version: 1 };
  return { id: tagId(name), type: "tag", attributes, relationships: [] };
}

function relationshipsOf(work: Work, includes: readonly string[]): unknown[] {
  const entry = (type: string, id: string, attributes: unknown) =>
    includes.includes(type) ? { id, type, attributes } : { id, type };
  const person = (type: string) => (name: string) =>
    entry(type, personId(name), { name: familyFirst(name), imageUrl: null, biography: {}, version: 1 });
  const authors = work.story.map(person("author"));
  const fileName = coverFileName(work);
  const cover =
    fileName &&
    entry("cover_art", hashUuid("cover art", work.ids.md), { fileName, volume: "1", locale: "ja", version: 1 });
  return [
    ...authors,
    ...(odd(work, 8, "author twice") ? authors : []),
    ...work.art.map(person("artist")),
    ...(cover ? [cover] : []),
    { id: hashUuid("related", work.ids.md), type: "manga", related: "side_story" },
    { id: hashUuid("creator", work.ids.md), type: "creator" },
  ];
}
