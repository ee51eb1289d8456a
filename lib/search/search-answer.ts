import type { Card, TitleLanguage } from "./card";
import { type SearchEvent, type SearchProvider, wasAsked } from "./events";
import { matchesFilters, type SearchFilters } from "./filters";
import type { ProviderItem } from "./item";
import { type Cluster, merge } from "./merge";
import { rank } from "./rank";

/** A search told as one answer. */
export interface SearchAnswer {
  query: string;
  complete: boolean;
  tookMs: number;
  page: number;
  providers: SearchProvider[];
  items: Card[];
}

/** Collects the events of one search. */
export interface SearchCollector {
  take(event: SearchEvent): void;
  readonly providers: readonly SearchProvider[];
  readonly items: readonly ProviderItem[];
  readonly favoriteIds: ReadonlySet<string>;
  /** Milliseconds to the first event with items; null while there is none. */
  readonly firstResultMs: number | null;
  readonly complete: boolean;
  readonly tookMs: number;
}

export function createSearchCollector(elapsedMs: () => number): SearchCollector {
  const providers = new Map<string, SearchProvider>();
  const items = new Map<string, readonly ProviderItem[]>();
  const favoriteIds = new Set<string>();
  let firstResultMs: number | null = null;
  let end = { complete: false, tookMs: 0 };
  return {
    take(event) {
      if (event.type === "start") for (const provider of event.providers) providers.set(provider.id, provider);
      if (event.type === "provider" || event.type === "late") {
        providers.set(event.provider.id, event.provider);
        items.set(event.provider.id, event.items);
        if (event.items.length > 0) firstResultMs ??= elapsedMs();
      }
      if (event.type === "favorites") for (const id of event.titleIds) favoriteIds.add(id);
      if (event.type === "end") end = event;
    },
    get providers() {
      return [...providers.values()];
    },
    get items() {
      return [...items.values()].flat();
    },
    favoriteIds,
    get firstResultMs() {
      return firstResultMs;
    },
    get complete() {
      return end.complete;
    },
    get tookMs() {
      return end.tookMs;
    },
  };
}

function toWeights(providers: readonly SearchProvider[]): Record<string, number> {
  return Object.fromEntries(providers.map(({ id, weight }) => [id, weight]));
}

export function mergeCollected(items: readonly ProviderItem[], providers: readonly SearchProvider[]): Cluster[] {
  return merge(items, { weights: toWeights(providers) });
}

/** The cards of a search in their order, without those that the filters leave out. */
export function toCards(
  clusters: readonly Cluster[],
  options: {
    query: string;
    titleLanguage: TitleLanguage;
    showAdult: boolean;
    filters: SearchFilters;
    providers: readonly SearchProvider[];
    favoriteIds: ReadonlySet<string>;
  },
): Card[] {
  return rank(clusters, { ...options, weights: toWeights(options.providers) }).filter((card) =>
    matchesFilters(card, options.filters, options),
  );
}

/** Nobody could be asked, and no cache stood in. */
export function couldAskNobody(providers: readonly SearchProvider[]): boolean {
  return !providers.some(wasAsked);
}

/** Seconds until the first of the providers may be asked again; a minute when none says. */
export function retryAfterSeconds(providers: readonly SearchProvider[], now: number): number {
  const instants = providers.map(({ retryAt }) => retryAt).filter((at) => at !== null);
  return instants.length === 0 ? 60 : Math.max(1, Math.ceil((Math.min(...instants) - now) / 1000));
}
