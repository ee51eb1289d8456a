import { describe, expect, it, vi } from "vitest";
import { buildProvider, createMonitorSim } from "@/lib/health/testing/monitor-sim";
import type { OutcomeClass } from "@/lib/providers/outcome";
import type { ProviderCall } from "@/lib/providers/provider";
import { METRICS, UNTYPED } from "./metric-definitions";
import type { ProviderGauges } from "./metric-sources";
import { createMetrics, type Metrics, type MetricsOptions } from "./metrics";
import { parseMetrics } from "./testing/parse-metrics";

function setUp(options: Partial<MetricsOptions> = {}) {
  let now = 1_000_000;
  const onCollectorError = vi.fn();
  const metrics = createMetrics({
    enabled: true,
    version: "1.2.3",
    dialect: "sqlite",
    detail: "standard",
    clock: () => now,
    onCollectorError,
    ...options,
  });
  const scrape = async () => {
    now += 1000;
    return parseMetrics((await metrics.generateMetrics()).text);
  };
  const pass = (ms: number) => {
    now += ms;
  };
  return { metrics, scrape, onCollectorError, pass };
}

function call(given: Partial<ProviderCall> & { class: OutcomeClass }): ProviderCall {
  return {
    providerId: "kitsu",
    origin: "https://kitsu.example",
    source: "search",
    operation: "search",
    startedAt: 0,
    durationMs: 300,
    httpStatus: null,
    results: null,
    dropped: 0,
    relevance: null,
    message: null,
    retryAt: null,
    unreachable: false,
    generation: 0,
    attempts: 1,
    requestId: null,
    ...given,
  };
}

function gauges(given: Partial<ProviderGauges> = {}): ProviderGauges {
  const health = createMonitorSim({ providers: [buildProvider({ id: "kitsu" })] }).monitor.view("kitsu");
  return { id: "kitsu", enabled: true, health, tlsExpiresAt: null, ...given };
}

describe("the metrics", () => {
  it("are all there from the start, with type and help", async () => {
    const { types, help } = await setUp().scrape();
    for (const { name, type, help: text } of Object.values(METRICS)) {
      const told = UNTYPED.has(name) ? "untyped" : type;
      expect([types.get(`yagura_${name}`), help.get(`yagura_${name}`)]).toEqual([told, text]);
    }
  });

  it("start at zero where the labels are known", async () => {
    const { samples } = await setUp().scrape();
    for (const name of [
      'yagura_db_queries_total{operation="delete"}',
      'yagura_cache_hits_total{backend="memory",cache="search"}',
      'yagura_cache_misses_total{backend="redis",cache="cover"}',
      'yagura_cache_size{backend="redis",cache="search"}',
      "yagura_redis_connected",
      "yagura_redis_memory_used_bytes",
      'yagura_queue_size{backend="bullmq"}',
      'yagura_queue_failed_jobs{backend="memory"}',
      "yagura_job_queue_size",
      'yagura_searches_total{status="partial"}',
      'yagura_health_checks_total{outcome="skipped"}',
      'yagura_samples_tainted_total{reason="loop_lag"}',
      'yagura_alerts_firing{severity="critical"}',
      'yagura_alerts_total{rule="GroupOutage"}',
      'yagura_alert_deliveries_total{channel="ntfy",outcome="failed"}',
      "yagura_sse_clients",
    ]) {
      expect([name, samples.get(name)]).toEqual([name, 0]);
    }
    expect(samples.get("yagura_self_online")).toBe(1);
    expect(samples.get('yagura_build_info{version="1.2.3"}')).toBe(1);
    expect(samples.get('yagura_db_backend_info{dialect="sqlite"}')).toBe(1);
  });

  it("have the buckets that the dashboards rely on", async () => {
    const { metrics, scrape } = setUp();
    metrics.recordProviderCall(call({ class: "ok" }));
    const { samples } = await scrape();
    const bounds = [...samples.keys()].flatMap(
      (name) => /^yagura_provider_request_duration_seconds_bucket\{le="([^"]+)"/.exec(name)?.[1] ?? [],
    );
    expect(bounds).toEqual(["0.05", "0.1", "0.25", "0.5", "1", "2", "2.5", "5", "10", "30", "+Inf"]);
  });

  it("leave out the three default names that promtool refuses", async () => {
    const { types } = await setUp().scrape();
    expect([...types.keys()].filter((name) => /nodejs_active_\w+_total$/.test(name))).toEqual([]);
    expect(types.get("yagura_nodejs_eventloop_lag_seconds")).toBe("gauge");
  });

  it("are written anew at most once a second", async () => {
    const { metrics, pass } = setUp();
    const read = vi.fn(() => ({ size: 1, checkedOut: 0, waiting: 0 }));
    metrics.connect({ databasePool: read });
    await Promise.all([metrics.generateMetrics(), metrics.generateMetrics()]);
    pass(999);
    await metrics.generateMetrics();
    expect(read).toHaveBeenCalledTimes(1);
    pass(1);
    await metrics.generateMetrics();
    expect(read).toHaveBeenCalledTimes(2);
  });
});

