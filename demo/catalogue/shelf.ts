import { CATALOGUE } from "./catalogue";
import { chance } from "./hash";
import { searchWorks } from "./search-works";
import type { Work, WorkIds } from "./work";

export const UPSTREAM_IDS = ["mangadex", "anilist", "kitsu", "mangaupdates", "opds-tower"] as const;
export type UpstreamId = (typeof UPSTREAM_IDS)[number];

interface Range {
  idOf: (ids: WorkIds) => string;
  /** Percent of the catalogue that is known there, by chance. */
  share: number;
  lists: (work: Work) => boolean;
}

const RANGES: Readonly<Record<UpstreamId, Range>> = {
  /** MangaDex has comics only. */
  mangadex: { idOf: (ids) => ids.md, share: 90, lists: (work) => work.type !== "novel" },
  anilist: { idOf: (ids) => String(ids.al), share: 82, lists: () => true },
  kitsu: { idOf: (ids) => String(ids.kt), share: 76, lists: () => true },
  mangaupdates: { idOf: (ids) => String(ids.mu), share: 86, lists: () => true },
  "opds-tower": { idOf: (ids) => `urn:uuid:${ids.opds}`, share: 66, lists: (work) => work.rating !== "pornographic" },
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
  const byId = new Map(works.map((work) => [idOf(work.ids), work]));
  return {
    works,
    idOf: (work) => idOf(work.ids),
    find: (externalId) => byId.get(externalId) ?? null,
    search: (text, options) => searchWorks(works, text, options?.loose ?? false),
  };
}

function knownTo(id: UpstreamId): Work[] {
  const { share, lists } = RANGES[id];
  return CATALOGUE.filter((work) => lists(work) && (work.everywhere || chance(share, id, work.key)));
}

/** Nothing is known. */
export const NO_SHELF: Shelf = { works: [], idOf: () => "", find: () => null, search: () => [] };

/** The label of the work behind an upstream's id, to judge merges by. */
export function findWorkKey(id: UpstreamId, externalId: string): string | null {
  return shelfOf(id, CATALOGUE).find(externalId)?.key ?? null;
}
