// A hundred readers of the live stream while five hundred providers are checked every 30 s: what the built app needs for them, phases with
// and without readers taking turns; that a reader who stops reading is dropped; and that nothing grows. Ends with 1 beyond a limit.
import { get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { startDemo } from "../../demo/start-demo";
import { type App, startApp } from "../support/start-app";
import { makeReaderKeys } from "./reader-keys";
import { median, say } from "./report";

const PROVIDERS = 500;
const READERS = 100;
const STREAMS_PER_USER = 5;
const ROUNDS = 3;
const PHASE_MS = 20_000;
/** The first checks come 250 ms apart. */
const WARM_UP_MS = PROVIDERS * 250 + 20_000;
const SETTLE_MS = 3000;
const DROP_WITHIN_MS = 120_000;
const CORE_SHARE_MAX = 0.1;
const GROWTH_MB_MAX = 25;
const TOKEN = "bench-of-the-stream";

interface Reading {
  cpuSeconds: number;
  rssMb: number;
  clients: number;
  at: number;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

async function main(): Promise<boolean> {
  const demo = await startDemo({ host: "127.0.0.1", ports: "random", opdsCredentials: null });
  const towers = Array.from({ length: PROVIDERS }, (_, index) => [
    `PROVIDER_OPDS_N${index}_BASE_URL`,
    demo.upstreams["opds-tower"].baseUrl,
  ]);
  const app = await startApp({
    env: { ...demo.environment, ...Object.fromEntries(towers), METRICS_TOKEN: TOKEN, LOG_LEVEL: "info" },
  });
  try {
    // One more than is needed, for the reader that does not read.
    return await measure(app, await makeReaderKeys(app, READERS / STREAMS_PER_USER + 1));
  } finally {
    await app.dispose();
    await demo.stop();
  }
}

async function measure(app: App, keys: readonly string[]): Promise<boolean> {
  console.log(`${PROVIDERS} providers, first checks for ${WARM_UP_MS / 1000} s …`);
  await sleep(WARM_UP_MS);
  const slow = openSlowReader(app, keys.at(-1) ?? "");
  const openedAt = Date.now();
  const shares: number[] = [];
  const sizes: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const quiet = await phase(app);
    const before = await read(app);
    const readers = await openReaders(app, keys);
    const opened = await read(app);
    await sleep(SETTLE_MS);
    const bytesBefore = readers.bytes();
    const busy = await phase(app);
    const bytes = readers.bytes() - bytesBefore;
    shares.push(busy.share - quiet.share);
    sizes.push(busy.rssMb);
    console.log(
      `round ${round}: ${percent(quiet.share)} of a core without, ${percent(busy.share)} with ${busy.clients} readers; ` +
        `${(bytes / READERS / (PHASE_MS / 1000) / 1024).toFixed(0)} KB/s each; ` +
        `opening them ${((opened.cpuSeconds - before.cpuSeconds) * 1000).toFixed(0)} ms of CPU; ${busy.rssMb.toFixed(0)} MB`,
    );
    readers.close();
    await sleep(SETTLE_MS);
  }
  const dropped = await untilDropped(app, slow, openedAt + DROP_WITHIN_MS);
  const left = (await read(app)).clients;
  return [
    limit("a core for 100 readers, median", median(shares), CORE_SHARE_MAX, percent),
    limit("growth", (sizes.at(-1) ?? 0) - (sizes[0] ?? 0), GROWTH_MB_MAX, (mb) => `${mb.toFixed(1)} MB`),
    say(`the reader that does not read: ${dropped ? "dropped" : "still there"}`, dropped),
    say(`streams left after all have gone: ${left}`, left === 0),
  ].every(Boolean);
}

async function phase(app: App): Promise<{ share: number; rssMb: number; clients: number }> {
  const begin = await read(app);
  await sleep(PHASE_MS);
  const end = await read(app);
  return { ...end, share: (end.cpuSeconds - begin.cpuSeconds) / ((end.at - begin.at) / 1000) };
}

async function read(app: App): Promise<Reading> {
  const answer = await fetch(`${app.url}/api/metrics`, { headers: { Authorization: `Bearer ${TOKEN}` } });
  const text = await answer.text();
  const value = (name: string) => {
    const found = new RegExp(`^yagura_${name}(?:\\{[^}]*\\})? (\\S+)$`, "m").exec(text)?.[1];
    if (found === undefined) throw new Error(`There is no ${name} among the metrics (${answer.status}).`);
    return Number(found);
  };
  return {
    cpuSeconds: value("process_cpu_seconds_total"),
    rssMb: value("process_resident_memory_bytes") / 1_048_576,
    clients: value("sse_clients"),
    at: performance.now(),
  };
}

async function openReaders(app: App, keys: readonly string[]) {
  let bytes = 0;
  const streams = await Promise.all(
    Array.from({ length: READERS }, (_, index) => openStream(app, keys[Math.floor(index / STREAMS_PER_USER)] ?? "")),
  );
  for (const stream of streams) {
    stream.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    stream.on("error", () => {});
  }
  return {
    bytes: () => bytes,
    close() {
      for (const stream of streams) stream.destroy();
    },
  };
}

function openStream(app: App, key: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = get(
      `${app.url}/api/v1/health/stream`,
      { headers: { "X-Api-Key": key }, agent: false },
      (response) => {
        if (response.statusCode === 200) resolve(response);
        else reject(new Error(`A stream was answered with ${response.statusCode}.`));
      },
    );
    request.once("error", reject);
  });
}

/** Asks for the stream and reads nothing of it. */
function openSlowReader(app: App, key: string) {
  const { hostname, port } = new URL(app.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on("error", () => {});
  socket.write(`GET /api/v1/health/stream HTTP/1.1\r\nHost: ${hostname}\r\nX-Api-Key: ${key}\r\n\r\n`);
  socket.pause();
  return { end: () => socket.destroy() };
}

async function untilDropped(app: App, slow: { end: () => void }, deadline: number): Promise<boolean> {
  const isDropped = () => app.output().includes("stream.slow_reader");
  while (!isDropped() && Date.now() < deadline) await sleep(1000);
  const dropped = isDropped();
  slow.end();
  await sleep(SETTLE_MS);
  return dropped;
}

function limit(what: string, value: number, most: number, show: (value: number) => string): boolean {
  return say(`${what}: ${show(value)} (limit ${show(most)})`, value <= most);
}

process.exitCode = (await main()) ? 0 : 1;
