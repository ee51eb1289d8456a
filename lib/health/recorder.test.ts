import pino from "pino";
import { describe, expect, it } from "vitest";
import type { StoredSample } from "@/lib/db/samples";
import type { HealthBatch } from "./health-store";
import { BUFFERED_SAMPLES_MAX, createRecorder } from "./recorder";
import { createManualTime } from "./testing/manual-time";

function buildSample(at: number, providerId = "kitsu"): StoredSample {
  return {
    providerId,
    at,
    source: "search",
    operation: "search",
    class: "ok",
    durationMs: 1,
    httpStatus: 200,
    results: 1,
    error: null,
  };
}

function buildRecorder() {
  const time = createManualTime();
  const batches: HealthBatch[] = [];
  const troubles: boolean[] = [];
  const database = { failing: false };
  const recorder = createRecorder({
    store: {
      save: async (batch) => {
        if (database.failing) throw new Error("disk full");
        batches.push(batch);
      },
      findRollups: async () => [],
      findUnreached: async () => batches.flatMap(({ samples }) => samples),
    },
    snapshot: () => null,
    stateOf: () => null,
    clock: time.clock,
    random: () => 0,
    setTimer: time.setTimer,
    log: pino({ level: "silent" }),
    onTrouble: (failing) => troubles.push(failing),
  });
  return { recorder, time, batches, troubles, database };
}

describe("the recorder", () => {
  it("writes all that came together in one batch, at most ten seconds late", async () => {
    const { recorder, time, batches } = buildRecorder();
    for (let at = 0; at < 100; at++) recorder.addSample(buildSample(at));
    expect(batches).toHaveLength(0);
    await time.advance(10_000);
    expect(batches.map(({ samples }) => samples.length)).toEqual([100]);
  });

  it("sets no timer while there is nothing to write", async () => {
    const { recorder, time } = buildRecorder();
    recorder.addSample(buildSample(0));
    await time.advance(10_000);
    expect(time.pending()).toBe(0);
  });

  it("keeps everything while the database fails and writes it afterwards, in order", async () => {
    const { recorder, time, batches, database, troubles } = buildRecorder();
    database.failing = true;
    recorder.addSample(buildSample(1));
    await time.advance(10_000);
    recorder.addSample(buildSample(2));
    await time.advance(30_000);
    database.failing = false;
    await time.advance(10_000);
    expect(batches.flatMap(({ samples }) => samples.map(({ at }) => at))).toEqual([1, 2]);
    expect(troubles).toEqual([true, false]);
  });

  it("loses only the oldest beyond its cap, and counts them", async () => {
    const { recorder, time, database } = buildRecorder();
    database.failing = true;
    for (let at = 0; at < BUFFERED_SAMPLES_MAX + 10; at++) recorder.addSample(buildSample(at));
    await time.advance(5000);
    expect(recorder.counts()).toEqual({ waiting: BUFFERED_SAMPLES_MAX, lost: 10 });
  });

  it("also writes what came during a flush when it is flushed again", async () => {
    const { recorder, batches } = buildRecorder();
    recorder.addSample(buildSample(1));
    const first = recorder.flush();
    recorder.addSample(buildSample(2));
    await Promise.all([first, recorder.flush()]);
    expect(batches.flatMap(({ samples }) => samples)).toHaveLength(2);
  });

  it("drops what waits of a removed provider", async () => {
    const { recorder, batches } = buildRecorder();
    recorder.addSample(buildSample(1, "gone"));
    recorder.touch("gone");
    recorder.forget("gone");
    await recorder.flush();
    expect(batches).toEqual([]);
  });
});
