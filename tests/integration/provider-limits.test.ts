import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Demo, startDemo } from "@/demo/start-demo";
import type { SimulatedId } from "@/demo/upstreams/service-ids";
import { type Api, apiOf } from "@/tests/support/api";
import { type App, READER, startApp } from "@/tests/support/start-app";

/** What an instance may ask of each upstream, by hand from what the upstreams say: at most so many calls in any such span. */
const BUDGETS: Partial<Record<SimulatedId, readonly (readonly [calls: number, spanMs: number])[]>> = {
  mangadex: [[5, 1000]],
  anilist: [
    [25, 60_000],
    [5, 12_000],
  ],
  kitsu: [[1, 1000]],
  jikan: [
    [1, 1000],
    [50, 60_000],
  ],
  mangaupdates: [[1, 1000]],
  openlibrary: [[1, 1000]],
  opensubtitles: [
    [2, 1000],
    [40, 10_000],
  ],
  tmdb: [[10, 1000]],
};
const IDS = Object.keys(BUDGETS) as (keyof typeof BUDGETS)[];
const SEARCHES = 100;
/** Clocks of two kinds: calls are let go by one and noted by another. */
const JITTER_MS = 20;

let demo: Demo;
let app: App;
let reader: Api;

beforeAll(async () => {
  demo = await startDemo();
  const own = { PROVIDER_JIKAN_ENABLED: "true", HEALTH_MONITORING_ENABLED: "false" };
  app = await startApp({ env: { ...demo.environment, ...own } });
  reader = await apiOf(app, READER.email);
});
afterAll(async () => {
  await app?.dispose();
  await demo?.stop();
});

/** The most of these instants that lie in any span of that length. */
function mostIn(instants: readonly number[], spanMs: number): number {
  const sorted = [...instants].sort((a, b) => a - b);
  let first = 0;
  return sorted.reduce((most, at, index) => {
    while (at - (sorted[first] ?? at) >= spanMs) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
}

/** When each call of a search left. */
async function listStarts(id: string): Promise<number[]> {
  const { body } = await reader.get<{ at: string }[]>(`/api/v1/providers/${id}/history?step=raw`);
  return body.map(({ at }) => Date.parse(at));
}

describe(`under ${SEARCHES} searches at once, of every kind`, () => {
  it("no upstream sees more than its budget, and each is asked all the same", async () => {
    for (const id of IDS) demo.upstreams[id].resetCalls();
    const startedAt = performance.now();
    const search = (query: string) => reader.get(`/api/v1/search?${query}`);
    const answers = await Promise.all(
      Array.from({ length: SEARCHES }, (_, number) => [
        search(`q=berserk+${number}`),
        search(`q=matrix+${number}&type=movie,tv`),
        search(`q=matrix+${number}&type=subtitle`),
      ]).flat(),
    );
    const tookMs = performance.now() - startedAt;
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    for (const id of IDS) {
      const seen = demo.upstreams[id].calls();
      const starts = await listStarts(id);
      expect(seen, id).toBeGreaterThan(1);
      // What the upstream has counted is what was noted, so that the instants below speak of every call.
      expect(starts.length, id).toBeGreaterThanOrEqual(seen - 1);
      for (const [calls, spanMs] of BUDGETS[id] ?? []) {
        expect(mostIn(starts, spanMs - JITTER_MS), `${id} in ${spanMs} ms`).toBeLessThanOrEqual(calls);
        expect(seen, `${id} in all`).toBeLessThanOrEqual(calls * (Math.ceil(tookMs / spanMs) + 1));
      }
    }
  }, 90_000);

  it("those that did not get their turn in time are held against nobody", async () => {
    const { body } =
      await reader.get<{ id: string; state: string; consecutive_failures: number }[]>("/api/v1/providers/health");
    const asked = body.filter(({ id }) => IDS.some((known) => known === id));
    expect(asked.filter(({ consecutive_failures }) => consecutive_failures > 0)).toEqual([]);
    expect(asked.filter(({ state }) => state === "DOWN" || state === "AUTO_DISABLED")).toEqual([]);
  });
});
