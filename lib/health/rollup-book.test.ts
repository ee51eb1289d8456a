import fc from "fast-check";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { OUTCOME_CLASSES, type OutcomeClass } from "@/lib/providers/outcome";
import type { UptimeMark } from "./engine/types";
import type { ProviderState } from "./health-view";
import { createRecorder } from "./recorder";
import { addToRollup, bucketOf, newRollup, packRollup, ROLLUP_STEPS, STEP_MS, type StoredRollup } from "./rollup";
import { noStateTime, stateTimeBetween } from "./state-time";
import { createManualTime } from "./testing/manual-time";
import { createMemoryHealthStore } from "./testing/memory-health-store";

const START = Date.UTC(2026, 10, 22, 23, 58, 30);
const MINUTE_MS = STEP_MS.minute;

/** A recorder over a store in memory, which may be killed and started again. */
function createLife() {
  const memory = createMemoryHealthStore();
  const time = createManualTime(START);
  const states = new Map<string, { uptime: UptimeMark[]; shown: { state: ProviderState; since: number } }>();
  const stateOf = (id: string) => states.get(id) ?? null;
  let random = 0;
  const start = () => {
    const generation = { alive: true };
    const recorder = createRecorder({
      store: {
        save: async (batch) => {
          if (!generation.alive) throw new Error("killed");
          await memory.store.save(batch);
        },
        findRollups: memory.store.findRollups,
        findUnreached: memory.store.findUnreached,
      },
      snapshot: (providerId) => ({
        state: { providerId, state: "{}", storedAt: time.clock() },
        stats: { providerId } as never,
      }),
      stateOf,
      clock: time.clock,
      random: () => (random = (random + 0.37) % 1),
      setTimer: (run, ms) => time.setTimer(() => generation.alive && run(), ms),
      log: pino({ level: "silent" }),
    });
    return { recorder, generation };
  };
  let life = start();
  const restart = async () => {
    life.generation.alive = false;
    life = start();
    const { unfinished } = await memory.store.load(0);
    life.recorder.resume([...states.keys()], unfinished);
  };
  return {
    memory,
    time,
    states,
    get recorder() {
      return life.recorder;
    },
    take(given: { id: string; class: OutcomeClass; durationMs: number }) {
      const at = time.clock() - given.durationMs;
      const { id: providerId, ...sample } = given;
      const rest = { source: "search", operation: "search", httpStatus: null, results: null, error: null } as const;
      life.recorder.addSample({ providerId, at, ...sample, ...rest });
      life.recorder.touch(providerId);
    },
    kill: restart,
    async stop() {
      const written = await life.recorder.flush({ final: true });
      await restart();
      return written;
    },
  };
}

function recount(memory: ReturnType<typeof createMemoryHealthStore>, step: StoredRollup["step"]) {
  const buckets = new Map<string, ReturnType<typeof newRollup>>();
  for (const sample of memory.samples.values()) {
    const key = `${sample.providerId}|${step}|${bucketOf(sample.at, step)}`;
    const rollup = buckets.get(key) ?? newRollup();
    addToRollup(rollup, sample);
    buckets.set(key, rollup);
  }
  const at = { providerId: "", step, bucket: 0 };
  return new Map([...buckets].map(([key, rollup]) => [key, packRollup(rollup, at, noStateTime())]));
}

function withoutPlace(row: StoredRollup | undefined, step: StoredRollup["step"]) {
  return row && { ...row, providerId: "", step, bucket: 0, ...noStateTime() };
}

const call = fc.record({
  kind: fc.constant("call" as const),
  id: fc.constantFrom("kitsu", "anilist"),
  class: fc.constantFrom(...OUTCOME_CLASSES),
  durationMs: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 30_000 }) },
    fc.integer({ min: 0, max: 900_000 }),
  ),
});
const step = fc.oneof(
  { weight: 12, arbitrary: call },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 90_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 2 * 3_600_000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("lock" as const), locked: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: "kill" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "stop" as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: "relabel" as const }) },
);

