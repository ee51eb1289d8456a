import type { ProviderCatalog } from "@/lib/providers/catalog";
import type { HealthMonitor } from "./monitor";
import type { KnownProvider } from "./to-wire";

interface Sources {
  providers: Pick<ProviderCatalog, "list" | "get">;
  health: Pick<HealthMonitor, "view" | "thresholds">;
}

export interface Audience {
  isAdmin: boolean;
  /** Of the times in sentences. */
  timeZone: string;
}

/** Throws `AppError` not_found. */
export function knowProvider({ providers, health }: Sources, id: string, audience: Audience): KnownProvider {
  return {
    provider: providers.get(id),
    health: health.view(id, audience.timeZone),
    thresholds: health.thresholds(id),
    isAdmin: audience.isAdmin,
  };
}

export function knowProviders(sources: Sources, audience: Audience): KnownProvider[] {
  return sources.providers.list().map(({ id }) => knowProvider(sources, id, audience));
}
