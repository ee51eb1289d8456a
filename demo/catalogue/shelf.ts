import { CATALOGUE, FILMS } from "./catalogue";
import { chance } from "./hash";
import { searchWorks } from "./search-works";
import type { Work, WorkIds } from "./work";

export const UPSTREAM_IDS = [
  "mangadex",
  "anilist",
  "kitsu",
  "mangaupdates",
  "opds-tower",
  "openlibrary",
  "jikan",
  "tmdb",
  "opds-harbour",
  "komga-attic",
  "komga-cellar",
] as const;
export type UpstreamId = (typeof UPSTREAM_IDS)[number];

interface Range {
  /** What is listed is chosen from this. */
  from: readonly Work[];
  idOf: (work: Work) => string;
  /** Percent of it that is known there, by chance. */
  share: number;
  lists: (work: Work) => boolean;
}

const byNumber = (name: keyof WorkIds) => (work: Work) => String(work.ids[name]);
const isComic = (work: Work) => work.type !== "book";

const isShown = (work: Work) => work.rating !== "pornographic";
const byUuid = (work: Work) => `urn:uuid:${work.ids.opds}`;
/** Like the ids that Komga gives: 13 digits and capitals. */
const byKomgaId = (work: Work) => `0${work.ids.opds.replaceAll("-", "").slice(0, 12).toUpperCase()}`;

const RANGES: Readonly<Record<UpstreamId, Range>> = {
  /** MangaDex has comics only. */
  mangadex: {
    from: CATALOGUE,
    idOf: byNumber("md"),
    share: 90,
    lists: (work) => isComic(work) && work.type !== "novel",
  },
  anilist: { from: CATALOGUE, idOf: byNumber("al"), share: 82, lists: isComic },
  kitsu: { from: CATALOGUE, idOf: byNumber("kt"), share: 76, lists: isComic },
  mangaupdates: { from: CATALOGUE, idOf: byNumber("mu"), share: 86, lists: isComic },
  "opds-tower": { from: CATALOGUE, idOf: byUuid, share: 66, lists: isShown },
  openlibrary: {
    from: CATALOGUE,
    idOf: (work) => `OL${work.ids.ol}W`,
    share: 72,
    lists: (work) => work.type !== "one_shot" && work.rating !== "pornographic",
  },
  jikan: { from: CATALOGUE, idOf: byNumber("mal"), share: 88, lists: isComic },
  /** Films and series are numbered apart. */
  tmdb: { from: FILMS, idOf: (work) => `${work.type}/${work.ids.tmdb}`, share: 96, lists: () => true },
  "opds-harbour": { from: CATALOGUE, idOf: byUuid, share: 68, lists: isShown },
  "komga-attic": { from: CATALOGUE, idOf: byKomgaId, share: 70, lists: isShown },
  "komga-cellar": { from: CATALOGUE, idOf: byKomgaId, share: 67, lists: isShown },
};

/** The works that one upstream knows, under its own ids. */
export interface Shelf {
  works: readonly Work[];
  idOf(work: Work): string;
  find(externalId: string): Work | null;
  /** Best first. `loose` returns distant hits too. */
  search(text: string, options?: { loose?: boolean }): Work[];
}

/** The shelf of an upstream; `works` may be given to narrow it, down to an empty one. */
export function shelfOf(id: UpstreamId, works: readonly Work[] = knownTo(id)): Shelf {
  const { idOf } = RANGES[id];
  const byId = new Map(works.map((work) => [idOf(work), work]));
  return {
    works,
    idOf,
    find: (externalId) => byId.get(externalId) ?? null,
    search: (text, options) => searchWorks(works, text, options?.loose ?? false),
  };
}

function knownTo(id: UpstreamId): Work[] {
  const { from, share, lists } = RANGES[id];
  return from.filter((work) => lists(work) && (work.everywhere || chance(share, id, work.key)));
}

/** Nothing is known. */
export const NO_SHELF: Shelf = { works: [], idOf: () => "", find: () => null, search: () => [] };

/** The work behind an upstream's id, whether it knows it or not. */
export function findWork(id: UpstreamId, externalId: string): Work | null {
  return shelfOf(id, RANGES[id].from).find(externalId);
}

/** The label of the work behind an upstream's id, to judge merges by. */
export function findWorkKey(id: UpstreamId, externalId: string): string | null {
  return findWork(id, externalId)?.key ?? null;
}
