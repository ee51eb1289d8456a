// The built app over HTTP, with fifty providers beside those that come with it: how many cached searches of twenty works it answers for each answer of an empty route that
// asks for the same credentials, phases of both taking turns; and what memory it holds when nobody asks. Ends with 1 beyond a limit.
import { Pool } from "undici";
import { KEY_REQUESTS_PER_MINUTE } from "@/lib/http/key-limit";
import { startDemo } from "../../demo/start-demo";
import { type App, startApp } from "../support/start-app";
import { makeReaderKeys } from "./reader-keys";
import { median, say } from "./report";

const PROVIDERS = 50;
const WORKS = 20;
const CONNECTIONS = 16;
const ROUNDS = 5;
const REQUESTS = 2000;
const WARM_UP_REQUESTS = 4000;
const FIRST_CHECKS_MS = PROVIDERS * 250 + 15_000;
const IDLE_MS = 120_000;
const RATIO_MIN = 0.6;
const IDLE_MB_MAX = 250;
const SEARCH = "/api/v1/search?q=the&providers=mangadex";
const EMPTY = "/api/v1/me";

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function main(): Promise<boolean> {
  const demo = await startDemo({ opdsCredentials: null });
  const towers = Array.from({ length: PROVIDERS }, (_, index) => [
    `PROVIDER_OPDS_N${index}_BASE_URL`,
    demo.upstreams["opds-tower"].baseUrl,
  ]);
  const app = await startApp({ env: { ...demo.environment, ...Object.fromEntries(towers) } });
  try {
    const isSmall = await measureIdle(app);
    return (await measureSearch(app)) && isSmall;
  } finally {
    await app.dispose();
    await demo.stop();
  }
}

async function measureIdle(app: App): Promise<boolean> {
  console.log(`${PROVIDERS} providers more, first checks, then ${IDLE_MS / 1000} s of rest …`);
  await sleep(FIRST_CHECKS_MS + IDLE_MS);
  const mb = app.rss() / 1_048_576;
  return say(`memory at idle: ${mb.toFixed(0)} MB (limit ${IDLE_MB_MAX})`, mb <= IDLE_MB_MAX);
}

async function measureSearch(app: App): Promise<boolean> {
  const requests = 2 * (WARM_UP_REQUESTS + ROUNDS * REQUESTS);
  const keys = await makeReaderKeys(app, Math.ceil(requests / KEY_REQUESTS_PER_MINUTE) + 1);
  const pool = new Pool(app.url, { connections: CONNECTIONS });
  const count = await countWorks(pool, keys[0] ?? "");
  if (count !== WORKS) throw new Error(`The search finds ${count} works instead of ${WORKS}.`);
  const ask = createAsker(pool, keys);
  for (const path of [EMPTY, SEARCH]) await perSecond(ask, path, WARM_UP_REQUESTS);
  const rates = { empty: [] as number[], search: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.empty.push(await perSecond(ask, EMPTY, REQUESTS));
    rates.search.push(await perSecond(ask, SEARCH, REQUESTS));
  }
  await pool.close();
  const ratio = median(rates.search) / median(rates.empty);
  console.log(
    `a second: ${median(rates.search).toFixed(0)} cached searches, ${median(rates.empty).toFixed(0)} empty answers`,
  );
  return say(`cached search against an empty route: ${ratio.toFixed(2)} × (at least ${RATIO_MIN})`, ratio >= RATIO_MIN);
}

async function countWorks(pool: Pool, key: string): Promise<number> {
  const { body } = await pool.request({ path: SEARCH, method: "GET", headers: { "x-api-key": key } });
  return ((await body.json()) as { items: unknown[] }).items.length;
}

type Ask = (path: string) => Promise<void>;

/** Each key is used as often as it may be. */
function createAsker(pool: Pool, keys: readonly string[]): Ask {
  let asked = 0;
  return async (path) => {
    const key = keys[Math.floor(asked++ / KEY_REQUESTS_PER_MINUTE) + 1] ?? "";
    const { statusCode, body } = await pool.request({ path, method: "GET", headers: { "x-api-key": key } });
    await body.dump();
    if (statusCode !== 200) throw new Error(`${path} was answered with ${statusCode}.`);
  };
}

async function perSecond(ask: Ask, path: string, count: number): Promise<number> {
  const startedAt = performance.now();
  let left = count;
  const work = async () => {
    while (left-- > 0) await ask(path);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return count / ((performance.now() - startedAt) / 1000);
}

process.exitCode = (await main()) ? 0 : 1;
