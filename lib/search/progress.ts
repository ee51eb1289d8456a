import type { ProviderFailure } from "@/lib/providers/outcome";
import type { Provider } from "@/lib/providers/provider";
import type { WorkRecord } from "@/lib/providers/work";
import { assertNever } from "@/lib/result";
import type { ProviderAnswer } from "./ask-provider";
import type { SearchProvider } from "./events";
import type { CachedPage } from "./page-cache";
import { toWeight } from "./strength";

/** A provider's state with the records that go with it. */
export interface Told {
  progress: SearchProvider;
  records: readonly WorkRecord[];
}

export function toWaiting(provider: Provider): SearchProvider {
  return {
    id: provider.id,
    name: provider.name,
    state: "waiting",
    ms: null,
    count: null,
    hasMore: false,
    cached: false,
    ageMs: null,
    error: null,
    reason: null,
    retryAt: null,
    weight: toWeight(provider.priority),
  };
}

/** How an answer is shown. What is no answer is stood in for by the last one (`stale`), with the reason. */
export function toProgress(
  provider: Provider,
  answer: ProviderAnswer,
  at: { now: number; ms: number; stale: CachedPage | null },
): Told {
  const waiting = toWaiting(provider);
  switch (answer.kind) {
    case "page":
      return {
        progress: {
          ...waiting,
          state: "ok",
          ms: at.ms,
          count: answer.page.items.length,
          hasMore: answer.page.nextPage !== null,
          cached: answer.cachedAt !== null,
          ageMs: answer.cachedAt === null ? null : Math.max(0, at.now - answer.cachedAt),
        },
        records: answer.page.items,
      };
    case "rejected": {
      const { gate, reason, until } = answer.admission;
      if (at.stale) {
        const { progress, records } = fromStale(provider, { ...at, stale: at.stale }, `From the cache: ${reason}`);
        return { progress: { ...progress, ms: null, retryAt: until }, records };
      }
      return {
        progress: { ...waiting, state: gate === "hold" ? "rate_limited" : "skipped", reason, retryAt: until },
        records: [],
      };
    }
    case "queued":
      if (at.stale) return fromStale(provider, { ...at, stale: at.stale }, "Too many calls at once: from the cache");
      return {
        progress: {
          ...waiting,
          state: "timeout",
          ms: at.ms,
          error: { class: "timeout", message: "The call never left our own queue." },
          reason: "queued",
        },
        records: [],
      };
    case "failed": {
      const { failure } = answer;
      const error = { class: failure.class, message: failure.message };
      if (at.stale && failure.class !== "client") {
        const { progress, records } = fromStale(
          provider,
          { ...at, stale: at.stale },
          `From the cache: ${failure.message}`,
        );
        return { progress: { ...progress, error, retryAt: failure.retryAt }, records };
      }
      return {
        progress: { ...waiting, state: toFailedState(failure), ms: at.ms, error, retryAt: failure.retryAt },
        records: [],
      };
    }
    default:
      return assertNever(answer);
  }
}

/** An old answer in the place of one that did not come. */
export function fromStale(
  provider: Provider,
  { stale, now, ms }: { stale: CachedPage; now: number; ms: number },
  reason: string,
): Told {
  return {
    progress: {
      ...toWaiting(provider),
      state: "ok",
      ms,
      count: stale.page.items.length,
      hasMore: stale.page.nextPage !== null,
      cached: true,
      ageMs: Math.max(0, now - stale.storedAt),
      reason,
    },
    records: stale.page.items,
  };
}

function toFailedState({ class: failed }: ProviderFailure): SearchProvider["state"] {
  if (failed === "timeout") return "timeout";
  return failed === "throttled" || failed === "quota" ? "rate_limited" : "error";
}
