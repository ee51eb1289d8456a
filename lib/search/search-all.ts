import type { Provider } from "@/lib/providers/provider";
import type { WorkRecord } from "@/lib/providers/work";
import type { Asked, ProviderAnswer } from "./ask-provider";
import type { SearchTarget } from "./choose-targets";
import { createEventQueue } from "./event-queue";
import { type SearchEvent, type SearchProvider, wasAsked } from "./events";
import type { ProviderItem } from "./item";
import type { CachedPage } from "./page-cache";
import { fromStale, type Told, toProgress, toWaiting } from "./progress";

export interface SearchAllOptions {
  searchId: string;
  query: string;
  page: number;
  targets: readonly SearchTarget[];
  ask: (provider: Provider) => Asked;
  findStale: (provider: Provider) => CachedPage | null;
  /** Told when an old answer stands in. */
  onStale?: (providerId: string) => void;
  /** Gives a provider's records their identity, at once and from memory. */
  resolve: (provider: Provider, records: readonly WorkRecord[]) => ProviderItem[];
  /** Which of these titles are favorites of the asker. Never waited for, but by the end, and then for a moment. */
  findFavorites?: (titleIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Epoch milliseconds. */
  clock: () => number;
  softDeadlineMs: number;
  deadlineMs: number;
  /** Ends the search earlier, with pending providers left `waiting`. */
  waitMs?: number | null;
  signal?: AbortSignal;
}

const FAVORITES_WAIT_MS = 1000;

/**
 * Asks all providers at once and says what happens as it happens: see `SearchEvent`. Waits for nobody but the providers. At the soft
 * deadline a provider that is still silent is stood in for by its last answer, if there is one; at the hard deadline the search ends,
 * while its calls go on up to their own time limits, for the cache. When the consumer stops early or the signal aborts, calls that
 * nobody else waits for are aborted.
 */
export async function* searchAll(options: SearchAllOptions): AsyncGenerator<SearchEvent, void, undefined> {
  const { targets, clock, signal } = options;
  const queue = createEventQueue<SearchEvent>();
  const startedAt = clock();
  const pending = new Map<string, { provider: Provider; asked: Asked }>();
  const current = new Map<string, SearchProvider>();
  const timers: ReturnType<typeof setTimeout>[] = [];
  const favorites = createFavoriteFinder(options, (titleIds) => queue.push({ type: "favorites", titleIds }));
  let isLate = false;
  let incomplete = false;
  let isOver = false;

  const later = (ms: number, act: () => void) => void timers.push(setTimeout(act, ms));
  const elapsedMs = () => clock() - startedAt;
  const standIn = (provider: Provider, reason: string): boolean => {
    const stale = options.findStale(provider);
    if (stale) say(provider, fromStale(provider, { stale, now: clock(), ms: elapsedMs() }, reason));
    return stale !== null;
  };

  function say(provider: Provider, { progress, records }: Told): void {
    current.set(provider.id, progress);
    if (progress.cached && progress.reason !== null) options.onStale?.(provider.id);
    const items = options.resolve(provider, records);
    queue.push({ type: isLate ? "late" : "provider", provider: progress, items });
    favorites.add(items);
  }

  function take(provider: Provider, answer: ProviderAnswer): void {
    if (isOver || !pending.delete(provider.id)) return;
    if (answer.kind === "failed" || answer.kind === "queued") incomplete = true;
    const stale = answer.kind === "page" ? null : options.findStale(provider);
    say(provider, toProgress(provider, answer, { now: clock(), ms: elapsedMs(), stale }));
    if (pending.size === 0) end();
  }

  function passSoftDeadline(): void {
    for (const { provider } of pending.values()) standIn(provider, "Slow to answer: from the cache");
    const asked = [...current.values()].filter(wasAsked);
    const answered = asked.filter(({ state }) => state !== "waiting").length;
    queue.push({ type: "deadline", answered, total: asked.length });
    isLate = true;
  }

  function passHardDeadline(isEarly: boolean): void {
    incomplete = true;
    for (const { provider, asked } of pending.values()) {
      const standsIn =
        current.get(provider.id)?.state === "ok" || standIn(provider, "No answer in time: from the cache");
      if (!standsIn && !isEarly) say(provider, toTimeout(provider, asked.isQueued()));
    }
    pending.clear();
    end();
  }

  function toTimeout(provider: Provider, isQueued: boolean): Told {
    const error = { class: "timeout", message: `No answer within ${options.deadlineMs} ms.` } as const;
    const reason = isQueued ? "queued" : null;
    return { progress: { ...toWaiting(provider), state: "timeout", ms: elapsedMs(), error, reason }, records: [] };
  }

  function end(): void {
    if (isOver) return;
    isOver = true;
    timers.forEach(clearTimeout);
    const finish = () => {
      queue.push({ type: "end", complete: !incomplete, tookMs: elapsedMs() });
      queue.close();
    };
    const waiting = favorites.settled();
    if (waiting) void waiting.then(finish);
    else finish();
  }

  function leave(): void {
    isOver = true;
    timers.forEach(clearTimeout);
    for (const { asked } of pending.values()) asked.leave();
    pending.clear();
    queue.close();
  }

  const first = targets.map(({ provider, skipped }): SearchProvider => {
    const waiting = toWaiting(provider);
    return skipped === null ? waiting : { ...waiting, state: "skipped", reason: skipped };
  });
  for (const progress of first) current.set(progress.id, progress);
  queue.push({
    type: "start",
    searchId: options.searchId,
    query: options.query,
    page: options.page,
    providers: first,
  });
  for (const [index, { provider, skipped }] of targets.entries()) {
    const progress = first[index];
    if (skipped !== null && progress) say(provider, { progress, records: [] });
    else if (skipped === null) pending.set(provider.id, { provider, asked: options.ask(provider) });
  }
  for (const { provider, asked } of pending.values()) void asked.result.then((answer) => take(provider, answer));
  const waitMs = Math.min(options.waitMs ?? options.deadlineMs, options.deadlineMs);
  if (pending.size === 0) end();
  else {
    if (options.softDeadlineMs < waitMs) later(options.softDeadlineMs, passSoftDeadline);
    later(waitMs, () => passHardDeadline(waitMs < options.deadlineMs));
  }
  if (signal?.aborted) leave();
  signal?.addEventListener("abort", leave, { once: true });
  try {
    yield* queue.events();
  } finally {
    signal?.removeEventListener("abort", leave);
    if (!isOver) leave();
  }
}

/** Looks favorites up in the background, one question at a time; what comes meanwhile goes into the next one. */
function createFavoriteFinder(
  { findFavorites }: Pick<SearchAllOptions, "findFavorites">,
  onFound: (titleIds: string[]) => void,
) {
  let wanted = new Set<string>();
  const asked = new Set<string>();
  let running: Promise<void> | null = null;

  async function run(find: NonNullable<typeof findFavorites>): Promise<void> {
    while (wanted.size > 0) {
      const ids = [...wanted];
      wanted = new Set();
      try {
        const found = [...(await find(ids))];
        if (found.length > 0) onFound(found);
      } catch {
        // The port reports its own failures; a search without stars is better than none.
      }
    }
    running = null;
  }

  return {
    add(items: readonly ProviderItem[]): void {
      if (!findFavorites) return;
      for (const { known, titleId } of items) {
        if (!known || asked.has(titleId)) continue;
        asked.add(titleId);
        wanted.add(titleId);
      }
      if (wanted.size > 0) running ??= run(findFavorites);
    },
    /** Null when nothing is being looked up. */
    settled(): Promise<unknown> | null {
      if (!running) return null;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const enough = new Promise((resolve) => {
        timer = setTimeout(resolve, FAVORITES_WAIT_MS);
      });
      return Promise.race([running, enough]).finally(() => clearTimeout(timer));
    },
  };
}
