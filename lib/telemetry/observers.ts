import type { Database } from "@/lib/db/client";
import type { HealthMonitor } from "@/lib/health/monitor";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import type { Metrics } from "./metrics";
import type { startSystemSampler } from "./system-sampler";

interface Sources {
  metrics: Metrics;
  db: Pick<Database, "pool">;
  providers: Pick<ProviderCatalog, "list">;
  health: Pick<HealthMonitor, "view">;
  sampler: Pick<ReturnType<typeof startSystemSampler>, "latest">;
}

/** Tells the metrics where to read gauges at each scrape: from memory alone, each source apart, so that one that fails costs only itself. */
export function collectGauges({ metrics, db, providers, health, sampler }: Sources): void {
  metrics.announceProviders(providers.list().map(({ id }) => id));
  metrics.addCollector("database pool", (set) => set.databasePool(db.pool()));
  metrics.addCollector("providers", (set) => {
    for (const { id, enabled } of providers.list()) {
      const { healthy, figures } = health.view(id);
      set.provider(id, { up: enabled && healthy, enabled, consecutiveFailures: figures.consecutiveFailures });
    }
  });
  metrics.addCollector("system", (set) => {
    const { cpuPercent, memoryBytes, databaseBytes, favorites } = sampler.latest();
    set.process({ cpuPercent, memoryBytes });
    if (databaseBytes !== null) set.databaseSize(databaseBytes);
    if (favorites !== null) set.favorites(favorites);
  });
}
