import { v4 as uuid } from "uuid";
import type { CallProvider } from "@/lib/providers/call-provider";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import type { Provider } from "@/lib/providers/provider";
import type { IdNamespace, WorkRecord } from "@/lib/providers/work";
import { createProviderAsker, PAGE_SIZE, type Question } from "./ask-provider";
import { chooseTargets, type SearchTarget } from "./choose-targets";
import type { SearchEvent, SearchProvider } from "./events";
import type { ProviderItem } from "./item";
import type { Cluster } from "./merge";
import { createMergedCache } from "./merged-cache";
import { type CachedPage, createPageCache } from "./page-cache";
import { toProgress, toWaiting } from "./progress";
import { searchAll } from "./search-all";
import {
  createSearchCollector,
  mergeCollected,
  type SearchAnswer,
  type SearchCollector,
  toCards,
} from "./search-answer";
import type { SearchRequest } from "./search-request";

export interface SearchService {
  /** The events of a search as they happen; stop reading, or abort, to give up calls that nobody else waits for. */
  stream(request: SearchRequest): AsyncIterable<SearchEvent>;
  /** The same search as one answer, at the latest after `waitMs`. AppError bad_request for unknown providers. */
  collect(request: SearchRequest): Promise<SearchAnswer>;
  /** What memory alone can say at once: `start` and the answers that lie in the cache. Asks nobody, reads no database. */
  cachedEvents(request: SearchRequest): SearchEvent[];
  /** The same as an answer; null when the cache has nothing of it. */
  cached(request: SearchRequest): SearchAnswer | null;
  /** Pages in the cache. */
  cacheSize(): number;
}

/** What a search needs of the title store. */
export interface SearchTitles {
  /** At once and from memory. */
  resolve(providerId: string, records: readonly WorkRecord[], firstRank: number): ProviderItem[];
  /** Later, behind the search. */
  remember(clusters: readonly Cluster[]): void;
  /** Changes when an identity does. */
  version(): number;
  /** What a stored title with this id is called; null when none is stored. */
  findTextByCrossId?(namespace: IdNamespace, id: string): Promise<string | null>;
}

export interface SearchFinished {
  status: "complete" | "partial" | "failed";
  tookMs: number;
  firstResultMs: number | null;
  requestId: string | null;
}

