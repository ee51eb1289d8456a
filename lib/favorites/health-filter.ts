import type { FavoriteFilter } from "@/lib/db/favorite-list";
import { PROVIDER_STATUSES, type ProviderState, type ProviderStatus } from "@/lib/health/health-view";

/** A status: with a source at a provider that has it. `needs_attention`: no source at a provider that was well within the last day. */
export const FAVORITE_HEALTH = [...PROVIDER_STATUSES, "needs_attention"] as const;
export type FavoriteHealth = (typeof FAVORITE_HEALTH)[number];

export interface ProviderCondition {
  id: string;
  status: ProviderStatus;
  /** Since when it has not been well, epoch milliseconds; null while it is, or while nothing is known of it. */
  unwellSince: number | null;
}

const LOST_AFTER_MS = 24 * 60 * 60_000;

const UNUSABLE: ReadonlySet<ProviderState> = new Set(["DISABLED", "MISCONFIGURED", "AUTO_DISABLED", "DOWN"]);

/** Whether it can be expected to answer, now or after a pause that ends by itself in minutes. */
export function isUsable(state: ProviderState): boolean {
  return !UNUSABLE.has(state);
}

/** It has not been well for a day: whoever relies on it had better look elsewhere. */
export function isLost({ unwellSince }: Pick<ProviderCondition, "unwellSince">, now: number): boolean {
  return unwellSince !== null && now - unwellSince >= LOST_AFTER_MS;
}

/** The part of the filter that says the same with today's providers. */
export function toHealthFilter(
  health: FavoriteHealth | null,
  { providers, now }: { providers: readonly ProviderCondition[]; now: number },
): Pick<FavoriteFilter, "withSourceAt" | "withoutSourceAt"> {
  const idsOf = (some: (provider: ProviderCondition) => boolean) => providers.filter(some).map(({ id }) => id);
  if (health === null) return { withSourceAt: [], withoutSourceAt: null };
  if (health === "needs_attention") {
    return { withSourceAt: [], withoutSourceAt: idsOf((provider) => !isLost(provider, now)) };
  }
  return { withSourceAt: [idsOf(({ status }) => status === health)], withoutSourceAt: null };
}