describe("what happens", () => {
  const cases: [string, (metrics: Metrics) => void, Record<string, number>][] = [
    [
      "a request",
      (metrics) =>
        metrics.recordHttpRequest({
          method: "GET",
          endpoint: "/titles/[id]",
          status: 200,
          durationMs: 70,
          streamed: false,
        }),
      {
        'yagura_http_requests_total{endpoint="/titles/[id]",method="GET",status="200"}': 1,
        'yagura_http_request_duration_seconds_bucket{endpoint="/titles/[id]",le="0.1",method="GET",status="200"}': 1,
      },
    ],
    [
      "a query",
      (metrics) => metrics.recordDbQuery({ verb: "insert", durationMs: 4 }),
      {
        'yagura_db_queries_total{operation="insert"}': 1,
        'yagura_db_query_duration_seconds_sum{operation="insert"}': 0.004,
      },
    ],
    [
      "a cache hit",
      (metrics) => metrics.recordCacheLookup({ backend: "memory", cache: "cover", outcome: "hit" }),
      {
        'yagura_cache_hits_total{backend="memory",cache="cover"}': 1,
        'yagura_cache_misses_total{backend="memory",cache="cover"}': 0,
      },
    ],
    [
      "a search",
      (metrics) => metrics.recordSearch({ status: "partial", tookMs: 2600, firstResultMs: 90 }),
      {
        'yagura_searches_total{status="partial"}': 1,
        yagura_search_duration_seconds_sum: 2.6,
        yagura_search_first_result_seconds_sum: 0.09,
      },
    ],
    [
      "a good search of a provider",
      (metrics) => metrics.recordProviderCall(call({ class: "ok_empty" })),
      {
        'yagura_provider_requests_total{class="ok_empty",provider="kitsu",source="passive"}': 1,
        'yagura_provider_search_total{provider="kitsu",status="ok"}': 1,
        'yagura_provider_request_duration_seconds_sum{provider="kitsu"}': 0.3,
      },
    ],
    [
      "a failed cover",
      (metrics) => metrics.recordProviderCall(call({ class: "timeout", source: "download", operation: "cover" })),
      {
        'yagura_provider_requests_total{class="timeout",provider="kitsu",source="passive"}': 1,
        'yagura_provider_download_total{provider="kitsu",status="failed"}': 1,
      },
    ],
    [
      "a check",
      (metrics) => metrics.recordProviderCall(call({ class: "ok", source: "check", operation: "check" })),
      {
        'yagura_provider_requests_total{class="ok",provider="kitsu",source="active"}': 1,
      },
    ],
    [
      "a call that was not let through",
      (metrics) =>
        metrics.recordAdmission("kitsu", { allowed: false, gate: "circuit", reason: "resting", until: null }),
      {
        'yagura_circuit_breaker_rejected_total{gate="circuit",provider="kitsu"}': 1,
      },
    ],
    [
      "an opening circuit",
      (metrics) => metrics.recordDecision({ providerId: "kitsu", to: "OPEN", rule: "circuit.consecutive_failures" }),
      {
        'yagura_circuit_breaker_transitions_total{provider="kitsu",to="OPEN"}': 1,
      },
    ],
    [
      "a disabling",
      (metrics) =>
        metrics.recordDecision({ providerId: "kitsu", to: "AUTO_DISABLED", rule: "auto_disable.consecutive_failures" }),
      {
        'yagura_provider_auto_disable_total{provider="kitsu"}': 1,
      },
    ],
    [
      "a disabling withheld",
      (metrics) => metrics.recordDecision({ providerId: "kitsu", to: "DOWN", rule: "auto_disable.withheld_share" }),
      {
        'yagura_provider_auto_disable_withheld_total{provider="kitsu"}': 1,
      },
    ],
    [
      "a late check under way",
      (metrics) => metrics.recordCheck({ phase: "begun", lagMs: 2000 }),
      {
        yagura_health_checks_in_flight: 1,
        yagura_health_check_lag_seconds_sum: 2,
      },
    ],
    [
      "an engine error, a failed write, a tick",
      (metrics) => {
        metrics.recordEngineError("observe");
        metrics.recordPersistFailure();
        metrics.recordTick(1_700_000_000_500);
      },
      {
        'yagura_health_engine_errors_total{stage="observe"}': 1,
        yagura_health_persist_failures_total: 1,
        yagura_health_tick_timestamp_seconds: 1_700_000_000.5,
      },
    ],
    [
      "a sample that our own process spoiled",
      (metrics) => metrics.recordTaintedSample("clock"),
      {
        'yagura_samples_tainted_total{reason="clock"}': 1,
      },
    ],
    [
      "a sample of our own outage",
      (metrics) => metrics.recordProviderCall(call({ class: "self_offline" })),
      {
        'yagura_samples_tainted_total{reason="self_offline"}': 1,
      },
    ],
  ];

  it.each(cases)("is counted: %s", async (_name, happen, expected) => {
    const { metrics, scrape } = setUp();
    happen(metrics);
    const { samples } = await scrape();
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, samples.get(name)]))).toEqual(expected);
  });

  it("does not count against a provider what says nothing of it", async () => {
    const { metrics, scrape } = setUp();
    for (const outcome of ["cancelled", "client", "self_offline", "tainted"] as const) {
      metrics.recordProviderCall(call({ class: outcome }));
    }
    const { samples } = await scrape();
    expect([...samples.keys()].filter((name) => /^yagura_provider_(search_total|request_duration)/.test(name))).toEqual(
      [],
    );
  });

  it("keeps event streams out of the durations", async () => {
    const { metrics, scrape } = setUp();
    metrics.recordHttpRequest({ method: "GET", endpoint: "/s", status: 200, durationMs: 60_000, streamed: true });
    const names = [...(await scrape()).samples.keys()].filter((name) => name.includes('endpoint="/s"'));
    expect(names).toEqual(['yagura_http_requests_total{endpoint="/s",method="GET",status="200"}']);
  });
});

