import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { METRIC_PREFIX, METRICS } from "@/lib/telemetry/metric-definitions";
import { createMetrics } from "@/lib/telemetry/metrics";
import { parseMetrics } from "@/lib/telemetry/testing/parse-metrics";
import { type Dashboard, listDashboards, type Panel, readRules, rowsOf } from "../support/monitoring";

const read = (path: string) => readFileSync(join("monitoring", path), "utf8");
const readme = read("README.md");
const dashboards = listDashboards();
const board = (uid: string): Dashboard => {
  const found = dashboards.find((dashboard) => dashboard.uid === uid);
  if (!found) throw new Error(`no dashboard ${uid}`);
  return found;
};

const OVERVIEW = {
  "System Overview": [
    ["Search Operations", "timeseries", "sum by (status) (rate(yagura_searches_total[5m]))"],
    ["Active Jobs", "stat", "sum(yagura_job_queue_size) + sum(yagura_queue_active_jobs)"],
  ],
  "Provider Performance": [
    ["Provider Search Rate", "timeseries", "sum by (provider, status) (rate(yagura_provider_search_total[5m]))"],
    ["Provider Download Rate", "timeseries", "sum by (provider) (rate(yagura_provider_download_total[5m]))"],
  ],
  "HTTP API": [
    [
      "Request Duration p95",
      "timeseries",
      "histogram_quantile(0.95, sum by (le) (rate(yagura_http_request_duration_seconds_bucket[5m])))",
    ],
    ["Request Rate by status", "timeseries", "sum by (status) (rate(yagura_http_requests_total[5m]))"],
  ],
  "System Resources": [
    ["CPU Usage", "gauge", "yagura_cpu_usage_percent"],
    ["Memory Usage", "stat", "yagura_memory_usage_bytes"],
    ["Database Size", "stat", "max(yagura_database_size_bytes)"],
    ["Circuit Breakers", "table", "max by (provider) (yagura_circuit_breaker_state)"],
  ],
};

const DATABASE = {
  "Connection Pool": [
    [
      "Pool Status",
      "stat",
      "sum(yagura_db_pool_size)",
      "sum(yagura_db_pool_checked_out)",
      "sum(yagura_db_pool_overflow)",
    ],
    ["Pool Utilization", "gauge", "sum(yagura_db_pool_checked_out) / sum(yagura_db_pool_size) * 100"],
  ],
  "Query Performance": [
    [
      "Query Duration p95 by operation",
      "timeseries",
      "histogram_quantile(0.95, sum by (le, operation) (rate(yagura_db_query_duration_seconds_bucket[5m])))",
    ],
    ["Query Rate by operation", "timeseries", "sum by (operation) (rate(yagura_db_queries_total[5m]))"],
  ],
  Cache: [
    [
      "Cache Hit Rate",
      "gauge",
      "sum(rate(yagura_cache_hits_total[5m])) / (sum(rate(yagura_cache_hits_total[5m])) + sum(rate(yagura_cache_misses_total[5m]))) * 100",
    ],
    ["Cache Size", "stat", "sum by (backend, cache) (yagura_cache_size)"],
  ],
  Redis: [
    ["Redis Status", "stat", "max(yagura_redis_connected)"],
    ["Redis Memory", "stat", "max(yagura_redis_memory_used_bytes)"],
    [
      "Queue Depth",
      "timeseries",
      "sum by (backend) (yagura_queue_size)",
      "sum by (backend) (yagura_queue_active_jobs)",
      "sum by (backend) (yagura_queue_failed_jobs)",
    ],
  ],
};