describe("roll-ups", () => {
  it("hold exactly what the stored samples hold, whatever locks, kills and restarts come between", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: "max" }), async (steps) => {
        const life = createLife();
        for (const one of steps) {
          if (one.kind === "call") life.take(one);
          if (one.kind === "wait") await life.time.advance(one.ms);
          if (one.kind === "lock") life.memory.failing = one.locked;
          if (one.kind === "kill") await life.kill();
          if (one.kind === "stop") await life.stop();
          if (one.kind === "relabel")
            await life.recorder.relabel([...life.memory.samples.values()].slice(-5), "self_offline");
        }
        life.memory.failing = false;
        await life.time.advance(20_000);
        await life.recorder.flush({ final: true });
        for (const name of ROLLUP_STEPS) {
          for (const [key, expected] of recount(life.memory, name)) {
            expect(withoutPlace(life.memory.rollups.get(key), name), key).toEqual({ ...expected, step: name });
          }
          const counted = [...life.memory.rollups.values()].filter((row) => row.step === name);
          expect(counted.reduce((sum, row) => sum + row.samples, 0)).toBe(life.memory.samples.size);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("are written once their bucket is closed, at most ten seconds later, without a call coming", async () => {
    const life = createLife();
    life.take({ id: "kitsu", class: "ok", durationMs: 10 });
    await life.time.advance(29_000);
    expect(life.memory.rollups.size).toBe(0);
    await life.time.advance(11_000);
    expect([...life.memory.rollups.keys()]).toEqual([`kitsu|minute|${bucketOf(START, "minute")}`]);
    await life.time.advance(70_000);
    expect([...life.memory.rollups.values()].map((row) => row.step).sort()).toEqual(["day", "hour", "minute"]);
    expect(life.time.pending()).toBe(0);
  });

  it("are visible while their bucket is open, and after it has been written", async () => {
    const life = createLife();
    life.take({ id: "kitsu", class: "ok", durationMs: 10 });
    const span = { step: "hour", providerId: "kitsu", from: 0, to: START * 2 } as const;
    await life.time.advance(6000);
    expect(life.recorder.unwritten.rollups(span)).toMatchObject([{ row: { samples: 1 }, adds: false }]);
    await life.time.advance(400_000);
    expect(life.memory.rollups.get(`kitsu|hour|${bucketOf(START, "hour")}`)).toMatchObject({ samples: 1 });
  });

  it("know the time per state, quiet minutes too, and tell the past anew when it was different", async () => {
    const life = createLife();
    const since = START - 10 * MINUTE_MS;
    life.states.set("kitsu", { uptime: [{ at: since, kind: "up" }], shown: { state: "ACTIVE", since } });
    life.take({ id: "kitsu", class: "ok", durationMs: 10 });
    await life.time.advance(5 * MINUTE_MS);
    life.take({ id: "kitsu", class: "timeout", durationMs: 10 });
    await life.time.advance(10_000);
    const times = (bucket: number) => life.memory.rollups.get(`kitsu|minute|${bucket}`);
    const third = bucketOf(START, "minute") + 3 * MINUTE_MS;
    expect(times(third)).toMatchObject({ samples: 0, upMs: 60_000, downMs: 0 });
    const downSince = third + 15_000;
    const marks: UptimeMark[] = [
      { at: since, kind: "up" },
      { at: downSince, kind: "down" },
    ];
    life.states.set("kitsu", { uptime: marks, shown: { state: "DOWN", since: downSince } });
    life.recorder.touch("kitsu");
    await life.recorder.flush({ final: true });
    expect(times(third)).toMatchObject({ upMs: 15_000, downMs: 45_000 });
    expect(times(third + MINUTE_MS)).toMatchObject({ samples: 0, upMs: 0, downMs: 60_000 });
    const hours = [...life.memory.rollups.values()].filter((row) => row.step === "hour");
    const now = life.time.clock();
    const total = stateTimeBetween({ marks, degraded: [] }, bucketOf(START, "hour"), now);
    expect(hours.reduce((sum, row) => sum + row.upMs, 0)).toBe(total.upMs);
    expect(hours.reduce((sum, row) => sum + row.downMs, 0)).toBe(total.downMs);
  });

  it("do not count the time twice when the app starts again within the hour", async () => {
    const life = createLife();
    const up = { uptime: [{ at: START, kind: "up" } as const], shown: { state: "ACTIVE" as const, since: START } };
    life.states.set("kitsu", up);
    life.take({ id: "kitsu", class: "ok", durationMs: 10 });
    await life.time.advance(30 * MINUTE_MS);
    life.take({ id: "kitsu", class: "ok", durationMs: 10 });
    const stoppedAt = life.time.clock();
    const uptime: UptimeMark[] = [...up.uptime, { at: stoppedAt, kind: "unknown" }];
    await life.recorder.flush({ final: true });
    life.states.set("kitsu", { ...up, uptime });
    await life.time.advance(5 * MINUTE_MS);
    await life.kill();
    const again = life.time.clock();
    life.states.set("kitsu", { ...up, uptime: [...uptime, { at: again, kind: "up" }] });
    life.take({ id: "kitsu", class: "ok", durationMs: 0 });
    await life.time.advance(60 * MINUTE_MS);
    const hour = life.memory.rollups.get(`kitsu|hour|${bucketOf(again, "hour")}`);
    expect(hour).toMatchObject({ samples: 2, upMs: 55 * MINUTE_MS, downMs: 0 });
  });
});
