import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createHealthStore } from "@/lib/db/health-store";
import { listProviderStates } from "@/lib/db/provider-state";
import type { OutcomeClass } from "@/lib/providers/outcome";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import type { Decision, UptimeMark } from "./engine/types";
import type { ProviderState } from "./health-view";
import { type HistoryRequest, historyQuery, historyToCsv, readHistory } from "./history";
import { rollupSchema } from "./history-wire";
import { readLastDay } from "./last-day";
import { readEvents } from "./read-events";
import { readUptime } from "./read-rollups";
import { createRecorder } from "./recorder";
import { STEP_MS } from "./rollup";
import { createManualTime } from "./testing/manual-time";
import { sampleSchema } from "./wire";

const NOON = Date.UTC(2026, 10, 22, 12);
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.dispose());
beforeEach(async () => {
  const { client } = database;
  await client.providerRollup.deleteMany();
  await client.providerSample.deleteMany();
  await client.providerEvent.deleteMany();
  await client.providerState.deleteMany();
  await client.provider.deleteMany();
  for (const id of ["anilist", "kitsu"]) await client.provider.create({ data: { id, adapter: id, name: id } });
});

/** A recorder over a real database, on a clock that stands still. */
function createHistory() {
  const time = createManualTime(NOON);
  const states = new Map<string, { uptime: UptimeMark[]; shown: { state: ProviderState; since: number } }>();
  const recorder = createRecorder({
    store: createHealthStore(database.client),
    snapshot: () => null,
    stateOf: (id) => states.get(id) ?? null,
    clock: time.clock,
    random: () => 0,
    setTimer: () => () => {},
    log: pino({ level: "silent" }),
  });
  const source = { client: database.client, unwritten: recorder.unwritten };
  return {
    time,
    states,
    recorder,
    source,
    add(outcome: OutcomeClass, durationMs: number, providerId = "kitsu") {
      const error = outcome === "ok" ? null : "PG::ConnectionBad";
      const rest = { source: "check", operation: "check", httpStatus: null, results: null, error } as const;
      recorder.addSample({ providerId, at: time.clock(), class: outcome, durationMs, ...rest });
      recorder.touch(providerId);
    },
    read(query: Record<string, string>, given: Partial<HistoryRequest> = {}) {
      const request = { providerId: "kitsu", now: time.clock(), isAdmin: true, ...given };
      return readHistory(source, { query: historyQuery.parse(query), ...request });
    },
  };
}

