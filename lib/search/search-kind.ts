import type { ProviderKind } from "@/lib/providers/provider";
import { WORK_TYPES, type WorkType } from "@/lib/providers/work";

/** What a search is for: each kind is asked of providers of its own. The first is meant where nothing is said. */
export const SEARCH_KINDS = ["works", "films", "subtitles", "models"] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

const PROVIDER_KINDS = {
  works: "catalogue",
  films: "metadata",
  subtitles: "subtitles",
  models: "ai",
} as const satisfies Record<SearchKind, ProviderKind>;

/** The kind of provider that answers searches of a kind. */
export function toProviderKind(kind: SearchKind): ProviderKind {
  return PROVIDER_KINDS[kind];
}

/** The kind of search that finds works of a type. */
export function kindOfType(type: WorkType): SearchKind {
  switch (type) {
    case "movie":
    case "tv":
      return "films";
    case "subtitle":
      return "subtitles";
    case "model":
      return "models";
    default:
      return "works";
  }
}

/** The kinds that a search for these types asks; works alone where none is named. */
export function toKinds(types: readonly WorkType[]): SearchKind[] {
  return types.length === 0 ? ["works"] : [...new Set(types.map(kindOfType))];
}

/** The types that a kind of search may find. */
export function typesOf(kind: SearchKind): WorkType[] {
  return WORK_TYPES.filter((type) => kindOfType(type) === kind);
}