describe("the metrics' names", () => {
  const own = new Set(Object.values(METRICS).map(({ name }) => METRIC_PREFIX + name));
  const histograms = new Set(
    Object.values(METRICS).flatMap(({ name, type }) => (type === "histogram" ? METRIC_PREFIX + name : [])),
  );

  it("are spelt the same in the boards", () => {
    for (const { uid, panels } of dashboards)
      expect({ uid, unknown: unknownIn(JSON.stringify(panels)) }).toEqual({ uid, unknown: [] });
  });

  it.each([
    "rules/recording.yml",
    "rules/alerts.yml",
    "tests/recording.yml",
    "tests/provider-alerts.yml",
    "tests/engine-alerts.yml",
  ])("are spelt the same in prometheus/%s", (file) => {
    expect(unknownIn(read(`prometheus/${file}`))).toEqual([]);
  });

  it("stand in the readme with type, labels and help, each of them and no other", async () => {
    const rows = readTableRows(readme).flatMap(([first = "", ...rest]) => {
      const name = /^`(yagura_\w+)`$/.exec(first)?.[1];
      return name ? [[name, rest.join(" | ")] as const] : [];
    });
    const expected = Object.values(METRICS).map((metric) => {
      const labels = metric.labels.map((label) => `\`${label}\``).join(", ") || "–";
      const buckets = metric.type === "histogram" ? ` Buckets: ${metric.buckets.join(", ")}.` : "";
      return [METRIC_PREFIX + metric.name, `${metric.type} | ${labels} | ${metric.help}${buckets}`];
    });
    const ofNode = rows.filter(([name]) => !own.has(name));
    expect(Object.fromEntries(rows.filter(([name]) => own.has(name)))).toEqual(Object.fromEntries(expected));
    if (process.platform === "linux") {
      expect(Object.fromEntries(ofNode)).toEqual(await nodeDefaults());
    }
  });

  it("have a help text, and a unit where they measure one", () => {
    for (const { name, help, type } of Object.values(METRICS)) {
      expect(help).toMatch(/^[A-Z0-9].*\.$/);
      if (type === "histogram") expect(name).toMatch(/_seconds$/);
      if (type === "counter") expect(name).toMatch(/_total$/);
    }
  });

  function unknownIn(text: string): string[] {
    const names = new Set(text.match(/\byagura_[a-z0-9_]+/g));
    return [...names].filter((name) => !own.has(name) && !histograms.has(name.replace(/_(bucket|sum|count)$/, "")));
  }
});