describe("history", () => {
  it("gives samples oldest first, those that wait to be written too, and each once", async () => {
    const history = createHistory();
    history.add("ok", 100);
    await history.recorder.flush();
    await history.time.advance(1000);
    history.add("timeout", 5000);
    const { rows, columns } = await history.read({});
    expect(rows.map((row) => row["class"])).toEqual(["ok", "timeout"]);
    for (const row of rows) expect(Object.keys(sampleSchema.parse(row))).toEqual([...columns]);
    expect(rows[1]?.["error"]).toBe("PG::ConnectionBad");
    const told = await history.read({}, { isAdmin: false });
    expect(told.rows[1]?.["error"]).toBe("It ended in a timeout.");
  });

  it("gives roll-ups by minute, hour and day, stored and open ones as one", async () => {
    const history = createHistory();
    history.states.set("kitsu", { uptime: [{ at: NOON, kind: "up" }], shown: { state: "ACTIVE", since: NOON } });
    for (const durationMs of [100, 200, 300]) history.add("ok", durationMs);
    await history.time.advance(STEP_MS.minute);
    await history.recorder.flush();
    history.add("throttled", 50);
    history.add("timeout", 10_000);
    await history.time.advance(30_000);
    const minutes = await history.read({ step: "minute" });
    expect(minutes.rows).toHaveLength(2);
    const [first, second] = minutes.rows.map((row) => rollupSchema.parse(row));
    expect(first).toEqual({
      at: new Date(NOON).toISOString(),
      samples: 3,
      success_count: 3,
      failure_count: 0,
      avg_response_time: 200,
      p50_ms: expect.closeTo(200, -0.6),
      p95_ms: 300,
      p99_ms: 300,
      min_ms: 100,
      max_ms: 300,
      classes: { ok: 3 },
      up_seconds: 60,
      down_seconds: 0,
      degraded_seconds: 0,
      unknown_seconds: 0,
    });
    expect(second).toMatchObject({ samples: 2, failure_count: 2, p50_ms: null, up_seconds: 30, unknown_seconds: 0 });
    for (const step of ["hour", "day"]) {
      const { rows } = await history.read({ step });
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ samples: 5, success_count: 3, failure_count: 2, up_seconds: 90 });
    }
  });

  it("counts days from roll-ups, today as it stands", async () => {
    const history = createHistory();
    history.add("ok", 100);
    history.add("self_offline", 9);
    await history.recorder.flush({ final: true });
    await history.time.advance(STEP_MS.day);
    history.add("ok", 300);
    history.add("http_5xx", 100);
    history.add("ok", 40, "anilist");
    const { rows, columns } = await history.read({ days: "2" }, { providerId: null });
    expect(columns).toEqual(["date", "provider_id", "success_count", "failure_count", "avg_response_time"]);
    expect(rows.map((row) => Object.values(row))).toEqual([
      ["2026-11-22", "kitsu", 1, 0, 100],
      ["2026-11-23", "anilist", 1, 0, 40],
      ["2026-11-23", "kitsu", 1, 1, 200],
    ]);
    expect((await history.read({ days: "1" })).rows).toHaveLength(1);
  });

  it("of all providers says whose each row is", async () => {
    const history = createHistory();
    history.add("ok", 100);
    history.add("ok", 100, "anilist");
    for (const step of ["raw", "minute"]) {
      const { rows, columns } = await history.read({ step }, { providerId: null });
      expect(rows.map((row) => row["provider_id"]).sort()).toEqual(["anilist", "kitsu"]);
      expect(columns[0]).toBe("provider_id");
    }
  });

  it("as CSV has the same keys as columns, counts by class as JSON", async () => {
    const history = createHistory();
    history.add("ok", 100);
    const csv = historyToCsv(await history.read({ step: "hour" })).split("\r\n");
    expect(csv[0]).toBe(Object.keys(rollupSchema.shape).join(","));
    expect(csv[1]).toContain('"{""ok"":1}"');
  });

  it("refuses a span that is too long or ends before it begins", async () => {
    const history = createHistory();
    const long = { step: "minute", from: "2026-01-01T00:00:00Z" };
    await expect(history.read(long)).rejects.toMatchObject({ code: "bad_request", errors: [{ pointer: "?from" }] });
    await expect(history.read({ step: "day", days: "1830" })).resolves.toMatchObject({ rows: [] });
    const backwards = { from: "2026-11-22T10:00:00Z", to: "2026-11-22T09:00:00Z" };
    await expect(history.read(backwards)).rejects.toMatchObject({ code: "bad_request" });
  });

  it("tells samples that turned out to be our own outage as such, in roll-ups too", async () => {
    const history = createHistory();
    history.add("dns", 5);
    await history.recorder.flush();
    await history.time.advance(10);
    history.add("network", 7);
    history.add("ok", 100);
    const samples = [0, 10].map((ms) => ({ providerId: "kitsu", at: NOON + ms }));
    expect(await history.recorder.relabel(samples, "self_offline")).toBe(2);
    expect((await history.read({})).rows.map((row) => row["class"]).sort()).toEqual([
      "ok",
      "self_offline",
      "self_offline",
    ]);
    const expected = { samples: 3, success_count: 1, failure_count: 0, classes: { ok: 1, self_offline: 2 } };
    expect((await history.read({ step: "minute" })).rows).toMatchObject([expected]);
    await history.recorder.flush({ final: true });
    expect((await history.read({ step: "day" })).rows).toMatchObject([expected]);
  });

  it("tells the share of time that a provider was up", async () => {
    const history = createHistory();
    const marks: UptimeMark[] = [
      { at: NOON, kind: "up" },
      { at: NOON + 90 * STEP_MS.minute, kind: "down" },
    ];
    history.states.set("kitsu", { uptime: marks, shown: { state: "DOWN", since: NOON } });
    history.recorder.touch("kitsu");
    await history.time.advance(2 * STEP_MS.hour);
    const day = { spanMs: STEP_MS.day, now: history.time.clock() };
    expect((await readUptime(history.source, day)).get("kitsu")).toEqual({ ratio: 0.75, coverage: 2 / 24 });
    await history.recorder.flush();
    expect((await readUptime(history.source, day)).get("kitsu")).toEqual({ ratio: 0.75, coverage: 2 / 24 });
  });
});

