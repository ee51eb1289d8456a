import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StoredEvent } from "@/lib/health/health-store";
import { addToRollup, newRollup, packRollup, type RollupStep, STEP_MS } from "@/lib/health/rollup";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import { createHealthStore } from "./health-store";
import { countEvents, insertEvents, listEvents, listWrittenIds, pruneEvents } from "./provider-events";
import { findRollups, listDayCounts, listRollups, pruneRollups, saveRollups } from "./rollups";
import { findUnreached, insertSamples, listSamples, relabelUnreached, type StoredSample } from "./samples";

const NOON = Date.UTC(2026, 10, 22, 12);
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.dispose());
beforeEach(async () => {
  await database.client.providerRollup.deleteMany();
  await database.client.providerSample.deleteMany();
  await database.client.providerEvent.deleteMany();
  await database.client.provider.deleteMany();
  for (const id of ["anilist", "kitsu"]) {
    await database.client.provider.create({ data: { id, adapter: id, name: id } });
  }
});

function rollup(providerId: string, step: RollupStep, bucket: number, durations: readonly number[] = [100]) {
  const made = newRollup();
  for (const durationMs of durations) addToRollup(made, { class: "ok", durationMs });
  return packRollup(made, { providerId, step, bucket }, { upMs: 50_000, degradedMs: 0, downMs: 10_000 });
}

describe("roll-ups", () => {
  const all = { step: "minute", providerId: null, from: 0, to: NOON * 2 } as const;

  it("come back byte for byte, oldest first, and are written over as a whole", async () => {
    const late = rollup("kitsu", "minute", NOON + STEP_MS.minute, [5, 70_000]);
    await saveRollups(database.client, [late, rollup("kitsu", "minute", NOON), rollup("gone", "minute", NOON)]);
    const other = rollup("anilist", "minute", NOON, []);
    await saveRollups(database.client, [rollup("kitsu", "minute", NOON, [1, 2, 3]), other]);
    expect(await listRollups(database.client, all)).toEqual([other, rollup("kitsu", "minute", NOON, [1, 2, 3]), late]);
    expect(await listRollups(database.client, { ...all, providerId: "anilist" })).toEqual([other]);
    expect(await listRollups(database.client, { ...all, to: NOON })).toEqual([]);
  });

  it("are found by their keys, many at once", async () => {
    const rows = Array.from({ length: 700 }, (_, index) => rollup("kitsu", "minute", NOON + index * STEP_MS.minute));
    await saveRollups(database.client, [...rows, rollup("kitsu", "hour", NOON)]);
    const keys = rows.map(({ providerId, step, bucket }) => ({ providerId, step, bucket }));
    expect(await findRollups(database.client, keys)).toEqual(rows);
    expect(await findRollups(database.client, [{ providerId: "gone", step: "minute", bucket: NOON }])).toEqual([]);
  });

  it("of days are read without their distributions", async () => {
    await saveRollups(database.client, [rollup("kitsu", "day", NOON, [100, 300]), rollup("kitsu", "hour", NOON)]);
    expect(await listDayCounts(database.client, { providerId: null, from: 0, to: NOON * 2 })).toEqual([
      { providerId: "kitsu", bucket: NOON, successCount: 2, failureCount: 0, durationSum: 400 },
    ]);
  });

  it("are kept two days by minute, ninety by hour, five years by day", async () => {
    const ages = { minute: [47, 49], hour: [89 * 24, 91 * 24], day: [5 * 365 * 24, 5 * 367 * 24] };
    const rows = Object.entries(ages).flatMap(([step, hours]) =>
      hours.map((age) => rollup("kitsu", step as RollupStep, NOON - age * STEP_MS.hour)),
    );
    await saveRollups(database.client, rows);
    await pruneRollups(database.client, NOON);
    const left = await database.client.providerRollup.findMany();
    expect(left.map((row) => (NOON - Number(row.bucket)) / STEP_MS.hour).sort((a, b) => a - b)).toEqual([
      47, 2136, 43_800,
    ]);
  });

  it("go with their provider", async () => {
    await saveRollups(database.client, [rollup("kitsu", "day", NOON), rollup("anilist", "day", NOON)]);
    await insertEvents(database.client, [event(1), { ...event(2), providerId: "anilist" }]);
    await database.client.provider.delete({ where: { id: "kitsu" } });
    await createHealthStore(database.client).forget("kitsu");
    expect(await database.client.providerRollup.count()).toBe(1);
    expect(await countEvents(database.client, null)).toBe(1);
  });
});

