import { chance } from "../catalogue/hash";
import type { Work } from "../catalogue/work";

const STATUSES: Readonly<Record<Work["status"], string>> = {
  ongoing: "ONGOING",
  finished: "ENDED",
  paused: "HIATUS",
  cancelled: "ABANDONED",
  upcoming: "ONGOING",
  unknown: "ONGOING",
};
const KINDS: Readonly<Record<string, string>> = {
  one_shot: "One-shot",
  novel: "Light novel",
  manhwa: "Manhwa",
  manhua: "Manhua",
  comic: "OEL",
  book: "Novel",
};
const AGES: Readonly<Record<Work["rating"], number | null>> = {
  safe: 12,
  suggestive: 16,
  erotica: 18,
  pornographic: 18,
  unknown: null,
};
const CREATED = "2025-02-01T12:00:00Z";

const odd = (work: Work, percent: number, what: string) => !work.everywhere && chance(percent, what, work.ids.opds);
const locks = (names: readonly string[]) => Object.fromEntries(names.map((name) => [`${name}Lock`, false]));

/** Volumes that the owner of the server has. */
export const countBooks = (work: Work) => 1 + (work.ids.mal % 5);

/** SeriesDto of Komga's OpenAPI document. */
export function toSeries(work: Work, id: string) {
  const title = work.english ?? work.romaji;
  const others = [work.native, work.romaji, ...work.synonyms].filter((text) => text !== null && text !== title);
  const people = [
    ...work.story.map((name) => ({ name, role: "writer" })),
    ...work.art.map((name) => ({ name, role: "penciller" })),
    { name: "Letters and Daughters", role: "letterer" },
  ];
  return {
    id,
    libraryId: "0LIBRARY00001",
    name: work.romaji,
    url: `/books/${work.romaji}`,
    created: CREATED,
    lastModified: CREATED,
    fileLastModified: CREATED,
    booksCount: countBooks(work),
    booksReadCount: 0,
    booksUnreadCount: countBooks(work),
    booksInProgressCount: 0,
    deleted: false,
    oneshot: work.type === "one_shot",
    metadata: {
      title,
      titleSort: title.replace(/^(The|A) /, ""),
      alternateTitles: others.map((text) => ({ label: text === work.native ? "Native" : "Other", title: text })),
      // The owner of a server has not filled in everything.
      summary: odd(work, 12, "no summary") ? "" : work.description,
      status: work.status === "upcoming" || work.status === "unknown" ? "" : STATUSES[work.status],
      readingDirection: work.language === "ja" ? "RIGHT_TO_LEFT" : "LEFT_TO_RIGHT",
      publisher: "",
      ageRating: odd(work, 30, "no age") ? null : AGES[work.rating],
      language: odd(work, 20, "no language") ? "" : "en",
      genres: work.tags.map((tag) => tag.toLowerCase()),
      tags: [KINDS[work.type] ?? "Manga"],
      links: odd(work, 50, "no links")
        ? []
        : [
            { label: "AniList", url: `https://anilist.co/manga/${work.ids.al}` },
            { label: "MyAnimeList", url: `https://myanimelist.net/manga/${work.ids.mal}/x` },
          ],
      sharingLabels: [],
      totalBookCount: null,
      created: CREATED,
      lastModified: CREATED,
      ...locks(["status", "title", "titleSort", "summary", "readingDirection", "publisher", "ageRating", "language"]),
      ...locks(["genres", "tags", "totalBookCount", "sharingLabels", "links", "alternateTitles"]),
    },
    booksMetadata: {
      authors: odd(work, 10, "no author") ? [] : people,
      tags: [],
      releaseDate: odd(work, 8, "no date") ? null : `${work.year}-04-01`,
      summary: "",
      summaryNumber: "",
      created: CREATED,
      lastModified: CREATED,
    },
  };
}

/** BookDto, of the volume with this number. */
export function toBook(work: Work, seriesId: string, number: number, sizeBytes: number) {
  const name = `${work.romaji} v${String(number).padStart(2, "0")}`;
  return {
    id: `${seriesId}-${number}`,
    seriesId,
    seriesTitle: work.english ?? work.romaji,
    libraryId: "0LIBRARY00001",
    name,
    url: `/books/${work.romaji}/${name}.cbz`,
    number,
    created: CREATED,
    lastModified: CREATED,
    fileLastModified: CREATED,
    sizeBytes,
    size: `${(sizeBytes / 1024).toFixed(1)} KiB`,
    media: {
      status: "READY",
      mediaType: "application/zip",
      mediaProfile: "DIVINA",
      pagesCount: 1,
      comment: "",
      epubDivinaCompatible: false,
      epubIsKepub: false,
    },
    metadata: {
      title: `Volume ${number}`,
      summary: "",
      number: String(number),
      numberSort: number,
      releaseDate: null,
      authors: [],
      tags: [],
      isbn: "",
      links: [],
      created: CREATED,
      lastModified: CREATED,
      ...locks(["title", "summary", "number", "numberSort", "releaseDate", "authors", "tags", "isbn", "links"]),
    },
    readProgress: null,
    deleted: false,
    fileHash: "",
    oneshot: false,
  };
}
