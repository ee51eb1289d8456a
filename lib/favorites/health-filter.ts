import type { FavoriteFilter } from "@/lib/db/favorite-list";
import { PROVIDER_STATUSES, type ProviderState, type ProviderStatus } from "@/lib/health/health-view";

/** A status: with a source at a provider that has it. `needs_attention`: no source at a provider that can be used. */
export const FAVORITE_HEALTH = [...PROVIDER_STATUSES, "needs_attention"] as const;
export type FavoriteHealth = (typeof FAVORITE_HEALTH)[number];

export interface ProviderCondition {
  id: string;
  status: ProviderStatus;
  state: ProviderState;
}

const UNUSABLE: ReadonlySet<ProviderState> = new Set(["DISABLED", "MISCONFIGURED", "AUTO_DISABLED", "DOWN"]);

/** Whether it can be expected to answer, now or after a pause that ends by itself in minutes. */
export function isUsable(state: ProviderState): boolean {
  return !UNUSABLE.has(state);
}

/** The part of the filter that says the same with today's providers. */
export function toHealthFilter(
  health: FavoriteHealth | null,
  providers: readonly ProviderCondition[],
): Pick<FavoriteFilter, "withSourceAt" | "withoutSourceAt"> {
  const idsOf = (some: (provider: ProviderCondition) => boolean) => providers.filter(some).map(({ id }) => id);
  if (health === null) return { withSourceAt: [], withoutSourceAt: null };
  if (health === "needs_attention") {
    return { withSourceAt: [], withoutSourceAt: idsOf(({ state }) => isUsable(state)) };
  }
  return { withSourceAt: [idsOf(({ status }) => status === health)], withoutSourceAt: null };
}