describe("what is read at a scrape", () => {
  it("comes from the sources", async () => {
    const { metrics, scrape } = setUp();
    metrics.connect({
      databasePool: () => ({ size: 10, checkedOut: 3, waiting: 2 }),
      caches: () => [{ backend: "memory", cache: "search", size: 42 }],
      redis: () => ({ connected: true, memoryUsedBytes: 1024 }),
      queues: () => [
        { backend: "memory", waiting: 2, active: 1, failed: 0 },
        { backend: "bullmq", waiting: 3, active: 4, failed: 5 },
      ],
      http: () => ({ inProgress: 6, streams: 2 }),
      selfOnline: () => false,
      system: () => ({ cpuPercent: 12, memoryBytes: 99, databaseBytes: 77, favorites: 8, covers: null }),
    });
    const { samples } = await scrape();
    expect(Object.fromEntries(samples)).toMatchObject({
      yagura_db_pool_size: 10,
      yagura_db_pool_checked_out: 3,
      yagura_db_pool_overflow: 2,
      'yagura_cache_size{backend="memory",cache="search"}': 42,
      yagura_redis_connected: 1,
      yagura_redis_memory_used_bytes: 1024,
      'yagura_queue_active_jobs{backend="memory"}': 1,
      'yagura_queue_failed_jobs{backend="bullmq"}': 5,
      yagura_job_queue_size: 5,
      yagura_http_requests_in_progress: 6,
      yagura_sse_clients: 2,
      yagura_self_online: 0,
      yagura_cpu_usage_percent: 12,
      yagura_memory_usage_bytes: 99,
      yagura_database_size_bytes: 77,
      yagura_favorites_total: 8,
    });
  });

  it("shows a provider in exactly one state", async () => {
    const { metrics, scrape } = setUp();
    metrics.connect({ providers: () => [gauges()] });
    const { samples } = await scrape();
    const states = [...samples].filter(([name]) => name.startsWith("yagura_provider_state{"));
    expect(states).toHaveLength(9);
    expect(states.filter(([, value]) => value === 1)).toEqual([
      ['yagura_provider_state{provider="kitsu",state="UNKNOWN"}', 1],
    ]);
    expect(Object.fromEntries(samples)).toMatchObject({
      'yagura_provider_up{provider="kitsu"}': 0,
      'yagura_provider_enabled{provider="kitsu"}': 1,
      'yagura_provider_auto_disabled{provider="kitsu"}': 0,
      'yagura_circuit_breaker_state{provider="kitsu"}': 0,
      'yagura_provider_last_check_timestamp_seconds{provider="kitsu"}': 0,
      'yagura_provider_disabled_until_timestamp_seconds{provider="kitsu"}': 0,
      'yagura_provider_search_total{provider="kitsu",status="failed"}': 0,
      'yagura_circuit_breaker_transitions_total{provider="kitsu",to="OPEN"}': 0,
      'yagura_circuit_breaker_rejected_total{gate="hold",provider="kitsu"}': 0,
    });
  });

  it("has no sample for what is not known, and never a made-up one", async () => {
    const { metrics, scrape } = setUp();
    const known = gauges({ tlsExpiresAt: 5000 });
    known.health.figures.windows.m5 = { ...known.health.figures.windows.m5, errorRate: 0.25, p95Ms: 1500 };
    let current = gauges();
    metrics.connect({ providers: () => [current] });
    const unknown = /provider_(window|uptime|tls)\w+\{/;
    const names = async () => [...(await scrape()).samples].filter(([name]) => unknown.test(name));
    expect(await names()).toEqual([]);
    current = known;
    expect(Object.fromEntries(await names())).toEqual({
      'yagura_provider_window_error_ratio{provider="kitsu",window="5m"}': 0.25,
      'yagura_provider_window_latency_seconds{provider="kitsu",quantile="0.95",window="5m"}': 1.5,
      'yagura_provider_tls_expiry_timestamp_seconds{provider="kitsu"}': 5,
    });
    current = gauges();
    expect(await names()).toEqual([]);
  });

  it("has more windows and every class at full detail", async () => {
    const { metrics, scrape } = setUp({ detail: "full" });
    const full = gauges();
    const { windows, uptime } = full.health.figures;
    for (const key of ["m1", "m5", "m15"] as const) windows[key] = { ...windows[key], errorRate: 0 };
    for (const key of ["h24", "d7", "d30"] as const) uptime[key] = { ratio: 1, coverage: 1 };
    metrics.connect({ providers: () => [full] });
    const names = [...(await scrape()).samples.keys()];
    expect(names.filter((name) => name.startsWith("yagura_provider_window_error_ratio"))).toHaveLength(3);
    expect(names.filter((name) => name.startsWith("yagura_provider_uptime_ratio"))).toHaveLength(3);
    expect(names.filter((name) => name.startsWith("yagura_provider_requests_total"))).toHaveLength(40);
  });

  it("forgets a provider that is gone, whole", async () => {
    const { metrics, scrape } = setUp({ detail: "full" });
    const known = gauges({ tlsExpiresAt: 5000 });
    for (const key of ["m1", "m5", "m15"] as const) {
      known.health.figures.windows[key] = {
        ...known.health.figures.windows[key],
        errorRate: 0,
        p50Ms: 1,
        p95Ms: 1,
        p99Ms: 1,
      };
    }
    for (const key of ["h24", "d7", "d30"] as const) known.health.figures.uptime[key] = { ratio: 1, coverage: 1 };
    const present = [known];
    metrics.connect({ providers: () => present });
    metrics.recordProviderCall(call({ class: "quota" }));
    const ofKitsu = async () => [...(await scrape()).samples.keys()].filter((name) => name.includes("kitsu"));
    expect((await ofKitsu()).length).toBeGreaterThan(80);
    present.length = 0;
    expect(await ofKitsu()).toEqual([]);
  });

  it("goes on without a source that fails, which is told", async () => {
    const { metrics, scrape, onCollectorError } = setUp();
    const broken = new Error("the cache is gone");
    metrics.connect({
      caches: () => {
        throw broken;
      },
      redis: () => {
        throw broken;
      },
      http: () => ({ inProgress: 3, streams: 0 }),
    });
    const { samples } = await scrape();
    expect(samples.get("yagura_http_requests_in_progress")).toBe(3);
    expect(samples.get("yagura_redis_connected")).toBe(0);
    expect(onCollectorError.mock.calls).toEqual([
      ["cache", broken],
      ["redis", broken],
    ]);
  });
});

describe("switched off", () => {
  it("does nothing at all", async () => {
    const { metrics, onCollectorError } = setUp({ enabled: false });
    const read = vi.fn(() => ({ inProgress: 3, streams: 0 }));
    metrics.connect({ http: read });
    for (const [name, method] of Object.entries(metrics)) {
      if (typeof method === "function" && name !== "generateMetrics") Reflect.apply(method, metrics, []);
    }
    expect((await metrics.generateMetrics()).text).toBe("");
    expect(read).not.toHaveBeenCalled();
    expect(onCollectorError).not.toHaveBeenCalled();
  });

  it("has every method that the switched-on one has", () => {
    expect(Object.keys(setUp({ enabled: false }).metrics).sort()).toEqual(Object.keys(setUp().metrics).sort());
  });
});
