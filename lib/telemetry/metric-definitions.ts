/** One metric as Prometheus sees it; `yagura_` comes before each name. */
interface MetricDefinition {
  type: "counter" | "gauge" | "histogram";
  name: string;
  help: string;
  labels: readonly string[];
  /** Upper bounds of a histogram, in the unit that its name ends with. */
  buckets?: readonly number[];
}

const HTTP_LABELS = ["method", "endpoint", "status"] as const;
const HTTP_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
const DATABASE_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5] as const;
const SEARCH_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
const PROVIDER_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10, 30] as const;
const LAG_BUCKETS = [0.05, 0.25, 1, 2.5, 5, 15, 30, 60, 300] as const;
const RENDER_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1] as const;

export const METRIC_PREFIX = "yagura_";

/**
 * Gauges by nature that go out as `untyped`: promtool keeps `_total` for counters and `quantile` for summaries. Prometheus itself treats
 * the two types alike.
 */
export const UNTYPED: ReadonlySet<string> = new Set(["favorites_total", "provider_window_latency_seconds"]);

/** Every metric of our own. `monitoring/README.md` has the same list for readers; a test keeps the two in step. */
export const METRICS = {
  httpDuration: histogram(
    "http_request_duration_seconds",
    HTTP_LABELS,
    HTTP_BUCKETS,
    "Time to answer a request; event streams are left out.",
  ),
  httpRequests: counter(
    "http_requests_total",
    HTTP_LABELS,
    "Requests that ended. Status 499: the client left before the answer began.",
  ),
  httpInProgress: gauge("http_requests_in_progress", [], "Requests under way, open event streams among them."),
  databaseDuration: histogram(
    "db_query_duration_seconds",
    ["operation"],
    DATABASE_BUCKETS,
    "Time of database queries, waiting for a connection included.",
  ),
  databaseQueries: counter("db_queries_total", ["operation"], "Database queries."),
  poolSize: gauge("db_pool_size", [], "Connections that the database pool may open."),
  poolCheckedOut: gauge("db_pool_checked_out", [], "Database connections in use."),
  poolOverflow: gauge("db_pool_overflow", [], "Callers waiting for a database connection."),
  databaseBackend: gauge("db_backend_info", ["dialect"], "Always 1, labelled with the database in use."),
  cacheHits: counter("cache_hits_total", ["backend", "cache"], "Answers found in a cache."),
  cacheMisses: counter("cache_misses_total", ["backend", "cache"], "Answers looked for in a cache and not found."),
  cacheSize: gauge("cache_size", ["backend", "cache"], "Entries in a cache."),
  redisConnected: gauge("redis_connected", [], "1 while Redis answers; 0 without Redis."),
  redisMemory: gauge("redis_memory_used_bytes", [], "Memory that Redis uses; 0 without Redis."),
  queueSize: gauge("queue_size", ["backend"], "Jobs that are due and wait for their turn."),
  queueActive: gauge("queue_active_jobs", ["backend"], "Jobs running now."),
  queueFailed: gauge("queue_failed_jobs", ["backend"], "Jobs that ended in a mistake of our own."),
  jobQueueSize: gauge("job_queue_size", [], "Jobs waiting, over all queues."),
  searches: counter("searches_total", ["status"], "Searches by how they ended."),
  searchDuration: histogram("search_duration_seconds", [], SEARCH_BUCKETS, "Time until a search was over."),
  searchFirstResult: histogram(
    "search_first_result_seconds",
    [],
    SEARCH_BUCKETS,
    "Time until a search had its first results.",
  ),
  favorites: gauge("favorites_total", [], "Starred works of all users."),
  providerSearches: counter("provider_search_total", ["provider", "status"], "Searches sent to a provider."),
  providerDownloads: counter(
    "provider_download_total",
    ["provider", "status"],
    "Details, covers and files fetched from a provider.",
  ),
  providerRequests: counter(
    "provider_requests_total",
    ["provider", "source", "class"],
    "Calls to a provider by who asked and how they ended.",
  ),
  providerDuration: histogram(
    "provider_request_duration_seconds",
    ["provider"],
    PROVIDER_BUCKETS,
    "Time of calls to a provider, waiting in our own rate limit left out.",
  ),
  providerUp: gauge("provider_up", ["provider"], "1 while a provider is switched on and healthy."),
  providerEnabled: gauge("provider_enabled", ["provider"], "1 while a provider is switched on."),
  providerAutoDisabled: gauge(
    "provider_auto_disabled",
    ["provider"],
    "1 while a provider is disabled because of its failures.",
  ),
  providerState: gauge(
    "provider_state",
    ["provider", "state"],
    "1 for the state that a provider is in, 0 for the others.",
  ),
  providerDisabledUntil: gauge(
    "provider_disabled_until_timestamp_seconds",
    ["provider"],
    "When a disabled provider is tried again; 0 while it is not disabled.",
  ),
  providerBackoffLevel: gauge(
    "provider_backoff_level",
    ["provider"],
    "Step that a provider has reached on the ladder of disabling; 0 for none.",
  ),
  providerFailures: gauge("provider_consecutive_failures", ["provider"], "Countable failures in a row."),
  providerLastCheck: gauge(
    "provider_last_check_timestamp_seconds",
    ["provider"],
    "When a provider was last checked; 0 for never.",
  ),
  providerLastSuccess: gauge(
    "provider_last_success_timestamp_seconds",
    ["provider"],
    "When a call to a provider last succeeded; 0 for never.",
  ),
  providerErrorRatio: gauge(
    "provider_window_error_ratio",
    ["provider", "window"],
    "Share of calls that failed (0 to 1); no sample while nothing is known.",
  ),
  providerLatency: gauge(
    "provider_window_latency_seconds",
    ["provider", "window", "quantile"],
    "Time of good calls; no sample while nothing is known.",
  ),
  providerUptime: gauge(
    "provider_uptime_ratio",
    ["provider", "window"],
    "Share of the known time that a provider was up (0 to 1); no sample while nothing is known.",
  ),
  providerTlsExpiry: gauge(
    "provider_tls_expiry_timestamp_seconds",
    ["provider"],
    "When a provider's certificate ends; no sample before the first connection.",
  ),
  autoDisables: counter(
    "provider_auto_disable_total",
    ["provider"],
    "Times that a provider was disabled because of its failures.",
  ),
  autoDisablesWithheld: counter(
    "provider_auto_disable_withheld_total",
    ["provider"],
    "Times that disabling was due and withheld.",
  ),
  circuitState: gauge("circuit_breaker_state", ["provider"], "0 closed, 1 half-open, 2 open."),
  circuitTransitions: counter(
    "circuit_breaker_transitions_total",
    ["provider", "to"],
    "Changes of a circuit by the state it went to.",
  ),
  circuitRejected: counter(
    "circuit_breaker_rejected_total",
    ["provider", "gate"],
    "Calls that were not let through, by what held them.",
  ),
  healthChecks: counter("health_checks_total", ["outcome"], "Checks, probes and tests by how they ended."),
  healthCheckLag: histogram("health_check_lag_seconds", [], LAG_BUCKETS, "How late scheduled checks began."),
  healthChecksInFlight: gauge("health_checks_in_flight", [], "Checks under way."),
  healthEngineErrors: counter("health_engine_errors_total", ["stage"], "Mistakes of our own in the health engine."),
  healthPersistFailures: counter("health_persist_failures_total", [], "Attempts to write samples that failed."),
  healthTick: gauge("health_tick_timestamp_seconds", [], "When the health engine last went over all providers."),
  selfOnline: gauge("self_online", [], "0 while our own connection is judged to be lost."),
  samplesTainted: counter(
    "samples_tainted_total",
    ["reason"],
    "Samples that say nothing of a provider, by what spoiled them.",
  ),
  alertsFiring: gauge("alerts_firing", ["severity"], "Alerts firing now."),
  alerts: counter("alerts_total", ["rule"], "Alerts that began to fire."),
  alertDeliveries: counter("alert_deliveries_total", ["channel", "outcome"], "Messages about alerts."),
  sseClients: gauge("sse_clients", [], "Open event streams."),
  buildInfo: gauge("build_info", ["version"], "Always 1, labelled with the version."),
  render: histogram("metrics_render_seconds", [], RENDER_BUCKETS, "Time to write all metrics anew."),
  cpu: gauge("cpu_usage_percent", [], "Processor use of this process; 100 is one core."),
  memory: gauge("memory_usage_bytes", [], "Resident memory of this process."),
  databaseSize: gauge("database_size_bytes", [], "Size of the database."),
} satisfies Record<string, MetricDefinition>;

