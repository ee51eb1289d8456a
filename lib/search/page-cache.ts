import { LRUCache } from "lru-cache";
import type { SearchPage } from "@/lib/providers/provider";

export interface CachedPage {
  page: SearchPage;
  /** Epoch milliseconds. */
  storedAt: number;
}

/** Answers of providers, good ones only. A page is fresh for `ttlMs` and may stand in for a failing provider for `staleMs`. */
export interface PageCache {
  findFresh(key: string): CachedPage | null;
  findStale(key: string): CachedPage | null;
  set(key: string, page: SearchPage): CachedPage;
  size(): number;
}

const ITEMS_MAX = 20_000;

export function createPageCache(options: { clock: () => number; ttlMs: number; staleMs: number }): PageCache {
  const { clock, ttlMs, staleMs } = options;
  const pages = new LRUCache<string, CachedPage>({
    maxSize: ITEMS_MAX,
    sizeCalculation: ({ page }) => page.items.length + 1,
  });
  const find = (key: string, maxAgeMs: number): CachedPage | null => {
    const cached = pages.get(key);
    return cached && clock() - cached.storedAt < maxAgeMs ? cached : null;
  };
  return {
    findFresh: (key) => find(key, ttlMs),
    findStale: (key) => find(key, Math.max(ttlMs, staleMs)),
    set(key, page) {
      const cached = { page, storedAt: clock() };
      pages.set(key, cached);
      return cached;
    },
    size: () => pages.size,
  };
}

/** Spaces and case do not make another search; accents may. */
export function toCacheQuery(query: string): string {
  return query.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
}
