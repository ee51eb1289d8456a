// The health engine's figures. In memory: record() into three exact windows, percentiles of 500 providers, bytes per provider, the check
// path against bare undici (both sides take turns in one process). Live: 500 providers checked every 30 s, on time and without holding the
// loop up. Upstreams are a child process, and nothing is stored. Ends with 1 when a figure is over its limit.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import pino from "pino";
import { Agent } from "undici";
import { z } from "zod";
import { parseEnv } from "@/lib/env";
import { createReachability } from "@/lib/health/connectivity-canaries";
import { buildCall } from "@/lib/health/engine/testing/provider-sim";
import { addSample, createWindows, windowStats } from "@/lib/health/engine/window";
import { type HealthSettings, toHealthSettings } from "@/lib/health/health-settings";
import type { HealthStore } from "@/lib/health/health-store";
import { createHealthMonitor, type HealthMonitorOptions } from "@/lib/health/monitor";
import { createProcessGuard } from "@/lib/health/process-guard";
import { createManualTime } from "@/lib/health/testing/manual-time";
import { setSystemTimer } from "@/lib/health/timers";
import { createCallProvider } from "@/lib/providers/call-provider";
import type { Provider } from "@/lib/providers/provider";
import { fakeAdapter, fakeProvider } from "@/lib/providers/testing/fake-provider";
import { createTransport } from "@/lib/providers/transport";

const PROVIDERS = 500;
const INTERVAL_MS = 30_000;
const CONCURRENCY = 50;
/** The start is spread over 125 s; a full interval with all of them follows. */
const LIVE_MS = 160_000;
const LOOP_LOOK_MS = 10;
const STATE_ROUNDS = 240;
const CHECKS_PER_TURN = 1500;
const CHECKS_PER_SECOND = 500;
const CHECK_PACE_MS = 5;
const LOOPBACK = { address: "127.0.0.1", family: 4 };

const LIMITS = {
  recordNs: 500,
  percentilesMs: 5,
  stateKb: 30,
  checkCpuRatio: 3,
  latenessMs: 250,
  loopLagMs: 20,
};

let failures = 0;

function report(what: string, figure: number, limit: number, unit: string): void {
  const good = figure <= limit;
  if (!good) failures++;
  console.log(
    `${good ? "ok  " : "OVER"} ${what.padEnd(64)} ${figure.toFixed(figure < 10 ? 2 : 0).padStart(8)} ${unit}, at most ${limit}`,
  );
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Adding to three windows with as much falling out of them as comes in. */
function benchRecord(): void {
  const windows = createWindows();
  const batch = 10_000;
  const rounds: number[] = [];
  let now = 0;
  for (let round = 0; round < 120; round++) {
    const startedAt = process.hrtime.bigint();
    for (let index = 0; index < batch; index++) {
      now += 60;
      addSample(windows, now, index % 10 === 0 ? "timeout" : "ok", 20 + ((index * 7919) % 4000));
    }
    const ns = Number(process.hrtime.bigint() - startedAt) / batch;
    if (round >= 20) rounds.push(ns);
  }
  report("record() into three exact windows, median", quantile(rounds, 0.5), LIMITS.recordNs, "ns");
}

function benchPercentiles(): void {
  const all = Array.from({ length: PROVIDERS }, (_, provider) => {
    const windows = createWindows();
    for (let index = 0; index < 300; index++) {
      addSample(windows, index * 3000, "ok", 5 + ((index * 7919 + provider) % 3000));
    }
    return windows;
  });
  const runs: number[] = [];
  for (let run = 0; run < 60; run++) {
    const startedAt = performance.now();
    for (const windows of all) windowStats(windows, 300 * 3000);
    if (run >= 10) runs.push(performance.now() - startedAt);
  }
  // The fastest tenth, so that other work on the machine does not count.
  report(`percentiles of 3 windows × ${PROVIDERS} providers`, quantile(runs, 0.1), LIMITS.percentilesMs, "ms");
}

/** What a monitor holds after hours at one sample in 30 s, with failures now and then: records, roll-ups under way, what waits to be written. */
async function benchState(): Promise<void> {
  const providers = providersAt(1, PROVIDERS);
  await collectGarbage();
  const before = bytesHeld();
  const time = createManualTime();
  const env = parseEnv({ HEALTH_MONITORING_ENABLED: "false" });
  const health = createHealthMonitor({
    ...partsOf(providers, toHealthSettings(env)),
    clock: time.clock,
    setTimer: time.setTimer,
  });
  await health.start(async () => {
    throw new Error("nothing is called");
  });
  for (let round = 0; round < STATE_ROUNDS; round++) {
    for (const [index, { id }] of providers.entries()) {
      const outcome = (round + index) % 40 < 3 ? "timeout" : "ok";
      const call = { providerId: id, origin: `http://${id}.internal:1`, startedAt: time.clock() - 100 };
      health.observe(buildCall({ ...call, class: outcome, durationMs: 50 + ((round * 7919 + index) % 900) }));
    }
    await time.advance(INTERVAL_MS);
  }
  await collectGarbage();
  report("engine state per provider", (bytesHeld() - before) / 1024 / PROVIDERS, LIMITS.stateKb, "KB");
  await health.stop();
}

function bytesHeld(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Memory of arrays comes back a turn later. */
async function collectGarbage(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    globalThis.gc?.();
    await wait(20);
  }
}

const UPSTREAM = `
  const body = JSON.stringify({ data: [{ id: "1", attributes: { canonicalTitle: "Berserk" } }] });
  const server = require("node:http").createServer((request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) }).end(body);
  });
  server.keepAliveTimeout = 120000;
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
  process.stdin.resume().once("end", () => process.exit(0));
`;

interface Upstream {
  port: number;
  stop(): void;
}

async function startUpstream(): Promise<Upstream> {
  const child = spawn(process.execPath, ["-e", UPSTREAM], { stdio: ["pipe", "pipe", "inherit"] });
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).once("line", (line) => resolve(Number(line)));
    child.once("exit", (code) => reject(new Error(`the upstream ended with ${code}`)));
  });
  return { port, stop: () => void child.kill() };
}

const answerSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

const adapter = fakeAdapter({
  rate: { calls: 100_000, intervalMs: 1000 },
  async check({ http }) {
    await http.json({ path: "/manga", query: { limit: 1 } }, answerSchema);
  },
});

/** Each an origin of its own: checks go one at a time to each of them. */
function providersAt(port: number, count: number): Provider[] {
  return Array.from({ length: count }, (_, index) =>
    fakeProvider({
      id: `p${index}`,
      name: `P${index}`,
      adapter,
      checkInterval: null,
      config: { baseUrl: `http://p${index}.internal:${port}` },
    }),
  );
}

const store: HealthStore = {
  load: async () => ({ states: [], stats: [], recentSamples: [], unfinished: null }),
  save: async () => {},
  findRollups: async () => [],
  findUnreached: async () => [],
  forget: async () => {},
  prune: async () => 0,
};

function partsOf(providers: readonly Provider[], settings: HealthSettings): HealthMonitorOptions {
  const known = new Map(providers.map((provider) => [provider.id, provider]));
  const get = (id: string): Provider => {
    const provider = known.get(id);
    if (!provider) throw new Error(`no provider ${id}`);
    return provider;
  };
  return {
    providers: {
      list: () => providers,
      find: (id) => known.get(id) ?? null,
      get,
      update: async (id) => get(id),
      onChange: () => () => {},
      onRemove: () => () => {},
    },
    store,
    settings: () => settings,
    clock: Date.now,
    random: Math.random,
    log: pino({ level: "silent" }),
    reachability: createReachability({ canaries: [], clock: Date.now }),
  };
}

function createApp(providers: readonly Provider[], lags: number[]) {
  const env = parseEnv({
    HEALTH_CHECK_CONCURRENCY: String(CONCURRENCY),
    HEALTH_CHECK_INTERVAL_SECONDS: String(INTERVAL_MS / 1000),
  });
  const guard = createProcessGuard({ clock: Date.now, stopwatch: () => performance.now(), setTimer: setSystemTimer });
  const health = createHealthMonitor({
    ...partsOf(providers, toHealthSettings(env)),
    wasDisturbed: guard.wasDisturbed,
    onCheck: (event) => {
      if (event.phase === "begun" && event.lagMs !== null) lags.push(event.lagMs);
    },
  });
  const transport = createTransport({ resolve: async () => [LOOPBACK] });
  const callProvider = createCallProvider({
    admit: health.admit,
    withdraw: health.withdraw,
    observe: health.observe,
    http: { transport, userAgent: "Yagura/bench (+https://example.org)" },
    clock: Date.now,
    random: Math.random,
  });
  return {
    health,
    callProvider,
    async stop() {
      guard.stop();
      await health.stop();
      await transport.close();
    },
  };
}