type MetricKey = keyof typeof METRICS;
type LabelsOf<Key extends MetricKey> = Record<(typeof METRICS)[Key]["labels"][number], string>;

interface CounterSeries<Labels> {
  inc(labels: Labels, by?: number): void;
  remove(labels: Labels): void;
}

interface GaugeSeries<Labels> {
  set(labels: Labels, value: number): void;
  inc(labels: Labels, by?: number): void;
  dec(labels: Labels, by?: number): void;
  remove(labels: Labels): void;
}

interface HistogramSeries<Labels> {
  observe(labels: Labels, value: number): void;
  remove(labels: Labels): void;
}

interface SeriesOfType<Labels> {
  counter: CounterSeries<Labels>;
  gauge: GaugeSeries<Labels>;
  histogram: HistogramSeries<Labels>;
}

/** What records and collectors write to. */
export type Series = { [Key in MetricKey]: SeriesOfType<LabelsOf<Key>>[(typeof METRICS)[Key]["type"]] };

function counter<const Label extends string>(name: string, labels: readonly Label[], help: string) {
  return { type: "counter", name, labels, help } as const;
}

function gauge<const Label extends string>(name: string, labels: readonly Label[], help: string) {
  return { type: "gauge", name, labels, help } as const;
}

function histogram<const Label extends string>(
  name: string,
  labels: readonly Label[],
  buckets: readonly number[],
  help: string,
) {
  return { type: "histogram", name, labels, buckets, help } as const;
}
