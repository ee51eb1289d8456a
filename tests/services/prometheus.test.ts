import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDemo } from "@/demo/start-demo";
import { parseMetrics } from "@/lib/telemetry/testing/parse-metrics";
import { type Api, apiOf } from "@/tests/support/api";
import { listDashboards, MONITORING, readRules, rowsOf } from "@/tests/support/monitoring";
import { sessionCookie } from "@/tests/support/sign-in";
import { type App, READER, startApp } from "@/tests/support/start-app";
import { type Prometheus, startPrometheus } from "@/tests/support/start-prometheus";

const PROMTOOL = process.env["PROMTOOL"] ?? "promtool";
/** Broken while the load runs. */
const SICK = "kitsu";
const QUERIES = ["berserk", "vagabond", "monster", "pluto"];

let demo: Awaited<ReturnType<typeof startDemo>>;
let app: App;
let reader: Api;
let prometheus: Prometheus;

beforeAll(async () => {
  demo = await startDemo({ host: "127.0.0.1", ports: "random" });
  app = await startApp({
    env: {
      ...demo.environment,
      SEARCH_SOFT_DEADLINE_MS: "500",
      SEARCH_DEADLINE_MS: "1500",
      PROVIDER_PROBE_INTERVALS_SECONDS: "5",
      METRICS_DETAIL: "full",
    },
  });
  reader = await apiOf(app, READER.email);
  const cookie = await sessionCookie(app, READER);
  prometheus = await startPrometheus(app);
  await scrapes(2);
  await demo.upstreams[SICK].setFault({ kind: "500" });
  for (const query of QUERIES) await round(query, cookie);
  // A rate needs what happened to lie between two scrapes.
  await scrapes(3);
}, 120_000);
afterAll(async () => {
  await prometheus?.stop();
  await app?.dispose();
  await demo?.stop();
});

/** A little of everything: searches fresh, cached and streamed, covers, favorites, pages, files, wrong addresses. */
async function round(query: string, cookie: string): Promise<void> {
  const search = `/api/v1/search?q=${encodeURIComponent(query)}`;
  const { body } = await reader.get<{ items: { id: string }[] }>(search);
  await Promise.all([
    reader.get(search),
    reader.get(search.replace("search", "search/stream")),
    lookAround(cookie),
    ...body.items.slice(0, 1).map(({ id }) => open(id, cookie)),
  ]);
}

async function open(titleId: string, cookie: string): Promise<void> {
  await reader.send("POST", `/api/v1/favorites/${titleId}`);
  await reader.get(`/api/v1/titles/${titleId}`);
  for (const width of [160, 160]) await reader.get(`/api/v1/titles/${titleId}/cover?w=${width}`);
  await page(`/titles/${titleId}`, cookie);
  await reader.send("DELETE", `/api/v1/favorites/${titleId}?purge=1`);
}

async function lookAround(cookie: string): Promise<void> {
  for (const path of ["/", "/favorites", "/icon.svg", "/no/such/page"]) await page(path, cookie);
  await reader.get("/api/v1/no-such-route");
}

async function page(path: string, cookie: string): Promise<void> {
  await (await fetch(app.url + path, { headers: { Cookie: cookie } })).arrayBuffer();
}

/** Waits until Prometheus has scraped the app so many times more. */
async function scrapes(count: number): Promise<void> {
  const seen = async () => (await prometheus.query('count_over_time(up{job="yagura"}[1h])'))[0]?.value ?? 0;
  const wanted = (await seen()) + count;
  const until = Date.now() + 20_000;
  while ((await seen()) < wanted) {
    if (Date.now() > until) throw new Error("Prometheus does not scrape the app.");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function scrape(): Promise<string> {
  return (await fetch(`${app.url}/api/metrics`)).text();
}

describe("promtool", () => {
  it("has nothing to say against the metrics", async () => {
    const { status, stdout, stderr } = spawnSync(PROMTOOL, ["check", "metrics"], {
      input: await scrape(),
      encoding: "utf8",
    });
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: "" });
  });

  it.each([
    ["check", "config", join(MONITORING, "prometheus/prometheus.yml")],
    ["check", "rules", ...yamlIn("rules")],
    ["test", "rules", ...yamlIn("tests")],
  ])("is content: %s %s", (...args) => {
    expect(execFileSync(PROMTOOL, args, { encoding: "utf8" })).not.toMatch(/FAILED|error/i);
  });
});

describe("every panel", () => {
  const panels = listDashboards().flatMap((dashboard) =>
    rowsOf(dashboard).flatMap(({ title: row, panels }) =>
      panels.map(({ title, targets = [] }) => ({ board: dashboard.uid, row, title, targets })),
    ),
  );

  it.each(panels)("has data: $board, $title", async ({ targets }) => {
    expect(targets.length).toBeGreaterThan(0);
    for (const { expr } of targets) {
      const samples = await prometheus.query(expr.replaceAll("$provider", SICK));
      expect({ expr, count: samples.length }).not.toEqual({ expr, count: 0 });
      expect({ expr, numbers: samples.some(({ value }) => Number.isFinite(value)) }).toEqual({ expr, numbers: true });
    }
  });

  it("has its variable's values", async () => {
    const known = (await prometheus.query("yagura_provider_up")).map(({ labels }) => labels["provider"]);
    expect(known).toEqual(expect.arrayContaining(Object.keys(demo.upstreams)));
  });
});

