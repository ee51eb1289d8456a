// A month of history, a million samples, and the questions that pages ask of them. Run: npx tsx --conditions=react-server
// tests/bench/history.bench.ts. Times are the fastest of several runs, so that other work on the machine does not count; ends with 1 when
// a figure is over its limit. The clock is made up, samples go through the recorder, every row through Prisma, into SQLite.
import { statSync } from "node:fs";
import pino from "pino";
import type { Client } from "@/lib/db/client";
import { createHealthStore } from "@/lib/db/health-store";
import { insertSamples, type StoredSample } from "@/lib/db/samples";
import type { UptimeMark } from "@/lib/health/engine/types";
import { historyQuery, readHistory } from "@/lib/health/history";
import { readDailyCounts, readRollups } from "@/lib/health/read-rollups";
import { createRecorder } from "@/lib/health/recorder";
import { bucketOf, rollupQuantiles, STEP_MS, sumRollups } from "@/lib/health/rollup";
import type { OutcomeClass } from "@/lib/providers/outcome";
import { openTestDatabase, type TestDatabase } from "../support/test-database";

const START = Date.UTC(2026, 9, 1);
const FLUSH_EVERY_MS = 30 * STEP_MS.minute;
const RETENTION = { keep: 1000, keepMs: 7 * STEP_MS.day };
const RUNS = 15;
const FAILURES: OutcomeClass[] = ["timeout", "http_5xx", "network", "throttled"];

let overLimit = 0;

function tell(what: string, figure: number, limit: number | null, unit: string): void {
  const shown = figure >= 100 ? figure.toFixed(0) : figure.toFixed(2);
  const over = limit !== null && figure > limit;
  if (over) overLimit++;
  console.log(`${what}: ${shown} ${unit}${limit === null ? "" : ` (limit ${limit})`}${over ? " – OVER" : ""}`);
}

/** Mulberry32: the same samples in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = createRandom(7);

function buildSample(providerId: string, at: number): StoredSample {
  const fails = random() < 0.01;
  const durationMs = Math.round(Math.exp(5 + 0.6 * (random() + random() + random() - 1.5) * 2));
  const failure = FAILURES[Math.floor(random() * FAILURES.length)] ?? "timeout";
  return {
    providerId,
    at,
    source: "check",
    operation: "check",
    class: fails ? failure : "ok",
    durationMs,
    httpStatus: fails ? null : 200,
    results: null,
    error: fails ? "The server answered with an error of its own." : null,
  };
}

async function addProviders(client: Client, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `provider-${String(index).padStart(3, "0")}`);
  for (const id of ids) await client.provider.create({ data: { id, adapter: "opds", name: id } });
  return ids;
}

/** Providers that are checked once a minute for so many days. */
async function live(
  client: Client,
  { providers, days, onDay }: { providers: number; days: number; onDay?: (day: number) => Promise<void> },
) {
  const ids = await addProviders(client, providers);
  let now = START;
  let transactions = 0;
  let flushes = 0;
  const counting = new Proxy(client, {
    get(target, name, receiver) {
      if (name === "$transaction") transactions++;
      return Reflect.get(target, name, receiver);
    },
  });
  const store = createHealthStore(counting);
  const marks: UptimeMark[] = [{ at: START, kind: "up" }];
  const recorder = createRecorder({
    store,
    snapshot: () => null,
    stateOf: () => ({ uptime: marks, shown: { state: "ACTIVE", since: START } }),
    clock: () => now,
    random,
    setTimer: () => () => {},
    log: pino({ level: "error" }),
  });
  recorder.resume(ids, null);
  for (const end = START + days * STEP_MS.day; now < end; now += STEP_MS.minute) {
    ids.forEach((id, index) => {
      recorder.addSample(buildSample(id, now + Math.floor((index * STEP_MS.minute) / ids.length)));
    });
    if ((now + STEP_MS.minute) % FLUSH_EVERY_MS === 0) {
      flushes++;
      if (!(await recorder.flush())) throw new Error("not written");
      await store.prune({ now, ...RETENTION });
    }
    if ((now + STEP_MS.minute) % STEP_MS.day === 0) await onDay?.((now + STEP_MS.minute - START) / STEP_MS.day);
  }
  now -= 1;
  return { ids, now, recorder, transactionsPerFlush: transactions / flushes };
}