export interface SearchServiceOptions {
  providers: Pick<ProviderCatalog, "list">;
  callProvider: CallProvider;
  health: {
    countCacheHit(providerId: string): void;
    /** Asked for quiet, or refuses its credentials: a person's retry waits like everyone. */
    isHeld?: (providerId: string) => boolean;
  };
  titles: SearchTitles;
  /** Which of the titles are this user's favorites. */
  favoriteIds?: (viewerId: string, titleIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Keeps a query in the user's history; not waited for, must not throw. */
  recordSearch?: (viewerId: string, query: string) => void;
  /** Epoch milliseconds. */
  clock: () => number;
  softDeadlineMs: number;
  deadlineMs: number;
  cacheTtlMs: number;
  staleMs: number;
  onSearch?: (search: SearchFinished) => void;
  onCache?: (outcome: "hit" | "miss") => void;
  /** Told of mistakes of our own. */
  report?: (error: unknown) => void;
  newId?: () => string;
}

export function createSearchService(options: SearchServiceOptions): SearchService {
  const { clock, titles, health } = options;
  const cache = createPageCache({ clock, ttlMs: options.cacheTtlMs, staleMs: options.staleMs });
  const asker = createProviderAsker({
    callProvider: options.callProvider,
    listProviders: () => options.providers.list(),
    findStoredText: titles.findTextByCrossId,
    cache,
    countCacheHit: (providerId) => health.countCacheHit(providerId),
    ...(options.onCache && { onCache: options.onCache }),
    ...(options.report && { report: options.report }),
  });
  const mergedCache = createMergedCache();
  const newId = options.newId ?? uuid;

  function choose(request: SearchRequest): SearchTarget[] {
    return chooseTargets(options.providers.list(), request);
  }

  function resolve(request: SearchRequest, providerId: string, records: readonly WorkRecord[]): ProviderItem[] {
    return titles.resolve(providerId, records, (request.page - 1) * PAGE_SIZE + 1);
  }

  function note({ remember, page, viewer, query }: SearchRequest): void {
    if (remember && page === 1) options.recordSearch?.(viewer.id, query);
  }

  function run(request: SearchRequest, targets: readonly SearchTarget[], waitMs: number | null) {
    const question = toQuestion(request, options.health.isHeld);
    const { favoriteIds } = options;
    note(request);
    return searchAll({
      searchId: newId(),
      query: request.query,
      page: request.page,
      targets,
      ask: (provider) => asker.ask(provider, question),
      findStale: (provider) => asker.findStale(provider, question),
      onStale: (providerId) => health.countCacheHit(providerId),
      resolve: (provider, records) => resolve(request, provider.id, records),
      ...(favoriteIds && { findFavorites: (ids: readonly string[]) => favoriteIds(request.viewer.id, ids) }),
      clock,
      softDeadlineMs: options.softDeadlineMs,
      deadlineMs: options.deadlineMs,
      waitMs,
      ...(request.signal && { signal: request.signal }),
    });
  }

  function report({ requestId }: SearchRequest, { complete, tookMs, firstResultMs, providers }: SearchCollector): void {
    const some = providers.some(({ state }) => state === "ok");
    const status = complete && some ? "complete" : some ? "partial" : "failed";
    options.onSearch?.({ status, tookMs, firstResultMs, requestId });
  }

  async function* follow(
    request: SearchRequest,
    targets: readonly SearchTarget[],
  ): AsyncGenerator<SearchEvent, void, undefined> {
    const startedAt = clock();
    const collected = createSearchCollector(() => clock() - startedAt);
    try {
      for await (const event of run(request, targets, null)) {
        collected.take(event);
        if (event.type === "end") report(request, collected);
        yield event;
      }
    } finally {
      // Also when the reader left: the ids that it was shown stay good.
      if (collected.items.length > 0) titles.remember(mergeCollected(collected.items, collected.providers));
    }
  }

  async function ask(request: SearchRequest, targets: readonly SearchTarget[]): Promise<SearchAnswer> {
    const startedAt = clock();
    const collected = createSearchCollector(() => clock() - startedAt);
    for await (const event of run(request, targets, request.waitMs)) collected.take(event);
    report(request, collected);
    const { complete, favoriteIds } = collected;
    const providers = [...collected.providers];
    const clusters = mergeCollected(collected.items, providers);
    titles.remember(clusters);
    const { query, page, filters, viewer } = request;
    const items = toCards(clusters, { ...viewer, query, filters, providers, favoriteIds });
    return { query, complete, tookMs: clock() - startedAt, page, providers, items };
  }

  /** Null unless every provider that is to be asked has a fresh answer in the cache. */
  function findCached(request: SearchRequest, targets: readonly SearchTarget[]) {
    if (request.fresh || request.retry) return null;
    const question = toQuestion(request);
    const pages: { providerId: string; cached: CachedPage }[] = [];
    const providers: SearchProvider[] = [];
    for (const { provider, skipped } of targets) {
      const cached = skipped === null ? asker.findFresh(provider, question) : null;
      if (skipped === null && !cached) return null;
      if (cached) pages.push({ providerId: provider.id, cached });
      providers.push(cached ? toCached(provider, cached, clock()) : toSkipped(provider, skipped ?? ""));
    }
    if (pages.length === 0) return null;
    const merged = mergedCache.get({
      request,
      providers,
      pages: pages.map(({ cached }) => cached),
      version: titles.version(),
      resolve: () => pages.flatMap(({ providerId, cached }) => resolve(request, providerId, cached.page.items)),
      onMerged: titles.remember,
    });
    return { providers, merged };
  }

  async function answerCached(
    request: SearchRequest,
    { providers, merged }: NonNullable<ReturnType<typeof findCached>>,
  ): Promise<SearchAnswer> {
    const startedAt = clock();
    note(request);
    for (const { id, cached } of providers) {
      if (!cached) continue;
      health.countCacheHit(id);
      options.onCache?.("hit");
    }
    const items = [...merged.cards(request, await findFavorites(request, merged.knownTitleIds))];
    const tookMs = clock() - startedAt;
    options.onSearch?.({ status: "complete", tookMs, firstResultMs: tookMs, requestId: request.requestId });
    return { query: request.query, complete: true, tookMs, page: request.page, providers, items };
  }

  async function findFavorites(request: SearchRequest, titleIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (!options.favoriteIds || titleIds.length === 0) return new Set();
    try {
      return await options.favoriteIds(request.viewer.id, titleIds);
    } catch (error) {
      options.report?.(error);
      return new Set();
    }
  }

  function cachedEvents(request: SearchRequest): SearchEvent[] {
    const question = toQuestion(request);
    const now = clock();
    const providers: SearchProvider[] = [];
    const answers: SearchEvent[] = [];
    for (const { provider, skipped } of choose(request)) {
      const cached = skipped === null && !question.fresh ? asker.findFresh(provider, question) : null;
      providers.push(skipped === null ? toWaiting(provider) : toSkipped(provider, skipped));
      if (!cached) continue;
      const items = resolve(request, provider.id, cached.page.items);
      answers.push({ type: "provider", provider: toCached(provider, cached, now), items });
    }
    return [{ type: "start", searchId: newId(), query: request.query, page: request.page, providers }, ...answers];
  }

  function cached(request: SearchRequest): SearchAnswer | null {
    const collected = createSearchCollector(() => 0);
    for (const event of cachedEvents(request)) collected.take(event);
    const providers = [...collected.providers];
    if (!providers.some(({ state }) => state === "ok")) return null;
    const { query, page, filters, viewer } = request;
    const clusters = mergeCollected(collected.items, providers);
    const items = toCards(clusters, { ...viewer, query, filters, providers, favoriteIds: new Set() });
    const complete = providers.every(({ state }) => state !== "waiting");
    return { query, complete, tookMs: 0, page, providers, items };
  }

  return {
    stream: (request) => follow(request, choose(request)),
    async collect(request) {
      const targets = choose(request);
      const known = findCached(request, targets);
      return known ? answerCached(request, known) : ask(request, targets);
    },
    cachedEvents,
    cached,
    cacheSize: cache.size,
  };
}

function toCached(provider: Provider, cached: CachedPage, now: number): SearchProvider {
  const answer = { kind: "page", page: cached.page, cachedAt: cached.storedAt } as const;
  return toProgress(provider, answer, { now, ms: 0, stale: null }).progress;
}

function toSkipped(provider: Provider, reason: string): SearchProvider {
  return { ...toWaiting(provider), state: "skipped", reason };
}

function toQuestion(request: SearchRequest, isHeld: (providerId: string) => boolean = () => false): Question {
  const [only, ...others] = (request.retry && request.providers) || [];
  const isTrial = only !== undefined && others.length === 0 && !isHeld(only);
  return {
    query: request.query,
    page: request.page,
    adult: request.viewer.showAdult,
    fresh: request.fresh || request.retry,
    source: isTrial ? "manual" : "search",
    requestId: request.requestId,
  };
}
