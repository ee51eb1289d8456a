import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import { deleteProviderHealth, listProviderStates, saveProviderStates } from "./provider-state";
import { listProviderStats, type StoredStats, saveProviderStats } from "./provider-stats";
import { insertSamples, listSamples, pruneSamples, type StoredSample } from "./samples";

const NOON = Date.UTC(2026, 10, 22, 12);
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.dispose());
beforeEach(async () => {
  await database.client.providerSample.deleteMany();
  await database.client.providerError.deleteMany();
  await database.client.provider.deleteMany();
  for (const id of ["kitsu", "anilist"]) {
    await database.client.provider.create({ data: { id, adapter: id, name: id } });
  }
});

function sample(given: Partial<StoredSample> = {}): StoredSample {
  return {
    providerId: "kitsu",
    at: NOON,
    source: "search",
    operation: "search",
    class: "ok",
    durationMs: 123.4,
    httpStatus: 200,
    results: 7,
    error: null,
    ...given,
  };
}

async function listAll(providerId: string | null = "kitsu"): Promise<StoredSample[]> {
  return listSamples(database.client, { providerId, from: 0, to: NOON * 2, limit: 10_000 });
}

describe("samples", () => {
  it("come back as they were written, oldest first", async () => {
    const late = sample({ at: NOON + 1, source: "probe", operation: "canary", class: "timeout", error: "too slow" });
    await insertSamples(database.client, [late, sample()]);
    expect(await listAll()).toEqual([
      { ...sample(), nth: 1, durationMs: 123 },
      { ...late, nth: 0, durationMs: 123 },
    ]);
  });

  it("store an error's text once, cut to 300 characters", async () => {
    const error = "x".repeat(400);
    await insertSamples(database.client, [sample({ error, class: "tls" }), sample({ error, class: "tls" })]);
    await insertSamples(database.client, [sample({ error, class: "tls", at: NOON + 1 })]);
    expect(await database.client.providerError.count()).toBe(1);
    expect((await listAll())[2]?.error).toBe("x".repeat(300));
  });

  it("are written once, however often the same batch comes", async () => {
    const batch = [sample({ nth: 1 }), sample({ nth: 2 })];
    await insertSamples(database.client, batch);
    await insertSamples(database.client, batch);
    expect(await database.client.providerSample.count()).toBe(2);
  });

  it("are written in many rows at once and leave out unknown providers", async () => {
    const many = Array.from({ length: 450 }, (_, index) => sample({ at: NOON + index }));
    await insertSamples(database.client, [...many, sample({ providerId: "gone" })]);
    expect(await database.client.providerSample.count()).toBe(450);
  });

  it("give the newest of a range that has too many, still oldest first", async () => {
    await insertSamples(
      database.client,
      [1, 2, 3].map((ms) => sample({ at: NOON + ms })),
    );
    const range = { providerId: "kitsu", from: NOON, to: NOON + 2, limit: 1 };
    expect((await listSamples(database.client, range)).map(({ at }) => at)).toEqual([NOON + 2]);
  });

  it("are kept while young or among the newest", async () => {
    await insertSamples(
      database.client,
      [0, 1, 2, 3, 4].map((index) => sample({ at: NOON + index })),
    );
    expect(await pruneSamples(database.client, { keep: 2, olderThan: NOON + 2 })).toBe(2);
    expect(await pruneSamples(database.client, { keep: 2, olderThan: NOON + 99 })).toBe(1);
    expect((await listAll()).map(({ at }) => at - NOON)).toEqual([3, 4]);
  });
});

describe("state and figures", () => {
  const stats: StoredStats = {
    providerId: "kitsu",
    totalSearches: 3,
    successfulSearches: 2,
    failedSearches: 1,
    scoreSum: 1.5,
    scoreCount: 2,
    avgResponseTimeMs: 120.25,
    lastResponseTimeMs: null,
    successfulDownloads: 1,
    failedDownloads: 0,
    cacheHits: 4,
    consecutiveFailures: 0,
    totalChecks: 9,
    successfulChecks: 8,
    autoDisabled: true,
    disabledUntil: NOON,
    lastSuccessAt: NOON,
    lastFailureAt: null,
    lastCheckAt: NOON,
    lastError: null,
    updatedAt: NOON,
  };

  it("are written over", async () => {
    const first = { providerId: "kitsu", state: "{}", storedAt: NOON };
    await saveProviderStates(database.client, [first, { ...first, providerId: "anilist" }]);
    await saveProviderStates(database.client, [{ ...first, state: '{"a":1}', storedAt: NOON + 1 }]);
    expect(await listProviderStates(database.client)).toEqual(
      expect.arrayContaining([{ providerId: "kitsu", state: '{"a":1}', storedAt: NOON + 1 }]),
    );
    await saveProviderStats(database.client, [{ ...stats, totalSearches: 1 }]);
    await saveProviderStats(database.client, [stats, { ...stats, providerId: "anilist", disabledUntil: null }]);
    const rows = await listProviderStats(database.client);
    expect(rows.find(({ providerId }) => providerId === "kitsu")).toEqual(stats);
    expect(rows).toHaveLength(2);
  });

  it("go when the provider goes", async () => {
    await saveProviderStates(database.client, [{ providerId: "kitsu", state: "{}", storedAt: NOON }]);
    await saveProviderStats(database.client, [stats]);
    await insertSamples(database.client, [sample()]);
    await insertSamples(database.client, [sample({ providerId: "anilist" })]);
    await database.client.provider.deleteMany({ where: { id: "kitsu" } });
    await deleteProviderHealth(database.client, "kitsu");
    expect(await database.client.providerSample.count()).toBe(1);
    expect((await listProviderStates(database.client)).map(({ providerId }) => providerId)).not.toContain("kitsu");
    expect((await listProviderStats(database.client)).map(({ providerId }) => providerId)).not.toContain("kitsu");
  });
});
