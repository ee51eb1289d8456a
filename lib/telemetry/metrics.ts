import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { DatabaseQuery, PoolGauges } from "@/lib/db/client";
import { isSuccess } from "@/lib/providers/outcome";
import type { ProviderCall, Source } from "@/lib/providers/provider";

const PREFIX = "yagura_";
const HTTP_BUCKETS_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const DATABASE_BUCKETS_SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5];
const PROVIDER_BUCKETS_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10, 30];
const SEARCH_BUCKETS_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const RENDER_BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];
const TEXT_CACHE_MS = 1000;
// promtool refuses gauges whose names end in _total.
const REJECTED_DEFAULTS = [
  "nodejs_active_handles_total",
  "nodejs_active_resources_total",
  "nodejs_active_requests_total",
];
const PASSIVE: ReadonlySet<Source> = new Set(["search", "detail", "download"]);
const SQL_OPERATIONS = ["select", "insert", "update", "delete"] as const;
export const SEARCH_STATUSES = ["complete", "partial", "failed"] as const;
export type SearchStatus = (typeof SEARCH_STATUSES)[number];

export interface HttpObservation {
  method: string;
  /** The route's template, `static` or `unmatched`; never a path with ids. */
  endpoint: string;
  status: number;
  seconds: number;
}

/** What `/api/metrics` and the observers use. One instance per process; a switched-off one does nothing. */
export interface Metrics {
  enabled: boolean;
  httpStarted(): void;
  /** `streamed` answers (SSE) count as requests but not as durations. */
  httpFinished(observation: HttpObservation, streamed: boolean): void;
  databaseQuery(query: DatabaseQuery): void;
  providerCall(call: ProviderCall): void;
  search(status: SearchStatus, seconds: number, firstResultSeconds: number | null): void;
  /** Providers whose series exist from the start, at zero. */
  announceProviders(ids: readonly string[]): void;
  /** Read at each scrape, in memory only; one that throws is skipped. */
  addCollector(name: string, collect: (set: GaugeSetter) => void): void;
  render(): Promise<{ contentType: string; text: string }>;
}

export interface GaugeSetter {
  databasePool(gauges: PoolGauges): void;
  provider(id: string, gauges: { up: boolean; enabled: boolean; consecutiveFailures: number }): void;
  process(gauges: { cpuPercent: number; memoryBytes: number }): void;
  databaseSize(bytes: number): void;
  favorites(count: number): void;
}

interface MetricsOptions {
  enabled: boolean;
  version: string;
  dialect: string;
  clock: () => number;
  onCollectorError: (collector: string, error: unknown) => void;
}

export function createMetrics(options: MetricsOptions): Metrics {
  return options.enabled ? createEnabledMetrics(options) : disabledMetrics;
}

const disabledMetrics: Metrics = {
  enabled: false,
  httpStarted() {},
  httpFinished() {},
  databaseQuery() {},
  providerCall() {},
  search() {},
  announceProviders() {},
  addCollector() {},
  render: async () => ({ contentType: "text/plain", text: "" }),
};

function createEnabledMetrics({ version, dialect, clock, onCollectorError }: MetricsOptions): Metrics {
  const registry = new Registry();
  const series = defineSeries(registry);
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  for (const name of REJECTED_DEFAULTS) registry.removeSingleMetric(PREFIX + name);
  series.buildInfo.set({ version }, 1);
  series.databaseBackend.set({ dialect }, 1);
  for (const operation of SQL_OPERATIONS) series.databaseQueries.inc({ operation }, 0);
  for (const status of SEARCH_STATUSES) series.searches.inc({ status }, 0);

  const collectors = new Map<string, (set: GaugeSetter) => void>();
  const setter = gaugeSetter(series);
  let cached: { at: number; text: Promise<string> } | null = null;

  async function renderFresh(): Promise<string> {
    const end = series.render.startTimer();
    for (const [name, collect] of collectors) {
      try {
        collect(setter);
      } catch (error) {
        onCollectorError(name, error);
      }
    }
    const text = await registry.metrics();
    end();
    return text;
  }

  return {
    enabled: true,
    httpStarted: () => series.httpInProgress.inc(),
    httpFinished({ method, endpoint, status, seconds }, streamed) {
      const labels = { method, endpoint, status: String(status) };
      series.httpInProgress.dec();
      series.httpRequests.inc(labels);
      if (!streamed) series.httpDuration.observe(labels, seconds);
    },
    databaseQuery({ operation, durationMs }) {
      const labels = { operation: sqlOperation(operation) };
      series.databaseQueries.inc(labels);
      series.databaseDuration.observe(labels, durationMs / 1000);
    },
    providerCall(call) {
      const provider = call.providerId;
      const source = PASSIVE.has(call.source) ? "passive" : "active";
      const status = isSuccess(call.class) ? "ok" : "failed";
      series.providerRequests.inc({ provider, source, class: call.class });
      series.providerDuration.observe({ provider }, call.durationMs / 1000);
      if (call.source === "search") series.providerSearches.inc({ provider, status });
      if (call.source === "detail" || call.source === "download") series.providerDownloads.inc({ provider, status });
    },
    search(status, seconds, firstResultSeconds) {
      series.searches.inc({ status });
      series.searchDuration.observe(seconds);
      if (firstResultSeconds !== null) series.searchFirstResult.observe(firstResultSeconds);
    },
    announceProviders(ids) {
      for (const provider of ids) {
        for (const status of ["ok", "failed"]) {
          series.providerSearches.inc({ provider, status }, 0);
          series.providerDownloads.inc({ provider, status }, 0);
        }
        for (const source of ["active", "passive"]) series.providerRequests.inc({ provider, source, class: "ok" }, 0);
      }
    },
    addCollector: (name, collect) => void collectors.set(name, collect),
    async render() {
      if (!cached || clock() - cached.at >= TEXT_CACHE_MS) cached = { at: clock(), text: renderFresh() };
      return { contentType: registry.contentType, text: await cached.text };
    },
  };
}

