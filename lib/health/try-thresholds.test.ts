import { afterAll, beforeAll, expect, it } from "vitest";
import { insertSamples, type StoredSample } from "@/lib/db/samples";
import type { OutcomeClass } from "@/lib/providers/outcome";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import { LADDER_MS, THRESHOLDS } from "./engine/testing/provider-sim";
import { tryThresholds } from "./try-thresholds";

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await database.client.provider.create({ data: { id: "kitsu", adapter: "kitsu", name: "Kitsu" } });
  await database.client.provider.create({ data: { id: "anilist", adapter: "anilist", name: "AniList" } });
});
afterAll(() => database.dispose());

function buildSample(at: number, outcome: OutcomeClass, providerId = "kitsu"): StoredSample {
  const rest = { source: "check", operation: "canary", durationMs: 100, httpStatus: null, results: null } as const;
  return { providerId, at, class: outcome, ...rest, error: null };
}

function sourceWith(waiting: readonly StoredSample[] = []) {
  const unwritten = {
    samples: ({ from, to }: { from: number; to: number }) => waiting.filter(({ at }) => at >= from && at <= to),
    rollups: () => [],
    events: () => [],
  };
  return { client: database.client, unwritten };
}

const trial = {
  providerId: "kitsu",
  inForce: THRESHOLDS,
  proposed: { ...THRESHOLDS, maxConsecutiveFailures: 5 },
  pool: { enabled: 4, autoDisabled: 0, maxPercent: 50 },
  probeIntervalsMs: LADDER_MS,
  clock: () => NOW,
};

it("says that there is nothing to try them on", async () => {
  const nothing = { downs: 0, openings: 0, autoDisables: 0, restedMs: 0 };
  expect(await tryThresholds(sourceWith(), trial)).toEqual({
    from: NOW - 7 * DAY_MS,
    calls: 0,
    inForce: nothing,
    proposed: nothing,
  });
});

it("looks at this provider's last seven days, with what waits to be written", async () => {
  await insertSamples(database.client, [
    ...Array.from({ length: 4 }, (_, index) => buildSample(NOW - 8 * DAY_MS + index * MINUTE_MS, "timeout")),
    ...Array.from({ length: 9 }, (_, index) => buildSample(NOW - DAY_MS + index * MINUTE_MS, "timeout", "anilist")),
    ...Array.from({ length: 3 }, (_, index) => buildSample(NOW - DAY_MS + index * MINUTE_MS, "timeout")),
  ]);
  const tried = await tryThresholds(sourceWith([buildSample(NOW - DAY_MS + 3 * MINUTE_MS, "timeout")]), trial);
  expect(tried.calls).toBe(4);
  expect(tried.inForce).toMatchObject({ downs: 1, openings: 0 });
  expect(tried.proposed).toMatchObject({ downs: 0, openings: 0 });
});

it("gives up when it takes too long", async () => {
  const samples = Array.from({ length: 500 }, (_, index) => buildSample(NOW - DAY_MS + index * 1000, "ok"));
  let reads = 0;
  const clock = () => (reads++ === 0 ? NOW : NOW + 60_000);
  await expect(tryThresholds(sourceWith(samples), { ...trial, clock })).rejects.toMatchObject({ code: "unavailable" });
});
