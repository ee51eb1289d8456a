// A federated search over ten upstreams against the plainest thing that could be written instead: fetch and zod, neither merging nor
// ranking nor recording. Both sides take turns in one process; figures are ratios.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import pino from "pino";
import { z } from "zod";
import { parseEnv } from "@/lib/env";
import { createReachability } from "@/lib/health/connectivity-canaries";
import { type HealthSettings, toHealthSettings } from "@/lib/health/health-settings";
import { createHealthMonitor } from "@/lib/health/monitor";
import { mangadex } from "@/lib/providers/adapters/mangadex/index";
import { createCallProvider } from "@/lib/providers/call-provider";
import type { Provider } from "@/lib/providers/provider";
import { fakeProvider } from "@/lib/providers/testing/fake-provider";
import { createTransport } from "@/lib/providers/transport";
import { NO_FILTERS } from "@/lib/search/filters";
import { sourceKey, toProviderItem } from "@/lib/search/item";
import type { SearchRequest } from "@/lib/search/search-request";
import { createSearchService } from "@/lib/search/search-service";
import { createTitleIndex } from "@/lib/titles/title-index";
import { median } from "./report";

const ROUNDS = 6;
const SEARCHES = 20;
const FASTEST_MS = 20;
const SLOWEST_MS = 200;
const FIRST_RESULT_MS_MAX = 30;
const WARM_ROUNDS = 20;
const WARM_QUERIES = Array.from({ length: 10 }, (_, index) => `tower ${index}`);
const WALL_RATIO_MAX = 1.0;
const CPU_RATIO_MAX = 0.8;

const naiveSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      attributes: z.looseObject({
        title: z.record(z.string(), z.string()),
        altTitles: z.array(z.record(z.string(), z.string())),
        description: z.record(z.string(), z.string()),
        links: z.record(z.string(), z.string()),
        year: z.number().nullable(),
        status: z.string(),
        contentRating: z.string(),
        tags: z.array(z.looseObject({ attributes: z.looseObject({ name: z.record(z.string(), z.string()) }) })),
      }),
      relationships: z.array(z.looseObject({ id: z.string(), type: z.string() })),
    }),
  ),
});

const child = fork(fileURLToPath(new URL("upstreams.ts", import.meta.url)), { execArgv: ["--import", "tsx"] });
const ports = await new Promise<number[]>((resolve) =>
  child.once("message", (message) => resolve(message as number[])),
);
const bases = ports.map((port) => `http://127.0.0.1:${port}`);
const yagura = createYagura(bases);

// A server runs for weeks: what counts is compiled code. Sides take turns here too.
for (let round = 0; round < WARM_ROUNDS; round++) {
  await Promise.all(WARM_QUERIES.map(() => naive()));
  await Promise.all(WARM_QUERIES.map(yagura.collect));
}
const results = {
  naive: { wall: [] as number[], cpu: [] as number[] },
  yagura: { wall: [] as number[], cpu: [] as number[] },
};
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, search] of [
    ["naive", naive],
    ["yagura", yagura.collect],
  ] as const) {
    const cpu = process.cpuUsage();
    for (let count = 0; count < SEARCHES; count++) {
      const startedAt = performance.now();
      await search("tower");
      results[name].wall.push(performance.now() - startedAt - SLOWEST_MS);
    }
    const used = process.cpuUsage(cpu);
    results[name].cpu.push((used.user + used.system) / 1000 / SEARCHES);
  }
}
const firstResults: number[] = [];
for (let count = 0; count < SEARCHES; count++) firstResults.push((await yagura.timeFirstResult("tower")) - FASTEST_MS);
child.disconnect();