type Series = ReturnType<typeof defineSeries>;

function defineSeries(registry: Registry) {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: PREFIX + name, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: PREFIX + name, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, buckets: number[], ...labelNames: Label[]) =>
    new Histogram({ name: PREFIX + name, help, buckets, labelNames, registers });
  const http = ["method", "endpoint", "status"] as const;
  return {
    httpDuration: histogram(
      "http_request_duration_seconds",
      "Time to answer a request, streams left out.",
      HTTP_BUCKETS_SECONDS,
      ...http,
    ),
    httpRequests: counter("http_requests_total", "Requests answered.", ...http),
    httpInProgress: gauge("http_requests_in_progress", "Requests being answered now, streams included."),
    databaseDuration: histogram(
      "db_query_duration_seconds",
      "Time of database queries.",
      DATABASE_BUCKETS_SECONDS,
      "operation",
    ),
    databaseQueries: counter("db_queries_total", "Database queries.", "operation"),
    poolSize: gauge("db_pool_size", "Connections that the database pool may hold."),
    poolCheckedOut: gauge("db_pool_checked_out", "Connections in use."),
    poolOverflow: gauge("db_pool_overflow", "Callers waiting for a connection."),
    databaseBackend: gauge("db_backend_info", "The database dialect in use.", "dialect"),
    providerSearches: counter("provider_search_total", "Searches sent to a provider.", "provider", "status"),
    providerDownloads: counter(
      "provider_download_total",
      "Details, covers and files fetched from a provider.",
      "provider",
      "status",
    ),
    providerRequests: counter(
      "provider_requests_total",
      "Calls to a provider by outcome class.",
      "provider",
      "source",
      "class",
    ),
    providerDuration: histogram(
      "provider_request_duration_seconds",
      "Time of calls to a provider.",
      PROVIDER_BUCKETS_SECONDS,
      "provider",
    ),
    providerUp: gauge("provider_up", "1 when the provider is allowed and healthy.", "provider"),
    providerEnabled: gauge("provider_enabled", "1 when an admin has the provider switched on.", "provider"),
    providerFailures: gauge("provider_consecutive_failures", "Countable failures in a row.", "provider"),
    searches: counter("searches_total", "Searches by how they ended.", "status"),
    searchDuration: histogram("search_duration_seconds", "Time until a search was over.", SEARCH_BUCKETS_SECONDS),
    searchFirstResult: histogram(
      "search_first_result_seconds",
      "Time until the first provider's results.",
      SEARCH_BUCKETS_SECONDS,
    ),
    favorites: gauge("favorites_total", "Starred works over all users."),
    cpu: gauge("cpu_usage_percent", "Processor use of this process, 100 for one core."),
    memory: gauge("memory_usage_bytes", "Resident memory of this process."),
    databaseSize: gauge("database_size_bytes", "Size of the database."),
    buildInfo: gauge("build_info", "1, labelled with the version.", "version"),
    render: histogram("metrics_render_seconds", "Time to render this page.", RENDER_BUCKETS_SECONDS),
  };
}

function gaugeSetter(series: Series): GaugeSetter {
  return {
    databasePool({ size, checkedOut, waiting }) {
      series.poolSize.set(size);
      series.poolCheckedOut.set(checkedOut);
      series.poolOverflow.set(waiting);
    },
    provider(id, { up, enabled, consecutiveFailures }) {
      series.providerUp.set({ provider: id }, Number(up));
      series.providerEnabled.set({ provider: id }, Number(enabled));
      series.providerFailures.set({ provider: id }, consecutiveFailures);
    },
    process({ cpuPercent, memoryBytes }) {
      series.cpu.set(cpuPercent);
      series.memory.set(memoryBytes);
    },
    databaseSize: (bytes) => series.databaseSize.set(bytes),
    favorites: (count) => series.favorites.set(count),
  };
}

/** Prisma's operation names in SQL's four words; raw statements count by what they start as. */
function sqlOperation(operation: string): (typeof SQL_OPERATIONS)[number] {
  if (/^(create|upsert)/.test(operation)) return "insert";
  if (/^(update|\$executeRaw)/.test(operation)) return "update";
  if (operation.startsWith("delete")) return "delete";
  return "select";
}