/** Both sides make the same number of calls at the same rate, by turns. */
async function benchCheckPath(upstream: Upstream): Promise<void> {
  const providers = providersAt(upstream.port, 20);
  const app = createApp(providers, []);
  const agent = new Agent({ connect: { lookup: (_name, _options, done) => done(null, [LOOPBACK]) } });
  const ratios: number[] = [];

  async function inTurn(make: (provider: Provider) => Promise<void>): Promise<number> {
    const before = process.cpuUsage();
    const calls: Promise<void>[] = [];
    const startedAt = performance.now();
    while (calls.length < CHECKS_PER_TURN) {
      await wait(CHECK_PACE_MS);
      const due = Math.min(CHECKS_PER_TURN, ((performance.now() - startedAt) / 1000) * CHECKS_PER_SECOND);
      while (calls.length < due) {
        const provider = providers[calls.length % providers.length];
        if (provider) calls.push(make(provider));
      }
    }
    await Promise.all(calls);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / CHECKS_PER_TURN;
  }

  const bare = () =>
    inTurn(async ({ config }) => {
      const answer = await agent.request({ origin: config.baseUrl, path: "/manga?limit=1", method: "GET" });
      await answer.body.json();
    });
  const whole = () =>
    inTurn(async (provider) => {
      const result = await app.callProvider({ provider, operation: "check", source: "check", input: undefined });
      if (!result.ok) throw new Error(`a check failed: ${JSON.stringify(result)}`);
    });
  for (let round = 0; round < 8; round++) {
    const [a, b] = [await bare(), await whole()];
    if (round >= 2) ratios.push(b / a);
    if (round >= 2) console.log(`     ${a.toFixed(0)} µs bare, ${b.toFixed(0)} µs whole`);
  }
  report("check path: CPU over bare undici, median of turns", quantile(ratios, 0.5), LIMITS.checkCpuRatio, "×");
  await agent.close();
  await app.stop();
}

async function benchLive(upstream: Upstream): Promise<void> {
  const lags: number[] = [];
  const app = createApp(providersAt(upstream.port, PROVIDERS), lags);
  const loop: number[] = [];
  let lookedAt = performance.now();
  const look = setInterval(() => {
    const now = performance.now();
    loop.push(Math.max(0, now - lookedAt - LOOP_LOOK_MS));
    lookedAt = now;
  }, LOOP_LOOK_MS);
  console.log(`${PROVIDERS} providers every ${INTERVAL_MS / 1000} s for ${Math.round(LIVE_MS / 1000)} s …`);
  const cpu = process.cpuUsage();
  await app.health.start(app.callProvider);
  await wait(LIVE_MS);
  clearInterval(look);
  const { user, system } = process.cpuUsage(cpu);
  const well = providersWell(app.health.view);
  console.log(
    `${lags.length} checks, ${well} of ${PROVIDERS} ACTIVE, ${(((user + system) / 1000 / LIVE_MS) * 100).toFixed(1)} % of one core, ` +
      `lateness p50 ${quantile(lags, 0.5).toFixed(1)} ms, loop lag p50 ${quantile(loop, 0.5).toFixed(2)} ms, max ${Math.max(...loop).toFixed(0)} ms`,
  );
  if (well !== PROVIDERS) failures++;
  report("check lateness p99", quantile(lags, 0.99), LIMITS.latenessMs, "ms");
  report("event-loop lag p99", quantile(loop, 0.99), LIMITS.loopLagMs, "ms");
  await app.stop();
}

function providersWell(view: (id: string) => { state: string }): number {
  return Array.from({ length: PROVIDERS }, (_, index) => view(`p${index}`)).filter(({ state }) => state === "ACTIVE")
    .length;
}

benchRecord();
benchPercentiles();
await benchState();
const upstream = await startUpstream();
try {
  await benchCheckPath(upstream);
  await benchLive(upstream);
} finally {
  upstream.stop();
}
process.exitCode = failures === 0 ? 0 : 1;