describe("the boards", () => {
  it("are three", () => {
    expect(dashboards.map(({ uid }) => uid).sort()).toEqual(["yagura-database", "yagura-overview", "yagura-provider"]);
  });

  it.each(dashboards)("$uid: a stable uid, dark, every 30 s, the last hour", (dashboard) => {
    expect(dashboard).toMatchObject({
      uid: basename(dashboard.file, ".json"),
      style: "dark",
      refresh: "30s",
      time: { from: "now-1h", to: "now" },
    });
  });

  it.each(dashboards)("$uid: every panel has two columns' room, units and the data source by its uid", ({ panels }) => {
    const ids = new Set<number>();
    for (const panel of flatten(panels)) {
      expect(ids.has(panel.id)).toBe(false);
      ids.add(panel.id);
      if (panel.type === "row") continue;
      expect([12, 24]).toContain(panel.gridPos.w);
      expect([0, 12]).toContain(panel.gridPos.x);
      expect(panel.datasource).toEqual({ type: "prometheus", uid: "prometheus" });
      expect(panel.targets?.every(({ datasource }) => datasource.uid === "prometheus")).toBe(true);
      expect(panel.fieldConfig?.defaults.unit).toEqual(expect.any(String));
      expect(panel.description).toMatch(/\.$/);
    }
  });

  it("overview and database have the rows, titles, types and expressions that they promise", () => {
    expect(shapeOf(board("yagura-overview"))).toEqual(OVERVIEW);
    expect(shapeOf(board("yagura-database"))).toEqual(DATABASE);
  });

  it("folds the row of Redis, and no other", () => {
    const folded = dashboards.flatMap(({ panels }) => panels.filter(({ collapsed }) => collapsed));
    expect(folded.map(({ title }) => title)).toEqual(["Redis"]);
  });

  it("shows circuits in words", () => {
    const table = flatten(board("yagura-overview").panels).find(({ title }) => title === "Circuit Breakers");
    expect(JSON.stringify(table)).toMatch(/"0":\{"text":"closed".*"1":\{"text":"half-open".*"2":\{"text":"open"/);
  });

  it("shows of one provider, chosen by a variable, all there is to know", () => {
    const provider = board("yagura-provider");
    expect(provider.templating.list).toMatchObject([
      { name: "provider", query: { query: "label_values(yagura_provider_up, provider)" } },
    ]);
    expect(flatten(provider.panels).flatMap(({ type, title }) => (type === "row" ? [] : [[title, type]]))).toEqual([
      ["State timeline", "state-timeline"],
      ["Error classes", "timeseries"],
      ["Latency p50, p95, p99", "timeseries"],
      ["Success ratio", "timeseries"],
      ["Checks lag", "timeseries"],
      ["Circuit transitions", "timeseries"],
      ["Back-off and disabled until", "stat"],
    ]);
    const stacked = flatten(provider.panels).find(({ title }) => title === "Error classes");
    expect(stacked?.fieldConfig?.defaults.custom).toMatchObject({ stacking: { mode: "normal" } });
  });

  it("are all described in the readme, panel by panel", () => {
    for (const { uid, title, panels } of dashboards) {
      expect(readme).toContain(`### ${title} (\`${uid}\`)`);
      for (const { type, title } of flatten(panels)) {
        expect(readme).toMatch(type === "row" ? new RegExp(`^- \\*\\*${title}`, "m") : new RegExp(`[*_]${title}[*_]`));
      }
    }
  });
});

describe("provisioning", () => {
  it("names the data source that the boards ask for", () => {
    expect(read("grafana/provisioning/datasources/datasources.yml")).toBe(
      [
        "apiVersion: 1\n",
        "datasources:",
        "  - name: Prometheus",
        "    type: prometheus",
        "    uid: prometheus",
        "    access: proxy",
        "    url: http://prometheus:9090",
        "    isDefault: true",
        "    editable: false\n",
      ].join("\n"),
    );
  });

  it("finds the boards where compose mounts them", () => {
    expect(read("grafana/provisioning/dashboards/dashboards.yml")).toBe(
      [
        "apiVersion: 1\n",
        "providers:",
        "  - name: Yagura",
        "    orgId: 1",
        "    folder: Yagura",
        "    type: file",
        "    disableDeletion: false",
        "    editable: true",
        "    options:",
        "      path: /var/lib/grafana/dashboards",
        "      foldersFromFilesStructure: false\n",
      ].join("\n"),
    );
    expect(read("compose.yaml")).toContain("./grafana/dashboards:/var/lib/grafana/dashboards:ro");
  });
});

describe("the rules", () => {
  const rules = readRules();

  it("have a test and a line in the readme for each alert", () => {
    const tests = readdirSync("monitoring/prometheus/tests")
      .map((file) => read(`prometheus/tests/${file}`))
      .join("\n");
    for (const { alert } of rules.flatMap(({ rules }) => rules)) {
      if (!alert) continue;
      expect(readme).toMatch(new RegExp(`\\b${alert}\\b`));
      // A name, and below it at least one alert that is expected.
      expect(tests).toMatch(new RegExp(`alertname: ${alert}\\n\\s+exp_alerts:\\n\\s+- exp_labels`));
    }
    for (const { record } of rules.flatMap(({ rules }) => rules)) if (record) expect(tests).toContain(record);
  });

  it("stand in the two groups that are documented", () => {
    expect(rules.map(({ name, rules }) => [name, rules.length])).toEqual([
      ["providers.recording", 6],
      ["providers.alerts", 13],
    ]);
  });

  it("use no recorded series that is not recorded", () => {
    const all = rules.flatMap(({ rules }) => rules);
    const recorded = new Set(all.flatMap(({ record }) => record ?? []));
    const used = all.flatMap(({ expr }) => expr.match(/\b\w+(?::\w+){2,}/g) ?? []);
    expect(used.filter((name) => !recorded.has(name))).toEqual([]);
    expect(new Set(used)).toEqual(recorded);
  });

  it("are silenced as the readme says", () => {
    const config = read("alertmanager/alertmanager.yml");
    expect(config).toMatch(
      /source_matchers: \["alertname = SelfOffline"\]\n\s+target_matchers: \["alertname =~ Provider\.\*"\]/,
    );
    expect(config).toMatch(
      /group_by: \[alertname, group\]\n\s+group_wait: 30s\n\s+group_interval: 5m\n\s+repeat_interval: 4h/,
    );
  });
});

function readTableRows(markdown: string): string[][] {
  return [...markdown.matchAll(/^\|(.*)\|$/gm)].map(([, row = ""]) => row.split("|").map((cell) => cell.trim()));
}

function flatten(panels: readonly Panel[]): Panel[] {
  return panels.flatMap((panel) => [panel, ...flatten(panel.panels ?? [])]);
}

function shapeOf(dashboard: Dashboard): Record<string, string[][]> {
  return Object.fromEntries(
    rowsOf(dashboard).map(({ title, panels }) => [
      title,
      panels.map((panel) => [panel.title, panel.type, ...(panel.targets ?? []).map(({ expr }) => expr)]),
    ]),
  );
}

async function nodeDefaults(): Promise<Record<string, string>> {
  const metrics = createMetrics({
    enabled: true,
    version: "0",
    dialect: "sqlite",
    detail: "standard",
    clock: Date.now,
    onCollectorError: () => {},
  });
  const { types, help } = parseMetrics((await metrics.generateMetrics()).text);
  const names = [...types.keys()].filter((name) => /^yagura_(process|nodejs)_/.test(name));
  return Object.fromEntries(names.map((name) => [name, `${types.get(name)} | ${help.get(name)}`]));
}