async function bytesOf({ client, url }: TestDatabase): Promise<number> {
  await client.$queryRawUnsafe("PRAGMA wal_checkpoint(TRUNCATE)");
  return statSync(url.slice("file:".length)).size;
}

async function fastestMs(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run++) {
    const startedAt = performance.now();
    await work();
    best = Math.min(best, performance.now() - startedAt);
  }
  return best;
}

async function withDatabase(work: (database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await openTestDatabase();
  try {
    // Nothing of it is to outlive the run.
    await database.client.$queryRawUnsafe("PRAGMA synchronous = OFF");
    await work(database);
  } finally {
    await database.dispose();
  }
}

async function measureSamples(database: TestDatabase): Promise<void> {
  const [id = ""] = await addProviders(database.client, 1);
  const before = await bytesOf(database);
  const rows = 200_000;
  for (let done = 0; done < rows; done += 10_000) {
    const some = Array.from({ length: 10_000 }, (_, index) => {
      const sample = buildSample(id, START + (done + index) * 1000);
      return { ...sample, class: "ok" as const, error: null, results: 20, nth: Math.floor(random() * 32_768) };
    });
    await insertSamples(database.client, some);
  }
  tell("one successful raw sample", ((await bytesOf(database)) - before) / rows, 100, "bytes");
}

async function measureQuestions(database: TestDatabase): Promise<void> {
  const startedAt = performance.now();
  const { ids, now, recorder, transactionsPerFlush } = await live(database.client, { providers: 100, days: 7 });
  const samples = await database.client.providerSample.count();
  tell(`${samples} samples of 100 providers in a week, written in`, (performance.now() - startedAt) / 1000, null, "s");
  tell("write transactions per flush", transactionsPerFlush, 1, "");
  const source = { client: database.client, unwritten: recorder.unwritten };
  const day = { step: "hour", providerId: ids[50] ?? "", from: bucketOf(now - STEP_MS.day, "hour"), to: now } as const;
  tell(
    "percentiles of 24 hours of one provider",
    await fastestMs(async () => {
      const { rollup } = sumRollups(await readRollups(source, day));
      return rollupQuantiles(rollup, [0.5, 0.95, 0.99]);
    }),
    2,
    "ms",
  );
  tell(
    "counts per day of 100 providers, 7 days",
    await fastestMs(() => readDailyCounts(source, { providerId: null, days: 7, now })),
    10,
    "ms",
  );
  const minutes = { query: historyQuery.parse({ step: "minute" }), providerId: ids[50] ?? "", now, isAdmin: true };
  tell("a day by minutes of one provider", await fastestMs(() => readHistory(source, minutes)), null, "ms");
  const exact = (
    await database.client.providerSample.findMany({
      where: {
        providerKey: 51,
        at: { gte: BigInt(day.from), lte: BigInt(now) },
        class: { lte: 1 },
      },
      select: { durationMs: true },
    })
  )
    .map(({ durationMs }) => durationMs)
    .sort((a, b) => a - b);
  const { rollup } = sumRollups(await readRollups(source, day));
  rollupQuantiles(rollup, [0.5, 0.95, 0.99]).forEach((found, index) => {
    const wanted = [0.5, 0.95, 0.99][index] ?? 1;
    const truth = exact[Math.ceil(wanted * exact.length) - 1] ?? 1;
    tell(`error of p${wanted * 100}`, (Math.abs((found ?? 0) - truth) / truth) * 100, 2, "%");
  });
}

async function measureMonth(database: TestDatabase): Promise<void> {
  const sizes: number[] = [];
  await live(database.client, {
    providers: 50,
    days: 30,
    onDay: async () => void sizes.push((await bytesOf(database)) / 1_000_000),
  });
  for (const day of [7, 14, 23, 30])
    tell(`database after ${day} days of 50 providers at 60 s`, sizes[day - 1] ?? 0, 150, "MB");
  tell("growth in the last week", (sizes[29] ?? 0) - (sizes[22] ?? 0), 10, "MB");
}

await withDatabase(measureSamples);
await withDatabase(measureQuestions);
await withDatabase(measureMonth);
process.exit(overLimit === 0 ? 0 : 1);
