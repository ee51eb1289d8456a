import { chance, hash } from "../catalogue/hash";
import type { Work } from "../catalogue/work";
import { allTitles } from "../catalogue/work";

/** MARC's codes. */
const LANGUAGES: Readonly<Record<string, string>> = {
  ja: "jpn",
  ko: "kor",
  zh: "chi",
  en: "eng",
  de: "ger",
  fr: "fre",
};
const TRANSLATIONS = ["eng", "ger", "fre", "spa"] as const;
const DEFAULT_FIELDS =
  "author_key,author_name,cover_i,edition_count,first_publish_year,has_fulltext,key,language,public_scan_b,title";

const odd = (work: Work, percent: number, what: string) => !work.everywhere && chance(percent, what, work.ids.ol);

const olidOf = (work: Work) => `OL${work.ids.ol}W`;
export const authorKey = (name: string) => `/authors/OL${1_000_000 + (hash("ol author", name) % 9_000_000)}A`;
/** Null where nobody has scanned one. */
export const coverOf = (work: Work) =>
  odd(work, 12, "no cover") ? null : 100_000 + (hash("ol cover", work.key) % 15_000_000);

/** One hit, of the asked fields alone; a field that has nothing is left out. */
export function toDoc(work: Work, fields: string | null): Record<string, unknown> {
  const names = odd(work, 6, "no author") ? undefined : work.story;
  const others = allTitles(work).filter((title) => title !== titleOf(work));
  const doc: Record<string, unknown> = {
    key: `/works/${olidOf(work)}`,
    title: titleOf(work),
    subtitle: odd(work, 90, "subtitle") ? undefined : subtitleOf(work),
    alternative_title: others.length > 0 && !odd(work, 25, "one title") ? others : undefined,
    author_name: names,
    author_key: names?.map((name) => authorKey(name).slice("/authors/".length)),
    first_publish_year: odd(work, 8, "no year") ? undefined : work.year,
    language: odd(work, 10, "no language") ? undefined : languagesOf(work),
    subject: odd(work, 10, "no subjects") ? undefined : subjectsOf(work),
    cover_i: coverOf(work) ?? undefined,
    edition_count: 1 + (hash("editions", work.key) % 60),
    has_fulltext: chance(40, "fulltext", work.key),
    public_scan_b: work.year < 1920,
  };
  const wanted = (fields ?? DEFAULT_FIELDS).split(",").map((name) => name.trim());
  const all = wanted.includes("*");
  return Object.fromEntries(
    Object.entries(doc).filter(([name, value]) => value !== undefined && (all || wanted.includes(name))),
  );
}

/** The work's own record: authors by key alone, the description in either of two forms. */
export function toWorkPage(work: Work): Record<string, unknown> {
  const text = `${work.description}\r\n\r\n([source][1])\r\n\r\n  [1]: https://example.org/about`;
  const cover = coverOf(work);
  return {
    type: { key: "/type/work" },
    key: `/works/${olidOf(work)}`,
    title: titleOf(work),
    ...(odd(work, 15, "no description")
      ? {}
      : { description: odd(work, 50, "typed") ? { type: "/type/text", value: text } : text }),
    authors: work.story.map((name) => ({ type: { key: "/type/author_role" }, author: { key: authorKey(name) } })),
    covers: cover === null ? [-1] : [cover],
    subjects: odd(work, 10, "no subjects") ? undefined : subjectsOf(work),
    latest_revision: 1 + (hash("revision", work.key) % 40),
    revision: 1 + (hash("revision", work.key) % 40),
    created: { type: "/type/datetime", value: "2009-10-15T11:34:21.437031" },
    last_modified: { type: "/type/datetime", value: "2026-03-02T08:12:54.031920" },
  };
}

export function toAuthor(name: string): Record<string, unknown> {
  return { type: { key: "/type/author" }, key: authorKey(name), name, personal_name: name };
}

function titleOf(work: Work): string {
  return work.english ?? work.romaji;
}

function subtitleOf(work: Work): string {
  return work.type === "novel" ? "a light novel" : "volume 1";
}

function languagesOf(work: Work): string[] {
  const own = LANGUAGES[work.language] ?? "und";
  return [...new Set([own, ...TRANSLATIONS.filter((code) => chance(45, "in", code, work.key))])];
}

/** Long and unclean: words of several librarians and machines. */
function subjectsOf(work: Work): string[] {
  const medium =
    work.type === "book"
      ? ["Fiction", "English literature", "Accessible book"]
      : work.type === "novel"
        ? ["Fiction", "Light novels", "Translations into English"]
        : ["Comic books, strips", "Manga", "Graphic novels", "Comics & graphic novels, manga, general"];
  return [
    ...work.tags,
    ...medium,
    ...work.tags.map((tag) => `${tag} -- fiction`),
    "nyt:graphic-books-and-manga=2019-07-07",
    "Large type books",
    "award:demo_award=1999",
    "Protected DAISY",
  ];
}
