import { describe, expect, it } from "vitest";
import { createScheduler } from "./scheduler";
import { createManualTime } from "./testing/manual-time";

function buildScheduler({ concurrency = 5, lastsMs = 100 } = {}) {
  const time = createManualTime(0);
  const due = new Map<string, number | null>();
  const started: { id: string; at: number }[] = [];
  let running = 0;
  let most = 0;
  const scheduler = createScheduler({
    clock: time.clock,
    setTimer: time.setTimer,
    concurrency,
    dueAt: (id) => due.get(id) ?? null,
    originOf: (id) => id.split("/")[0] ?? id,
    run: async (id) => {
      started.push({ id, at: time.clock() });
      running++;
      most = Math.max(most, running);
      due.set(id, null);
      await new Promise<void>((resolve) => void time.setTimer(resolve, lastsMs));
      running--;
    },
  });
  return { time, due, started, scheduler, mostAtOnce: () => most };
}

describe("the scheduler", () => {
  it("runs each at its very time, with one timer", async () => {
    const { time, due, started, scheduler } = buildScheduler({ lastsMs: 0 });
    for (const [id, at] of [
      ["c", 3000],
      ["a", 1000],
      ["b", 2000],
    ] as const) {
      due.set(id, at);
      scheduler.plan(id);
    }
    expect(time.pending()).toBe(1);
    await time.advance(10_000);
    expect(started).toEqual([
      { id: "a", at: 1000 },
      { id: "b", at: 2000 },
      { id: "c", at: 3000 },
    ]);
  });

  it("runs no more at once than allowed, first due first", async () => {
    const { time, due, started, scheduler, mostAtOnce } = buildScheduler({ concurrency: 2 });
    for (let index = 0; index < 6; index++) {
      due.set(`p${index}`, index);
      scheduler.plan(`p${index}`);
    }
    await time.advance(1000);
    expect(mostAtOnce()).toBe(2);
    expect(started.map(({ id }) => id)).toEqual(["p0", "p1", "p2", "p3", "p4", "p5"]);
  });

  it("runs one at a time per origin, without holding others up", async () => {
    const { time, due, started, scheduler } = buildScheduler();
    for (const id of ["host/1", "host/2", "other/1"]) {
      due.set(id, 0);
      scheduler.plan(id);
    }
    await time.advance(1000);
    expect(started).toEqual([
      { id: "host/1", at: 0 },
      { id: "other/1", at: 0 },
      { id: "host/2", at: 100 },
    ]);
  });

  it("asks again when the time has come, and waits on when it has moved", async () => {
    const { time, due, started, scheduler } = buildScheduler();
    due.set("a", 1000);
    scheduler.plan("a");
    due.set("a", 5000);
    await time.advance(4999);
    expect(started).toEqual([]);
    await time.advance(1);
    expect(started).toHaveLength(1);
  });

  it("comes sooner when it is hastened, never later", async () => {
    const { time, due, started, scheduler } = buildScheduler();
    due.set("a", 5000);
    scheduler.plan("a");
    due.set("a", 1000);
    scheduler.hasten("a");
    await time.advance(1000);
    expect(started).toHaveLength(1);
  });

  it("starts nothing after it was stopped and waits for what runs", async () => {
    const { time, due, started, scheduler } = buildScheduler({ concurrency: 1 });
    for (const id of ["a", "b"]) {
      due.set(id, 0);
      scheduler.plan(id);
    }
    await time.advance(0);
    let ended = false;
    void scheduler.stop().then(() => {
      ended = true;
    });
    await time.advance(99);
    expect(ended).toBe(false);
    await time.advance(1000);
    expect(ended).toBe(true);
    expect(started).toHaveLength(1);
  });

  it("keeps its time with many providers whose plans change all the time", async () => {
    const { time, due, started, scheduler } = buildScheduler({ concurrency: 1000, lastsMs: 0 });
    for (let round = 0; round < 20; round++) {
      for (let index = 0; index < 500; index++) {
        due.set(`p${index}`, 10_000 + ((index * 7919 + round) % 500));
        scheduler.plan(`p${index}`);
      }
    }
    await time.advance(20_000);
    expect(started).toHaveLength(500);
    expect(started.map(({ at }) => at)).toEqual(started.map(({ at }) => at).toSorted((a, b) => a - b));
  });
});