describe("the last day by hours", () => {
  it("counts what is a provider's fault, and has nothing where nothing is known", async () => {
    const history = createHistory();
    history.add("ok", 10);
    await history.recorder.flush({ final: true });
    for (const outcome of ["timeout", "throttled", "cancelled", "self_offline"] as const) history.add(outcome, 10);
    history.add("throttled", 10, "anilist");
    const days = await readLastDay(history.source, NOON + 1);
    expect(days.get("kitsu")).toMatchObject({ hours: [{ at: NOON, good: 1, bad: 1 }] });
    expect(days.get("anilist")).toMatchObject({ hours: [{ good: 0, bad: 0, p95Ms: null }], p95Ms: null });
    expect(days.get("mangadex")).toBeUndefined();
  });

  it("has the slowest of twenty by hour and over all of them", async () => {
    const history = createHistory();
    for (let count = 0; count < 19; count++) history.add("ok", 100);
    await history.time.advance(STEP_MS.hour);
    history.add("ok", 900);
    history.add("ok", 900);
    await history.recorder.flush();
    const day = (await readLastDay(history.source, history.time.clock() + 1)).get("kitsu");
    const [first, second] = day?.hours ?? [];
    for (const [told, meant] of [
      [first?.p95Ms, 100],
      [second?.p95Ms, 900],
      [day?.p95Ms, 900],
    ] as const) {
      expect(Math.abs((told ?? 0) - meant)).toBeLessThanOrEqual(meant / 100);
    }
  });
});

describe("decisions", () => {
  it("are listed newest first with those that wait, each once, by page", async () => {
    const history = createHistory();
    const decide = (text: string) => history.recorder.addDecision({ ...DECISION, at: history.time.clock(), text });
    const first = decide("one");
    decide("two");
    await history.recorder.flush();
    await history.time.advance(1000);
    const third = decide("three");
    expect(third.id).toBeGreaterThan(first.id);
    const page = async (number: number, limit: number) => {
      const { events, total } = await readEvents(history.source, { providerId: "kitsu", page: number, limit });
      return [total, ...events.map(({ text }) => text)];
    };
    expect(await page(1, 20)).toEqual([3, "three", "two", "one"]);
    expect(await page(1, 2)).toEqual([3, "three", "two"]);
    expect(await page(2, 2)).toEqual([3, "one"]);
    expect(await page(3, 2)).toEqual([3]);
    await history.recorder.flush();
    expect(await page(2, 1)).toEqual([3, "two"]);
  });
});

describe("a flush", () => {
  it("writes all that came in one transaction", async () => {
    const history = createHistory();
    for (let index = 0; index < 50; index++) history.add("ok", index);
    let transactions = 0;
    const { client } = database;
    const counting = new Proxy(client, {
      get(target, name, receiver) {
        if (name === "$transaction") transactions++;
        return Reflect.get(target, name, receiver);
      },
    });
    const recorder = createRecorder({
      store: createHealthStore(counting),
      snapshot: (providerId) => ({
        state: { providerId, state: "{}", storedAt: history.time.clock() },
        stats: STATS(providerId, history.time.clock()),
      }),
      stateOf: () => null,
      clock: history.time.clock,
      random: () => 0,
      setTimer: () => () => {},
      log: pino({ level: "silent" }),
    });
    for (const sample of history.recorder.unwritten.samples({ providerId: null, from: 0, to: NOON * 2 }))
      recorder.addSample(sample);
    recorder.addDecision(DECISION);
    await recorder.flush({ final: true });
    expect(transactions).toBe(1);
    expect(await client.providerSample.count()).toBe(50);
    expect(await client.providerRollup.count()).toBe(3);
    expect(await client.providerEvent.count()).toBe(1);
    expect(await listProviderStates(client)).toHaveLength(1);
  });
});

const STATS = (providerId: string, updatedAt: number) => ({
  providerId,
  totalSearches: 0,
  successfulSearches: 0,
  failedSearches: 0,
  scoreSum: 0,
  scoreCount: 0,
  avgResponseTimeMs: null,
  lastResponseTimeMs: null,
  successfulDownloads: 0,
  failedDownloads: 0,
  cacheHits: 0,
  consecutiveFailures: 0,
  totalChecks: 0,
  successfulChecks: 0,
  autoDisabled: false,
  disabledUntil: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  lastCheckAt: null,
  lastError: null,
  updatedAt,
});

const DECISION: Decision = {
  at: NOON,
  providerId: "kitsu",
  from: "ACTIVE",
  to: "DOWN",
  rule: "down.consecutive_failures",
  evidence: {
    consecutiveFailures: 3,
    firstFailureAt: NOON,
    generation: 1,
    recent: { samples: 3, failed: 3 },
    lastError: null,
    trialSuccesses: 0,
    autoDisableLevel: 0,
  },
  thresholds: {},
  until: null,
  next: null,
  actor: null,
  text: "Kitsu is down.",
};