function event(id: number): StoredEvent {
  return {
    id,
    at: NOON,
    providerId: "kitsu",
    from: "ACTIVE",
    to: "DOWN",
    rule: "down.consecutive_failures",
    evidence: {
      consecutiveFailures: 3,
      firstFailureAt: NOON - 1000,
      generation: 1,
      recent: { samples: 3, failed: 3 },
      lastError: { class: "http_5xx", message: "“broken”", durationMs: 12.5, httpStatus: 503 },
      trialSuccesses: 0,
      autoDisableLevel: 0,
    },
    thresholds: { maxConsecutiveFailures: 3 },
    until: null,
    next: { kind: "probe", at: NOON + 30_000 },
    actor: null,
    text: "Kitsu is down.",
  };
}

describe("decisions", () => {
  it("come back as they were, newest first, by page, and are written once", async () => {
    const ids = [NOON * 1000, NOON * 1000 + 1, NOON * 1000 + 2];
    await insertEvents(database.client, ids.map(event));
    await insertEvents(database.client, [
      event(ids[1] ?? 0),
      { ...event(7), providerId: "anilist", until: NOON, next: null },
    ]);
    const range = { providerId: "kitsu", skip: 0, limit: 2 };
    expect(await listEvents(database.client, range)).toEqual([event(ids[2] ?? 0), event(ids[1] ?? 0)]);
    expect((await listEvents(database.client, { ...range, skip: 2 })).map(({ id }) => id)).toEqual([ids[0]]);
    expect(await countEvents(database.client, "kitsu")).toBe(3);
    expect((await listEvents(database.client, { ...range, providerId: null, limit: 9 })).at(-1)).toMatchObject({
      until: NOON,
    });
    expect([...(await listWrittenIds(database.client, [7, 8]))]).toEqual([7]);
  });

  it("are kept for two years", async () => {
    const old = (NOON - 2 * 367 * STEP_MS.day) * 1000;
    await insertEvents(database.client, [event(old), event(NOON * 1000)]);
    await pruneEvents(database.client, NOON);
    expect((await listEvents(database.client, { providerId: null, skip: 0, limit: 9 })).map(({ id }) => id)).toEqual([
      NOON * 1000,
    ]);
  });
});

describe("a relabelling", () => {
  it("reaches only what did not reach its host", async () => {
    const at = (ms: number, outcome: StoredSample["class"], nth = 0): StoredSample => ({
      providerId: "kitsu",
      at: NOON + ms,
      nth,
      source: "check",
      operation: "check",
      class: outcome,
      durationMs: 5,
      httpStatus: null,
      results: null,
      error: null,
    });
    await insertSamples(database.client, [
      at(0, "dns"),
      at(0, "ok", 1),
      at(1, "network"),
      at(2, "dns"),
      at(1, "http_5xx", 1),
    ]);
    const samples = [0, 1].map((ms) => ({ providerId: "kitsu", at: NOON + ms }));
    const found = await findUnreached(database.client, samples);
    expect(found.map((sample) => sample.class).sort()).toEqual(["dns", "network"]);
    await relabelUnreached(database.client, { samples, as: "self_offline" });
    const all = await listSamples(database.client, { providerId: "kitsu", from: 0, to: NOON * 2, limit: 9 });
    expect(all.map((sample) => sample.class)).toEqual(["self_offline", "ok", "self_offline", "http_5xx", "dns"]);
  });
});

describe("a batch", () => {
  it("is one transaction, and changes nothing when a part of it cannot be written", async () => {
    const store = createHealthStore(database.client);
    const nothing = { relabellings: [], samples: [], events: [], states: [], stats: [] };
    const broken = { ...rollup("kitsu", "day", NOON), samples: null as never };
    const good = rollup("kitsu", "hour", NOON);
    await expect(store.save({ ...nothing, rollups: [good, broken] })).rejects.toThrow();
    expect(await database.client.providerRollup.count()).toBe(0);
    await store.save({ ...nothing, rollups: [good], events: [event(1)] });
    expect(await database.client.providerRollup.count()).toBe(1);
    expect(await countEvents(database.client, "kitsu")).toBe(1);
  });

  it("is taken up again from what the last one left", async () => {
    const store = createHealthStore(database.client);
    expect((await store.load(0)).unfinished).toBeNull();
    const rows = [
      rollup("kitsu", "minute", NOON),
      rollup("kitsu", "minute", NOON + STEP_MS.minute),
      rollup("kitsu", "hour", NOON - STEP_MS.hour),
    ];
    const storedAt = NOON + 90_000;
    const states = [{ providerId: "kitsu", state: "{}", storedAt }];
    await store.save({ relabellings: [], samples: [], rollups: rows, events: [], states, stats: [] });
    const unfinished = (await store.load(0)).unfinished;
    expect(unfinished).toEqual({ flushedAt: storedAt, samples: [], minutes: [rows[0]], hours: [rows[2]] });
    await database.client.providerState.deleteMany();
  });
});
