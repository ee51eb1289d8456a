import type { FailureClass } from "@/lib/providers/outcome";
import type { ProviderItem } from "./item";

export const SEARCH_PROVIDER_STATES = ["waiting", "ok", "timeout", "error", "rate_limited", "skipped"] as const;
export type SearchProviderState = (typeof SEARCH_PROVIDER_STATES)[number];

/** How one provider stands in one search. Instants are epoch milliseconds. */
export interface SearchProvider {
  id: string;
  name: string;
  state: SearchProviderState;
  /** How long it took to answer, our own waiting included; null while it has not, or when it was not asked. */
  ms: number | null;
  /** Hits on this page; null unless the state is ok. */
  count: number | null;
  /** The provider has another page. */
  hasMore: boolean;
  cached: boolean;
  /** Age of a cached answer. */
  ageMs: number | null;
  error: { class: FailureClass; message: string } | null;
  /** Plain words: why it was skipped, is limited, or why the answer comes from the cache although it is old. */
  reason: string | null;
  retryAt: number | null;
  /** What its places count in the order, from its priority: 0.5–1.5. */
  weight: number;
}

/**
 * What a search says while it runs, in this order: `start` once (every provider is waiting), `provider` once for each, `deadline`
 * at most once (the soft one), `late` for answers after it, `end` once. A `late` event may follow a `provider` event of the same
 * provider, when a stale answer stood in for a slow one: the later event replaces the earlier one's items. `favorites` names those
 * title ids of the items so far that are favorites of the asker, whenever they become known.
 */
export type SearchEvent =
  | { type: "start"; searchId: string; query: string; page: number; providers: SearchProvider[] }
  | { type: "provider" | "late"; provider: SearchProvider; items: ProviderItem[] }
  | { type: "favorites"; titleIds: string[] }
  | { type: "deadline"; answered: number; total: number }
  | { type: "end"; complete: boolean; tookMs: number };

/** Whether it was called at all: skipped, failed and empty are three different things. */
export function wasAsked({ state, error }: Pick<SearchProvider, "state" | "error">): boolean {
  return state !== "skipped" && !(state === "rate_limited" && error === null);
}
