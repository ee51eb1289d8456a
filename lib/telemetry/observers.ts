import type { Database } from "@/lib/db/client";
import type { HealthMonitor } from "@/lib/health/monitor";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import type { Provider } from "@/lib/providers/provider";
import type { SearchService } from "@/lib/search/search-service";
import type { HttpTiming } from "./http-timing";
import type { Metrics } from "./metrics";
import type { SystemSampler } from "./system-sampler";
import type { TlsExpiry } from "./tls-expiry";

export interface Observed {
  metrics: Pick<Metrics, "connect">;
  db: Pick<Database, "pool">;
  providers: Pick<ProviderCatalog, "list">;
  health: Pick<HealthMonitor, "view" | "queue" | "selfOnline">;
  search: Pick<SearchService, "cacheSize">;
  http: Pick<HttpTiming, "gauges">;
  tls: Pick<TlsExpiry, "find">;
  sampler: Pick<SystemSampler, "latest">;
}

/** Tells the metrics where to read the gauges of this process: each from memory. Without Redis all is `memory`. */
export function observeProcess({ metrics, db, providers, health, search, http, tls, sampler }: Observed): void {
  metrics.connect({
    databasePool: db.pool,
    caches: () => [
      { backend: "memory", cache: "search", size: search.cacheSize() },
      { backend: "memory", cache: "cover", size: sampler.latest().covers ?? 0 },
    ],
    redis: () => null,
    queues: () => [{ backend: "memory", ...health.queue() }],
    http: http.gauges,
    providers: () =>
      providers.list().map((provider) => ({
        id: provider.id,
        enabled: provider.enabled,
        health: health.view(provider.id),
        tlsExpiresAt: tls.find(originOf(provider)),
      })),
    system: sampler.latest,
    selfOnline: health.selfOnline,
  });
}

function originOf({ config }: Provider): string {
  return URL.canParse(config.baseUrl) ? new URL(config.baseUrl).origin : "";
}
