import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { MetricsDetail } from "./collect-providers";
import { createCollectors, type MetricCollectors } from "./collectors";
import { startSeries } from "./initial-series";
import { METRIC_PREFIX, METRICS, type Series, UNTYPED } from "./metric-definitions";
import { createRecords, type MetricRecords } from "./metric-records";
import type { MetricSources } from "./metric-sources";
import { createMetricsWriter } from "./write-metrics";

const TEXT_CACHE_MS = 1000;
/** Gauges whose names end in `_total`, which promtool refuses. */
const REJECTED_DEFAULTS = [
  "nodejs_active_handles_total",
  "nodejs_active_resources_total",
  "nodejs_active_requests_total",
];

/** The metrics of a process. Switched off, every method does nothing. */
export interface Metrics extends MetricRecords, MetricCollectors {
  enabled: boolean;
  /** Says where gauges are read from now on; a source that is never named leaves its gauges at zero. */
  connect(sources: Partial<MetricSources>): void;
  /** Prometheus' text, at most one second old. Does no I/O. */
  generateMetrics(): Promise<{ contentType: string; text: string }>;
}

export interface MetricsOptions {
  enabled: boolean;
  version: string;
  dialect: string;
  detail: MetricsDetail;
  /** Epoch milliseconds. */
  clock: () => number;
  onCollectorError: (collector: string, error: unknown) => void;
}

export function createMetrics(options: MetricsOptions): Metrics {
  return options.enabled ? createEnabledMetrics(options) : createDisabledMetrics();
}

function createEnabledMetrics({ version, dialect, detail, clock, onCollectorError }: MetricsOptions): Metrics {
  const registry = new Registry();
  const series = defineSeries(registry);
  collectDefaultMetrics({ register: registry, prefix: METRIC_PREFIX });
  for (const name of REJECTED_DEFAULTS) registry.removeSingleMetric(METRIC_PREFIX + name);
  startSeries(series, { version, dialect });
  const sources: Partial<MetricSources> = {};
  const collectors = createCollectors(series, { sources, detail, onError: onCollectorError });
  const write = createMetricsWriter({ untyped: new Set([...UNTYPED].map((name) => METRIC_PREFIX + name)) });
  let cached: { at: number; text: Promise<string> } | null = null;

  async function render(): Promise<string> {
    const startedAt = performance.now();
    for (const collect of Object.values(collectors)) collect();
    const text = await write(metricsOf(registry));
    series.render.observe({}, (performance.now() - startedAt) / 1000);
    return text;
  }

  return {
    enabled: true,
    ...createRecords(series),
    ...collectors,
    connect: (more) => void Object.assign(sources, more),
    async generateMetrics() {
      const now = clock();
      if (!cached || now < cached.at || now - cached.at >= TEXT_CACHE_MS) cached = { at: now, text: render() };
      return { contentType: registry.contentType, text: await cached.text };
    },
  };
}

function metricsOf(registry: Registry) {
  return registry.getMetricsAsArray().flatMap(({ name }) => registry.getSingleMetric(name) ?? []);
}

function createDisabledMetrics(): Metrics {
  const nothing = () => {};
  return {
    enabled: false,
    connect: nothing,
    generateMetrics: async () => ({ contentType: Registry.PROMETHEUS_CONTENT_TYPE, text: "" }),
    recordHttpRequest: nothing,
    recordDbQuery: nothing,
    recordCacheLookup: nothing,
    recordSearch: nothing,
    recordProviderCall: nothing,
    recordTaintedSample: nothing,
    recordAdmission: nothing,
    recordDecision: nothing,
    recordCheck: nothing,
    recordEngineError: nothing,
    recordPersistFailure: nothing,
    recordTick: nothing,
    recordAlertFired: nothing,
    recordAlertsFiring: nothing,
    recordAlertDelivery: nothing,
    collectDbPoolMetrics: nothing,
    collectCacheMetrics: nothing,
    collectRedisMetrics: nothing,
    collectQueueJobMetrics: nothing,
    collectHttpMetrics: nothing,
    collectProviderMetrics: nothing,
    collectSystemMetrics: nothing,
    collectConnectivityMetrics: nothing,
  };
}

function defineSeries(registry: Registry): Series {
  const entries = Object.entries(METRICS).map(([key, definition]) => {
    const { name, help, labels: labelNames } = definition;
    const options = { name: METRIC_PREFIX + name, help, labelNames, registers: [registry] };
    if (definition.type === "counter") return [key, new Counter(options)];
    if (definition.type === "gauge") return [key, new Gauge(options)];
    return [key, new Histogram({ ...options, buckets: [...definition.buckets] })];
  });
  // Safe because each metric was made with the type and labels of its own definition, which `Series` is derived from.
  return Object.fromEntries(entries) as Series;
}
