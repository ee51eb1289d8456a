import { LRUCache } from "lru-cache";
import type { Card } from "./card";
import type { SearchProvider } from "./events";
import type { ProviderItem } from "./item";
import type { Cluster } from "./merge";
import type { CachedPage } from "./page-cache";
import { mergeCollected, toCards } from "./search-answer";
import type { SearchRequest } from "./search-request";

/** One search whose pages all lie fresh in the cache, merged. */
export interface MergedSearch {
  /** Title ids that may be somebody's favorites. */
  knownTitleIds: readonly string[];
  /** Ranked and filtered as the request wants it. The list and its cards are shared: not to be changed. */
  cards(request: SearchRequest, favoriteIds: ReadonlySet<string>): readonly Card[];
}

/** The same pages under the same identities merge to the same cards: a repeated search is only looked up. */
export interface MergedCache {
  get(source: MergeSource): MergedSearch;
}

export interface MergeSource {
  request: SearchRequest;
  pages: readonly CachedPage[];
  /** Changes when a title's identity does. */
  version: number;
  providers: readonly SearchProvider[];
  resolve: () => ProviderItem[];
  /** Told once for each new merge: the pages may have come when no search was left to hear of them. */
  onMerged: (clusters: readonly Cluster[]) => void;
}

const SEARCHES_MAX = 200;
const VIEWS_MAX = 10;

export function createMergedCache(): MergedCache {
  const searches = new LRUCache<string, MergedSearch & { source: MergeSource }>({ max: SEARCHES_MAX });
  return {
    get(source) {
      const key = keyOf(source);
      const known = searches.get(key);
      if (known && known.source.version === source.version && isSame(known.source.pages, source.pages)) return known;
      const made = { ...mergeSearch(source), source };
      searches.set(key, made);
      return made;
    },
  };
}

function mergeSearch({ providers, resolve, onMerged }: MergeSource): MergedSearch {
  const items = resolve();
  const clusters = mergeCollected(items, providers);
  onMerged(clusters);
  const views = new LRUCache<string, readonly Card[]>({ max: VIEWS_MAX });
  return {
    knownTitleIds: [...new Set(items.filter(({ known }) => known).map(({ titleId }) => titleId))],
    cards(request, favoriteIds) {
      if (favoriteIds.size > 0) return view(clusters, request, providers, favoriteIds);
      const { filters, viewer } = request;
      const key = JSON.stringify([request.query, viewer.titleLanguage, viewer.showAdult, filters]);
      let cards = views.get(key);
      if (!cards) {
        cards = view(clusters, request, providers, favoriteIds);
        views.set(key, cards);
      }
      return cards;
    },
  };
}

function view(
  clusters: readonly Cluster[],
  { query, filters, viewer }: SearchRequest,
  providers: readonly SearchProvider[],
  favoriteIds: ReadonlySet<string>,
): Card[] {
  const { titleLanguage, showAdult } = viewer;
  return toCards(clusters, { query, filters, titleLanguage, showAdult, providers, favoriteIds });
}

function keyOf({ request, providers }: MergeSource): string {
  const weights = providers.map(({ id, weight }) => [id, weight]);
  return JSON.stringify([request.query.toLowerCase(), request.page, request.viewer.showAdult, weights]);
}

function isSame(a: readonly CachedPage[], b: readonly CachedPage[]): boolean {
  return a.length === b.length && a.every((page, index) => page === b[index]);
}
