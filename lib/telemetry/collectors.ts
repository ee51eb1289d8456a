import {
  createProviderGauges,
  type MetricsDetail,
  removeProviderSeries,
  startProviderSeries,
} from "./collect-providers";
import type { Series } from "./metric-definitions";
import type { MetricSources, ProviderGauges } from "./metric-sources";

/** Each reads its source and sets its gauges. All are called at each scrape; one that fails is reported and skipped. */
export interface MetricCollectors {
  collectDbPoolMetrics(): void;
  collectCacheMetrics(): void;
  collectRedisMetrics(): void;
  collectQueueJobMetrics(): void;
  collectHttpMetrics(): void;
  collectProviderMetrics(): void;
  collectSystemMetrics(): void;
  collectConnectivityMetrics(): void;
}

interface CollectorOptions {
  /** May be filled later. */
  sources: Partial<MetricSources>;
  detail: MetricsDetail;
  onError: (collector: string, error: unknown) => void;
}

export function createCollectors(series: Series, { sources, detail, onError }: CollectorOptions): MetricCollectors {
  const known = new Map<string, (gauges: ProviderGauges) => void>();

  const guarded = (name: string, collect: () => void) => () => {
    try {
      collect();
    } catch (error) {
      onError(name, error);
    }
  };

  function open(id: string): (gauges: ProviderGauges) => void {
    startProviderSeries(series, id, detail);
    const set = createProviderGauges(series, id, detail);
    known.set(id, set);
    return set;
  }

  return {
    collectDbPoolMetrics: guarded("database pool", () => {
      const pool = sources.databasePool?.();
      if (!pool) return;
      series.poolSize.set({}, pool.size);
      series.poolCheckedOut.set({}, pool.checkedOut);
      series.poolOverflow.set({}, pool.waiting);
    }),
    collectCacheMetrics: guarded("cache", () => {
      for (const { backend, cache, size } of sources.caches?.() ?? []) series.cacheSize.set({ backend, cache }, size);
    }),
    collectRedisMetrics: guarded("redis", () => {
      // Without an answer it is not connected: set before asking.
      series.redisConnected.set({}, 0);
      series.redisMemory.set({}, 0);
      const redis = sources.redis?.();
      if (!redis?.connected) return;
      series.redisConnected.set({}, 1);
      series.redisMemory.set({}, redis.memoryUsedBytes);
    }),
    collectQueueJobMetrics: guarded("queue", () => {
      const queues = sources.queues?.() ?? [];
      for (const { backend, waiting, active, failed } of queues) {
        series.queueSize.set({ backend }, waiting);
        series.queueActive.set({ backend }, active);
        series.queueFailed.set({ backend }, failed);
      }
      series.jobQueueSize.set(
        {},
        queues.reduce((sum, { waiting }) => sum + waiting, 0),
      );
    }),
    collectHttpMetrics: guarded("http", () => {
      const http = sources.http?.();
      if (!http) return;
      series.httpInProgress.set({}, http.inProgress);
      series.sseClients.set({}, http.streams);
    }),
    collectProviderMetrics: guarded("providers", () => {
      const present = new Set<string>();
      for (const gauges of sources.providers?.() ?? []) {
        present.add(gauges.id);
        const set = known.get(gauges.id) ?? open(gauges.id);
        set(gauges);
      }
      for (const id of known.keys()) {
        if (present.has(id)) continue;
        known.delete(id);
        removeProviderSeries(series, id);
      }
    }),
    collectSystemMetrics: guarded("system", () => {
      const system = sources.system?.();
      if (!system) return;
      series.cpu.set({}, system.cpuPercent);
      series.memory.set({}, system.memoryBytes);
      if (system.databaseBytes !== null) series.databaseSize.set({}, system.databaseBytes);
      if (system.favorites !== null) series.favorites.set({}, system.favorites);
    }),
    collectConnectivityMetrics: guarded("connectivity", () => {
      if (sources.selfOnline) series.selfOnline.set({}, Number(sources.selfOnline()));
    }),
  };
}