describe("every rule", () => {
  it.each(readRules().flatMap(({ rules }) => rules))("can be evaluated: $record $alert", async ({ expr }) => {
    await expect(prometheus.query(expr)).resolves.toBeInstanceOf(Array);
  });

  it("is evaluated by Prometheus itself", async () => {
    const rules = await prometheus.rules();
    expect(rules).toHaveLength(readRules().flatMap(({ rules }) => rules).length);
    expect(rules.filter(({ health, lastError }) => health !== "ok" || lastError)).toEqual([]);
  });

  it("sees the broken provider, and the others as they are", async () => {
    const errors = await prometheus.query("provider:request_errors:ratio_rate5m");
    const of = (id: string) => errors.find(({ labels }) => labels["provider"] === id)?.value ?? Number.NaN;
    expect(of(SICK)).toBeGreaterThan(0.5);
    expect(of("mangadex")).toBe(0);
  });
});

describe("a scrape of the app", () => {
  it("counts what pages, routes, streams and files did, by their templates alone", async () => {
    const { samples } = parseMetrics(await scrape());
    const endpoints = new Set([...samples.keys()].flatMap((name) => /endpoint="([^"]*)"/.exec(name)?.[1] ?? []));
    expect([...endpoints]).toEqual(
      expect.arrayContaining([
        "/",
        "/favorites",
        "/titles/[id]",
        "/api/v1/search",
        "/api/v1/search/stream",
        "/api/v1/titles/[id]/cover",
        "/api/v1/favorites/[title_id]",
        "/api/metrics",
        "static",
        "unmatched",
      ]),
    );
    expect([...endpoints].filter((endpoint) => /[0-9a-f]{8}|no-such|\.svg/.test(endpoint))).toEqual([]);
    expect(samples.get('yagura_http_requests_total{endpoint="unmatched",method="GET",status="404"}')).toBe(
      2 * QUERIES.length,
    );
    const streams = [...samples].filter(([name]) => name.includes('endpoint="/api/v1/search/stream"'));
    expect(streams).toEqual([
      ['yagura_http_requests_total{endpoint="/api/v1/search/stream",method="GET",status="200"}', QUERIES.length],
    ]);
  });

  it("counts searches, cache, queries, checks and the circuit as they went", async () => {
    const { samples } = parseMetrics(await scrape());
    const sum = (prefix: string) =>
      [...samples].reduce((total, [name, value]) => (name.startsWith(prefix) ? total + value : total), 0);
    expect(sum("yagura_searches_total{")).toBe(3 * QUERIES.length);
    expect(sum('yagura_cache_hits_total{backend="memory",cache="search"}')).toBeGreaterThan(QUERIES.length);
    expect(sum('yagura_cache_hits_total{backend="memory",cache="cover"}')).toBeGreaterThan(0);
    expect(sum("yagura_cache_size{")).toBeGreaterThan(QUERIES.length);
    for (const operation of ["select", "insert", "update", "delete"]) {
      expect([operation, sum(`yagura_db_queries_total{operation="${operation}"`)]).not.toEqual([operation, 0]);
    }
    expect(sum('yagura_health_checks_total{outcome="ok"}')).toBeGreaterThanOrEqual(3);
    expect(sum("yagura_health_check_lag_seconds_count")).toBeGreaterThanOrEqual(3);
    expect(sum(`yagura_circuit_breaker_transitions_total{provider="${SICK}",to="OPEN"}`)).toBeGreaterThanOrEqual(1);
    expect(sum(`yagura_circuit_breaker_state{provider="${SICK}"}`)).toBeGreaterThan(0);
    expect(sum(`yagura_provider_search_total{provider="${SICK}",status="failed"}`)).toBeGreaterThanOrEqual(3);
    expect(sum("yagura_database_size_bytes")).toBeGreaterThan(0);
    expect(Date.now() / 1000 - sum("yagura_health_tick_timestamp_seconds")).toBeLessThan(30);
  });

  it("is what is left alone when metrics are switched off", async () => {
    const silent = await startApp({ env: { ENABLE_PROMETHEUS_METRICS: "false" }, withUsers: false });
    try {
      const answer = await fetch(`${silent.url}/api/metrics`);
      expect(answer.status).toBe(404);
      expect(answer.headers.get("content-type")).toContain("application/problem+json");
    } finally {
      await silent.dispose();
    }
  });
});

function yamlIn(folder: string): string[] {
  return readdirSync(join(MONITORING, "prometheus", folder)).map((file) =>
    join(MONITORING, "prometheus", folder, file),
  );
}
