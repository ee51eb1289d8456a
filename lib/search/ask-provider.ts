import type { CallProvider } from "@/lib/providers/call-provider";
import type { CallResult, Provider, SearchPage } from "@/lib/providers/provider";
import type { IdNamespace, WorkRecord } from "@/lib/providers/work";
import { createFlights, type Flight } from "./flights";
import { type CachedPage, type PageCache, toCacheQuery } from "./page-cache";
import { parseQuery } from "./parse-query";
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
  /** For ids in the box: the provider that keeps them. */
  listProviders: () => readonly Provider[];
  /** What a stored title with this id is called; null when none is stored. */
  findStoredText?: ((namespace: IdNamespace, id: string) => Promise<string | null>) | undefined;
  cache: PageCache;
  countCacheHit: (providerId: string) => void;
  /** Of the search cache, for the metrics. */
  onCache?: (outcome: "hit" | "miss") => void;
  /** Told of mistakes of our own. */
  report?: (error: unknown) => void;
}

const NOTHING_MORE: SearchPage = { items: [], dropped: 0, nextPage: null, total: null };

/** The adapter whose own ids a namespace's are. */
const KEEPERS: Partial<Record<IdNamespace, string>> = {
  md: "mangadex",
  al: "anilist",
  kt: "kitsu",
  mu: "mangaupdates",
  mal: "jikan",
  ol: "openlibrary",
  tmdb: "tmdb",
};

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
    const wanted = parseQuery(question.query);
    let text = question.query;
    let cursor: string | null = null;
    if (wanted.kind === "id") {
      const found = await lookUp(wanted.namespace, wanted.id, { provider, question, signal, onStart });
      if (typeof found !== "string") return found;
      text = found;
    }
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
      input: { text, page: cursor, limit: PAGE_SIZE, adult: question.adult },
      signal,
      requestId: question.requestId,
      relevanceOf: (page) => relevanceOf(text, page.items),
      onStart,
    });
    if (!result.ok) return result;
    cache.set(keyOf(provider, question), result.value);
    return { kind: "page", page: result.value, cachedAt: null };
  }

  /**
   * One work by its id. The catalogue that keeps such ids answers with the work itself; the others get the words to search for: what
   * that catalogue calls it, else what the store does.
   */
  async function lookUp(
    namespace: IdNamespace,
    id: string,
    { provider, question, signal, onStart }: LookUp,
  ): Promise<ProviderAnswer | string> {
    const keeper = ports.listProviders().find(({ adapter, enabled, initialized }) => {
      return enabled && initialized && adapter.id === KEEPERS[namespace] && adapter.details !== undefined;
    });
    if (keeper?.id === provider.id) {
      return question.page > 1
        ? { kind: "page", page: NOTHING_MORE, cachedAt: null }
        : fetchWork(provider, id, question, signal, onStart);
    }
    const kept = keeper ? await askKeeper(keeper, question, signal) : null;
    const text = kept ? titleOf(kept) : await ports.findStoredText?.(namespace, id);
    if (text) return text;
    const message = keeper
      ? `${keeper.name} did not say which work ${namespace}:${id} is.`
      : `No provider in use can tell which work ${namespace}:${id} is.`;
    const failure = { class: "client", message, httpStatus: null, retryAt: null } as const;
    return { ok: false, kind: "failed", failure, durationMs: 0 };
  }

  async function askKeeper(keeper: Provider, question: Question, signal: AbortSignal): Promise<WorkRecord | null> {
    const asked = ask(keeper, { ...question, page: 1, source: "search" });
    const leave = () => asked.leave();
    signal.addEventListener("abort", leave, { once: true });
    const answer = await asked.result;
    signal.removeEventListener("abort", leave);
    return (answer.kind === "page" && answer.page.items[0]) || null;
  }

  async function fetchWork(
    provider: Provider,
    externalId: string,
    question: Question,
    signal: AbortSignal,
    onStart: () => void,
  ): Promise<ProviderAnswer> {
    const { requestId, source } = question;
    const input = { externalId };
    const result = await ports.callProvider({
      provider,
      operation: "details",
      source: source === "manual" ? "manual" : "detail",
      input,
      signal,
      requestId,
      onStart,
    });
    // Its 404: the id is of no work there.
    if (!result.ok && !(result.kind === "failed" && result.failure.class === "client")) return result;
    const page = result.ok ? { ...NOTHING_MORE, items: [result.value] } : NOTHING_MORE;
    if (result.ok) cache.set(keyOf(provider, question), page);
    return { kind: "page", page, cachedAt: null };
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

interface LookUp {
  provider: Provider;
  question: Question;
  signal: AbortSignal;
  onStart: () => void;
}

function titleOf({ titles }: WorkRecord): string | null {
  return (titles.find(({ kind }) => kind === "main") ?? titles[0])?.text ?? null;
}

/** The address is part of it: after an admin has pointed the provider elsewhere, old answers are another's. */
function keyOf(provider: Provider, { query, page, adult }: Question): string {
  return [provider.id, provider.config.baseUrl, adult ? "adult" : "", page, toCacheQuery(query)].join("\n");
}
