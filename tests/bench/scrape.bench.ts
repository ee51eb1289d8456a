// A scrape with 500 providers, each with a quarter of an hour of traffic behind it: written anew, from the cache, and what measuring costs
// where it is on and where it is off. Of several rounds the one with the best 99th percentile counts, so that other work on the machine does
// not. Ends with 1 when a scrape is over its limit.
import { buildProvider, createMonitorSim } from "@/lib/health/testing/monitor-sim";
import type { OutcomeClass } from "@/lib/providers/outcome";
import type { ProviderCall } from "@/lib/providers/provider";
import type { MetricsDetail } from "@/lib/telemetry/collect-providers";
import { createMetrics, type Metrics } from "@/lib/telemetry/metrics";

const PROVIDERS = 500;
const CALLS_EACH = 90;
const ROUNDS = 5;
const COLD_RUNS = 200;
const CACHED_RUNS = 2000;
const RECORDS = 200_000;
const COLD_LIMIT_MS = 100;
const CACHED_LIMIT_MS = 25;
const MIX: readonly OutcomeClass[] = [
  "ok",
  "ok",
  "ok",
  "ok_empty",
  "ok",
  "timeout",
  "http_5xx",
  "ok",
  "throttled",
  "network",
];

let clockMs = Date.UTC(2026, 10, 22, 12);

function create(detail: MetricsDetail, enabled = true): Metrics {
  return createMetrics({
    enabled,
    version: "bench",
    dialect: "sqlite",
    detail,
    clock: () => clockMs,
    onCollectorError: (collector, error) => {
      throw new Error(`the collector ${collector} failed`, { cause: error });
    },
  });
}

function toCall(provider: number, number: number, at: number): ProviderCall {
  const isCheck = number % 9 === 0;
  return {
    providerId: `provider-${provider}`,
    origin: `https://provider-${provider}.example`,
    source: isCheck ? "check" : number % 4 === 0 ? "download" : "search",
    operation: isCheck ? "check" : number % 4 === 0 ? "cover" : "search",
    startedAt: at,
    durationMs: 40 + ((provider * 31 + number * 17) % 900),
    class: MIX[(provider + number) % MIX.length] ?? "ok",
    httpStatus: 200,
    results: 20,
    dropped: 0,
    relevance: 0.7,
    message: null,
    retryAt: null,
    generation: 0,
    attempts: 1,
    requestId: null,
    unreachable: false,
  };
}

/** Metrics in front of a health monitor that has seen all of it. */
function populate(metrics: Metrics): void {
  const ids = Array.from({ length: PROVIDERS }, (_, index) => `provider-${index}`);
  const sim = createMonitorSim({ providers: ids.map((id) => buildProvider({ id })) });
  const begun = sim.time.clock();
  for (let number = 0; number < CALLS_EACH; number++) {
    for (let provider = 0; provider < PROVIDERS; provider++) {
      const call = toCall(provider, number, begun);
      sim.monitor.observe(call);
      metrics.recordProviderCall(call);
    }
  }
  metrics.connect({
    databasePool: () => ({ size: 1, checkedOut: 0, waiting: 0 }),
    caches: () => [{ backend: "memory", cache: "search", size: 1200 }],
    queues: () => [{ backend: "memory", ...sim.monitor.queue() }],
    http: () => ({ inProgress: 3, streams: 1 }),
    providers: () =>
      ids.map((id) => ({ id, enabled: true, health: sim.monitor.view(id), tlsExpiresAt: 1_800_000_000_000 })),
  });
}

async function bestOf(rounds: number, runs: number, work: () => Promise<unknown>): Promise<number[]> {
  let best: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const times = await timesOf(runs, work);
    if (round === 0 || at(times, 0.99) < at(best, 0.99)) best = times;
  }
  return best;
}

async function timesOf(runs: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function print(name: string, times: readonly number[], limitMs: number | null): boolean {
  const [p50, p99] = [at(times, 0.5), at(times, 0.99)];
  const limit = limitMs === null ? "" : `, at most ${limitMs} ms`;
  console.log(`${name.padEnd(34)} p50 ${p50.toFixed(2).padStart(7)} ms   p99 ${p99.toFixed(2).padStart(7)} ms${limit}`);
  return limitMs === null || p99 < limitMs;
}

async function scrape(detail: MetricsDetail): Promise<boolean> {
  const metrics = create(detail);
  populate(metrics);
  const cold = async () => {
    clockMs += 1000;
    await metrics.generateMetrics();
  };
  const binding = detail === "standard";
  const rounds = binding ? ROUNDS : 1;
  await timesOf(20, cold);
  const coldTimes = await bestOf(rounds, COLD_RUNS, cold);
  const { text } = await metrics.generateMetrics();
  const cachedTimes = await bestOf(rounds, CACHED_RUNS, () => metrics.generateMetrics());
  const series = text.split("\n").filter((line) => line && !line.startsWith("#")).length;
  console.log(`${PROVIDERS} providers, ${detail}: ${series} series, ${(text.length / 1e6).toFixed(1)} MB`);
  const isColdGood = print("  written anew", coldTimes, binding ? COLD_LIMIT_MS : null);
  return print("  from the cache", cachedTimes, binding ? CACHED_LIMIT_MS : null) && isColdGood;
}

/** Nanoseconds that a request, a query and a call to a provider cost together, at best of several rounds. */
function costOf(metrics: Metrics): number {
  const call = toCall(1, 1, 0);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const startedAt = performance.now();
    for (let index = 0; index < RECORDS; index++) {
      metrics.recordHttpRequest({
        method: "GET",
        endpoint: "/",
        status: 200,
        durationMs: index % 900,
        streamed: false,
      });
      metrics.recordDbQuery({ verb: "select", durationMs: index % 90 });
      metrics.recordProviderCall(call);
    }
    best = Math.min(best, ((performance.now() - startedAt) * 1e6) / RECORDS);
  }
  return best;
}

const standard = await scrape("standard");
await scrape("full");
console.log(
  `a request, a query and a call: ${costOf(create("standard")).toFixed(0)} ns on, ${costOf(create("standard", false)).toFixed(1)} ns off`,
);
process.exitCode = standard ? 0 : 1;
