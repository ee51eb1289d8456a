import type { ProviderState } from "@/lib/health/health-view";
import type { CrossIds } from "@/lib/providers/work";
import { toCrossLinks } from "@/lib/titles/cross-links";
import { isUsable } from "./health-filter";

export interface FavoriteLink {
  name: string;
  url: string;
}

export interface FavoriteLinks {
  /** Its pages at the providers that it was found at: a web site may be there although we cannot ask it. */
  own: readonly FavoriteLink[];
  /** The same work at another catalogue, by its ids. */
  elsewhere: FavoriteLink | null;
}

/** Where a work can be looked up. `providers`: those of now by id; one that is well comes before a site that is no provider here. */
export function toFavoriteLinks(
  work: { sources: readonly { providerId: string; url: string | null }[]; ids: CrossIds },
  providers: ReadonlyMap<string, { name: string; state: ProviderState }>,
): FavoriteLinks {
  const own = new Map(
    work.sources.flatMap(({ providerId, url }) =>
      url === null ? [] : [[url, { name: providers.get(providerId)?.name ?? providerId, url }] as const],
    ),
  );
  const found = new Set(work.sources.map(({ providerId }) => providerId));
  const others = toCrossLinks(work.ids).flatMap(({ name, url, providerId }) => {
    if (providerId !== null && found.has(providerId)) return [];
    const provider = providerId === null ? undefined : providers.get(providerId);
    // One that is switched off or not set up may have a web site that is well.
    if (provider?.state === "DOWN" || provider?.state === "AUTO_DISABLED") return [];
    return [{ name, url, isProvider: provider !== undefined && isUsable(provider.state) }];
  });
  const best = others.find(({ isProvider }) => isProvider) ?? others[0];
  return { own: [...own.values()], elsewhere: best ? { name: best.name, url: best.url } : null };
}
