import fc from "fast-check";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { createManualTime } from "@/lib/health/testing/manual-time";
import type { AlertDelivery } from "./alert";
import { type ChannelTarget, SendError } from "./channel";
import { createOutbox, type DeliveryAttempt } from "./outbox";
import { buildAlert, buildDelivery } from "./testing/build-alert";
import { createMemoryAlertStore } from "./testing/memory-alert-store";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

const hook: ChannelTarget = {
  id: "hook",
  kind: "webhook",
  name: "Hook",
  enabled: true,
  url: "https://hook.example",
  secret: null,
  secretUnreadable: false,
};

/** An outbox over a store that outlives it, and a receiver that answers as told. */
function createSim(memory = createMemoryAlertStore(), time = createManualTime(buildAlert().startedAt)) {
  const attempts: { key: string; at: number }[] = [];
  const outcomes: DeliveryAttempt[] = [];
  const channels = new Map([[hook.id, hook]]);
  const receiver = {
    /** Null: it answers. */
    trouble: null as Error | null,
    /** Never answers: the process ends before. */
    hangs: false,
  };
  const outbox = createOutbox({
    store: memory.store,
    findChannel: (id) => channels.get(id) ?? null,
    async send(_, { key }) {
      attempts.push({ key, at: time.clock() });
      if (receiver.hangs) await new Promise(() => {});
      if (receiver.trouble) throw receiver.trouble;
      sim.onTaken(key);
    },
    clock: time.clock,
    random: () => 0.5,
    setTimer: time.setTimer,
    log: pino({ level: "silent" }),
    onAttempt: (attempt) => void outcomes.push(attempt),
  });
  const sim = { memory, time, attempts, outcomes, channels, receiver, outbox, onTaken: (_key: string) => {} };
  return sim;
}

type Sim = ReturnType<typeof createSim>;

async function put(sim: Sim, ...deliveries: AlertDelivery[]): Promise<void> {
  sim.outbox.hold(deliveries);
  await sim.memory.store.save({ alerts: [buildAlert()], withdrawn: [], deliveries });
  sim.outbox.release(deliveries);
}

const firing = () => buildDelivery();
const resolved = () => buildDelivery({ event: "resolved" });
const stored = ({ memory }: Sim, id: string) => memory.deliveries.get(id);

