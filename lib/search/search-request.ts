import type { TitleLanguage } from "./card";
import type { SearchFilters } from "./filters";

export const QUERY_CHARS_MAX = 500;
export const SEARCH_PAGE_MAX = 100;

/** Who searches, as far as a search cares. `Viewer` fits. */
interface Searcher {
  id: string;
  showAdult: boolean;
  titleLanguage: TitleLanguage;
  hiddenProviders: readonly string[];
  defaultProviders: readonly string[];
}

export interface SearchRequest {
  /** 1–500 characters. */
  query: string;
  viewer: Searcher;
  /** Ids; null: the searcher's default set, else every provider of the kinds that have works of the wanted types. Hidden ones only when named. */
  providers: readonly string[] | null;
  filters: SearchFilters;
  /** From 1; continues each provider where its last page ended. */
  page: number;
  /** How long `collect` may wait, at most the hard deadline; null: that one. */
  waitMs: number | null;
  /** Pass by the cache. */
  fresh: boolean;
  /** A person's Retry of one provider: `fresh`, and a trial for one that rests. Only with exactly one provider named. */
  retry: boolean;
  /** Keep it in the searcher's history. */
  remember: boolean;
  requestId: string | null;
  /** Aborted when the client leaves. */
  signal?: AbortSignal;
}
