import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port";
import { MONITORING } from "./monitoring";

const START_TIMEOUT_MS = 60_000;

export interface Sample {
  labels: Record<string, string>;
  value: number;
}

interface RuleState {
  name: string;
  health: string;
  lastError?: string;
}

export interface Prometheus {
  /** An instant query. Throws Prometheus' own words for a bad expression. */
  query(expression: string): Promise<Sample[]>;
  rules(): Promise<RuleState[]>;
  stop(): Promise<void>;
}

/** Prometheus on a free loopback port, with the project's rules, scraping one app once a second. */
export async function startPrometheus(app: { url: string }): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), "yagura-prometheus-"));
  mkdirSync(join(folder, "rules"));
  for (const file of ["recording.yml", "alerts.yml"]) {
    copyFileSync(join(MONITORING, "prometheus/rules", file), join(folder, "rules", file));
  }
  writeFileSync(
    join(folder, "prometheus.yml"),
    `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [rules/*.yml]
scrape_configs:
  - job_name: yagura
    metrics_path: /api/metrics
    static_configs: [{ targets: ["${new URL(app.url).host}"] }]
`,
  );
  const port = await freePort();
  const server = spawn(
    "prometheus",
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=warn",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let output = "";
  server.stderr.on("data", (chunk) => (output += chunk));
  server.once("error", (error) => (output += error.message));
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));

  async function get<Data>(path: string): Promise<Data> {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    // Safe because Prometheus documents this envelope for all of its API.
    const body = (await answer.json()) as { status: string; error?: string; data: Data };
    if (body.status !== "success") throw new Error(body.error ?? `HTTP ${answer.status}`);
    return body.data;
  }

  const until = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => null);
    if (answer?.ok) break;
    if (server.exitCode !== null || Date.now() > until) throw new Error(`Prometheus did not start:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    async query(expression) {
      const { result } = await get<{ result: { metric: Record<string, string>; value: [number, string] }[] }>(
        `/api/v1/query?query=${encodeURIComponent(expression)}`,
      );
      return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
    },
    async rules() {
      const { groups } = await get<{ groups: { rules: RuleState[] }[] }>("/api/v1/rules");
      return groups.flatMap(({ rules }) => rules);
    },
    async stop() {
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