const wallRatio = median(results.yagura.wall) / median(results.naive.wall);
const cpuRatio = median(results.yagura.cpu) / median(results.naive.cpu);
for (const name of ["naive", "yagura"] as const) {
  const { wall, cpu } = results[name];
  console.log(
    `${name.padEnd(8)} over the slowest upstream ${median(wall).toFixed(2)} ms, CPU ${median(cpu).toFixed(2)} ms per search`,
  );
}
console.log(
  `wall ratio ${wallRatio.toFixed(2)} (limit ${WALL_RATIO_MAX}), CPU ratio ${cpuRatio.toFixed(2)} (limit ${CPU_RATIO_MAX})`,
);
const firstMs = median(firstResults);
console.log(`first result ${firstMs.toFixed(1)} ms over the fastest upstream (limit ${FIRST_RESULT_MS_MAX})`);
process.exit(firstMs <= FIRST_RESULT_MS_MAX && wallRatio <= WALL_RATIO_MAX && cpuRatio <= CPU_RATIO_MAX ? 0 : 1);

async function naive(): Promise<void> {
  await Promise.all(
    bases.map(async (base) => {
      const response = await fetch(`${base}/manga?title=tower&limit=20`);
      naiveSchema.parse(await response.json());
    }),
  );
}

function createYagura(origins: readonly string[]) {
  const providers: Provider[] = origins.map((baseUrl, index) =>
    fakeProvider({
      id: `tower-${index}`,
      name: `Tower ${index}`,
      adapter: mangadex,
      config: { baseUrl },
      rate: { calls: 1_000_000, intervalMs: 1000 },
    }),
  );
  const byId = new Map(providers.map((provider) => [provider.id, provider]));
  const catalogue = {
    list: () => providers,
    find: (id: string) => byId.get(id) ?? null,
    get: (id: string) => byId.get(id) ?? fakeProvider(),
    update: async (id: string) => byId.get(id) ?? fakeProvider(),
    onChange: () => () => {},
    onRemove: () => () => {},
  };
  const settings: HealthSettings = { ...toHealthSettings(parseEnv({})), checksEnabled: false };
  const health = createHealthMonitor({
    reachability: createReachability({ canaries: [], clock: Date.now }),
    providers: catalogue,
    store: {
      load: async () => ({ states: [], stats: [], recentSamples: [], unfinished: null }),
      findRollups: async () => [],
      findUnreached: async () => [],
      save: async () => {},
      forget: async () => {},
      prune: async () => 0,
    },
    settings: () => settings,
    clock: Date.now,
    random: Math.random,
    log: pino({ level: "silent" }),
  });
  const callProvider = createCallProvider({
    admit: health.admit,
    withdraw: health.withdraw,
    observe: health.observe,
    http: { transport: createTransport(), userAgent: "Yagura/bench (+https://yagura.example)" },
    clock: Date.now,
    random: Math.random,
  });
  const index = createTitleIndex();
  const search = createSearchService({
    providers: catalogue,
    callProvider,
    health,
    titles: {
      resolve: (providerId, records, firstRank) =>
        records.map((record, place) => {
          const source = { providerId, externalId: record.externalId };
          const sourceId = index.mint(source, sourceKey(source));
          return toProviderItem(record, {
            providerId,
            rank: firstRank + place,
            titleId: sourceId,
            sourceId,
            known: false,
          });
        }),
      remember: () => {},
      version: () => 0,
    },
    clock: Date.now,
    softDeadlineMs: 2500,
    deadlineMs: 10_000,
    cacheTtlMs: 0,
    staleMs: 0,
  });
  const viewer = {
    id: "bench",
    showAdult: false,
    titleLanguage: "english" as const,
    hiddenProviders: [],
    defaultProviders: [],
  };
  const toRequest = (query: string): SearchRequest => ({
    query,
    viewer,
    providers: null,
    filters: NO_FILTERS,
    page: 1,
    waitMs: null,
    fresh: true,
    retry: false,
    remember: false,
    requestId: null,
  });
  async function collect(query: string): Promise<void> {
    const answer = await search.collect(toRequest(query));
    if (!answer.complete || answer.items.length < 40)
      throw new Error(`Only ${answer.items.length} works: the search is not whole.`);
  }
  /** Milliseconds from the question to the first provider's results. */
  async function timeFirstResult(query: string): Promise<number> {
    const startedAt = performance.now();
    let first = Number.NaN;
    for await (const event of search.stream(toRequest(query))) {
      if (event.type === "provider" && Number.isNaN(first)) first = performance.now() - startedAt;
    }
    return first;
  }
  return { collect, timeFirstResult };
}
