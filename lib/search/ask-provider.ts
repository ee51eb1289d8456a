import type { CallProvider } from "@/lib/providers/call-provider";
import type { CallResult, Provider, SearchPage } from "@/lib/providers/provider";
import { createFlights, type Flight } from "./flights";
import { type CachedPage, type PageCache, toCacheQuery } from "./page-cache";
import { relevanceOf } from "./rank";

export const PAGE_SIZE = 20;

/** What is asked of a provider: page `page` (from 1) of its hits. */
export interface Question {
  query: string;
  page: number;
  adult: boolean;
  /** Pass by the cache, and by a resting circuit when a person asks for this provider alone. */
  fresh: boolean;
  source: "search" | "manual";
  requestId: string | null;
}

export type ProviderAnswer =
  | { kind: "page"; page: SearchPage; cachedAt: number | null }
  | Exclude<CallResult<SearchPage>, { ok: true }>;

export interface Asked extends Flight<ProviderAnswer> {
  /** Whether the call still waits in our own limiter. */
  isQueued(): boolean;
}

/** One provider's pages, through the cache; identical questions at one time share one call. */
export interface ProviderAsker {
  ask(provider: Provider, question: Question): Asked;
  findFresh(provider: Provider, question: Question): CachedPage | null;
  findStale(provider: Provider, question: Question): CachedPage | null;
}

export interface AskerPorts {
  callProvider: CallProvider;
  cache: PageCache;
  countCacheHit: (providerId: string) => void;
  /** Of the search cache, for the metrics. */
  onCache?: (outcome: "hit" | "miss") => void;
  /** Told of mistakes of our own. */
  report?: (error: unknown) => void;
}

const NOTHING_MORE: SearchPage = { items: [], dropped: 0, nextPage: null, total: null };

export function createProviderAsker(ports: AskerPorts): ProviderAsker {
  const { cache } = ports;
  const flights = createFlights<ProviderAnswer>();
  const starts = new Map<string, boolean>();

  function ask(provider: Provider, question: Question): Asked {
    const cached = question.fresh ? null : cache.findFresh(keyOf(provider, question));
    if (cached) {
      ports.countCacheHit(provider.id);
      ports.onCache?.("hit");
      const answer = { kind: "page", page: cached.page, cachedAt: cached.storedAt } as const;
      return { result: Promise.resolve(answer), leave: () => {}, isQueued: () => false };
    }
    ports.onCache?.("miss");
    // A person's retry is another call to the health engine than a search: they are not shared.
    const key = `${keyOf(provider, question)}\n${question.source}`;
    const flight = flights.join(key, (signal) => {
      starts.set(key, false);
      return fetchPage(provider, question, signal, () => starts.set(key, true))
        .catch(toInternal)
        .finally(() => starts.delete(key));
    });
    return { ...flight, isQueued: () => starts.get(key) === false };
  }

  function toInternal(error: unknown): ProviderAnswer {
    ports.report?.(error);
    const failure = { class: "internal", message: "An error of our own.", httpStatus: null, retryAt: null } as const;
    return { ok: false, kind: "failed", failure, durationMs: 0 };
  }

  async function fetchPage(
    provider: Provider,
    question: Question,
    signal: AbortSignal,
    onStart: () => void,
  ): Promise<ProviderAnswer> {
    let cursor: string | null = null;
    if (question.page > 1) {
      const before = await pageBefore(provider, question, signal, onStart);
      if (before.kind !== "page") return before;
      if (before.page.nextPage === null) return { kind: "page", page: NOTHING_MORE, cachedAt: null };
      cursor = before.page.nextPage;
    }
    const result = await ports.callProvider({
      provider,
      operation: "search",
      source: question.source,
      input: { text: question.query, page: cursor, limit: PAGE_SIZE, adult: question.adult },
      signal,
      requestId: question.requestId,
      relevanceOf: (page) => relevanceOf(question.query, page.items),
      onStart,
    });
    if (!result.ok) return result;
    cache.set(keyOf(provider, question), result.value);
    return { kind: "page", page: result.value, cachedAt: null };
  }

  /** Only the page before knows where this one begins. An old copy of it does, too. */
  async function pageBefore(
    provider: Provider,
    question: Question,
    signal: AbortSignal,
    onStart: () => void,
  ): Promise<ProviderAnswer> {
    const before = { ...question, page: question.page - 1, fresh: false };
    const known = cache.findStale(keyOf(provider, before));
    if (known) return { kind: "page", page: known.page, cachedAt: known.storedAt };
    return fetchPage(provider, before, signal, onStart);
  }

  return {
    ask,
    findFresh: (provider, question) => cache.findFresh(keyOf(provider, question)),
    findStale: (provider, question) => cache.findStale(keyOf(provider, question)),
  };
}

/** The address is part of it: after an admin has pointed the provider elsewhere, old answers are another's. */
function keyOf(provider: Provider, { query, page, adult }: Question): string {
  return [provider.id, provider.config.baseUrl, adult ? "adult" : "", page, toCacheQuery(query)].join("\n");
}