describe("the outbox", () => {
  it("sends nothing that is not stored yet", async () => {
    const sim = createSim();
    sim.outbox.hold([firing()]);
    await sim.time.advance(HOUR_MS);
    expect(sim.attempts).toEqual([]);
    await put(sim, firing());
    await sim.time.advance(0);
    expect(sim.attempts.map(({ key }) => key)).toEqual(["alert-1:firing"]);
    expect(stored(sim, firing().id)).toMatchObject({ state: "delivered", attempts: 1, error: null });
    expect(sim.outcomes).toEqual([{ channel: "webhook", outcome: "delivered" }]);
  });

  it("tries again within five seconds, then less and less often, and gives up after a day", async () => {
    const sim = createSim();
    sim.receiver.trouble = new SendError("The receiver answered 500.");
    await put(sim, firing());
    await sim.time.advance(26 * HOUR_MS);
    const gaps = sim.attempts.map(({ at }, index) => at - (sim.attempts[index - 1]?.at ?? at)).slice(1);
    expect(gaps[0]).toBeLessThanOrEqual(5 * SECOND_MS);
    for (const [index, gap] of gaps.entries()) expect(gap).toBeGreaterThanOrEqual(gaps[index - 1] ?? 0);
    expect(gaps.at(-1)).toBe(30 * MINUTE_MS);
    const lastedMs = (sim.attempts.at(-1)?.at ?? 0) - (sim.attempts[0]?.at ?? 0);
    expect(lastedMs).toBeGreaterThanOrEqual(24 * HOUR_MS);
    expect(lastedMs).toBeLessThan(25 * HOUR_MS);
    expect(new Set(sim.attempts.map(({ key }) => key)).size).toBe(1);
    expect(stored(sim, firing().id)).toMatchObject({ state: "failed", error: "The receiver answered 500." });
  });

  it("sends a resolve only after its firing was delivered", async () => {
    const sim = createSim();
    sim.receiver.trouble = new SendError("The connection was refused.");
    await put(sim, firing(), resolved());
    await sim.time.advance(2 * MINUTE_MS);
    expect(new Set(sim.attempts.map(({ key }) => key))).toEqual(new Set(["alert-1:firing"]));
    sim.receiver.trouble = null;
    sim.attempts.length = 0;
    await sim.time.advance(2 * MINUTE_MS);
    expect(sim.attempts.map(({ key }) => key)).toEqual(["alert-1:firing", "alert-1:resolved"]);
  });

  it("never sends a resolve whose firing was given up", async () => {
    const sim = createSim();
    sim.receiver.trouble = new SendError("The connection was refused.");
    await put(sim, firing(), resolved());
    await sim.time.advance(26 * HOUR_MS);
    sim.receiver.trouble = null;
    await sim.time.advance(HOUR_MS);
    expect(sim.attempts.some(({ key }) => key === "alert-1:resolved")).toBe(false);
    expect(stored(sim, resolved().id)).toMatchObject({ state: "failed", error: "That it began was never delivered." });
  });

  it("goes on after a restart in the middle of an attempt, under the same key", async () => {
    const before = createSim();
    before.receiver.hangs = true;
    await put(before, firing());
    await before.time.advance(SECOND_MS);
    await before.memory.store.save({ alerts: [], withdrawn: [], deliveries: [resolved()] });
    const after = createSim(before.memory, before.time);
    after.outbox.resume((await before.memory.store.load(0)).deliveries);
    await after.time.advance(2 * SECOND_MS);
    expect([...before.attempts, ...after.attempts].map(({ key }) => key)).toEqual([
      "alert-1:firing",
      "alert-1:firing",
      "alert-1:resolved",
    ]);
  });

  it("sends once when two processes know of the same message", async () => {
    const one = createSim();
    await one.memory.store.save({ alerts: [buildAlert()], withdrawn: [], deliveries: [firing()] });
    const two = createSim(one.memory, one.time);
    const { deliveries } = await one.memory.store.load(0);
    one.outbox.resume(deliveries);
    two.outbox.resume(deliveries);
    await one.time.advance(HOUR_MS);
    expect([...one.attempts, ...two.attempts]).toHaveLength(1);
  });

  it("sends all the same while the database cannot be written, and writes it down later", async () => {
    const sim = createSim();
    await put(sim, firing());
    sim.memory.failing = true;
    await sim.time.advance(0);
    expect(sim.attempts).toHaveLength(1);
    sim.memory.failing = false;
    await sim.time.advance(MINUTE_MS);
    expect(sim.attempts).toHaveLength(1);
    expect(stored(sim, firing().id)).toMatchObject({ state: "delivered" });
  });

  it.each([
    ["removed", null],
    ["switched off", { ...hook, enabled: false }],
  ])("sends nothing to a channel that is %s", async (_, channel) => {
    const sim = createSim();
    if (channel) sim.channels.set(hook.id, channel);
    else sim.channels.delete(hook.id);
    await put(sim, firing(), resolved());
    await sim.time.advance(HOUR_MS);
    expect(sim.attempts).toEqual([]);
    expect([stored(sim, firing().id)?.state, stored(sim, resolved().id)?.state]).toEqual(["failed", "failed"]);
  });

  it("is not held up by one channel that does not answer, and keeps nothing of what is over", async () => {
    const sim = createSim();
    sim.channels.set("other", { ...hook, id: "other" });
    const other = buildDelivery({ channelId: "other" });
    sim.receiver.hangs = true;
    await put(sim, firing());
    await sim.time.advance(0);
    sim.receiver.hangs = false;
    await put(sim, other);
    sim.outbox.close("alert-1");
    await sim.time.advance(0);
    expect(stored(sim, other.id)).toMatchObject({ state: "delivered" });
    const done = createSim();
    await put(done, firing(), resolved());
    done.outbox.close("alert-1");
    await done.time.advance(0);
    expect(done.outbox.of("alert-1")).toEqual([]);
  });
});

describe("whatever happens to the receiver and to the process", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 20 * MINUTE_MS }) }),
    fc.record({
      kind: fc.constantFrom("away" as const, "back" as const, "silent" as const, "kill" as const, "end" as const),
    }),
  );

  it("a resolve comes after its firing, and both come, when the receiver is back within the day", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        let sim = createSim();
        const taken: string[] = [];
        const watch = (next: Sim) => {
          const before = sim.receiver;
          Object.assign(next.receiver, before);
          sim = next;
          sim.onTaken = (key) => taken.push(key);
        };
        watch(sim);
        let isOver = false;
        await put(sim, firing());
        for (const one of steps) {
          if (one.kind === "pass") await sim.time.advance(one.ms);
          else if (one.kind === "away") Object.assign(sim.receiver, { trouble: new SendError("503"), hangs: false });
          else if (one.kind === "back") Object.assign(sim.receiver, { trouble: null, hangs: false });
          else if (one.kind === "silent") sim.receiver.hangs = true;
          else if (one.kind === "end" && !isOver) {
            isOver = true;
            await put(sim, resolved());
          } else if (one.kind === "kill") {
            sim.outbox.stop();
            const next = createSim(sim.memory, sim.time);
            watch(next);
            next.outbox.resume((await next.memory.store.load(0)).deliveries);
          }
        }
        // An attempt without an answer ends by its deadline; here by the end of its process.
        sim.outbox.stop();
        const last = createSim(sim.memory, sim.time);
        watch(last);
        Object.assign(last.receiver, { trouble: null, hangs: false });
        last.outbox.resume((await last.memory.store.load(0)).deliveries);
        await last.time.advance(2 * HOUR_MS);
        const once = [...new Set(taken)];
        expect(once).toEqual(isOver ? ["alert-1:firing", "alert-1:resolved"] : ["alert-1:firing"]);
      }),
      { numRuns: 60 },
    );
  });
});
