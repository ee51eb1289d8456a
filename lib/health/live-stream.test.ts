import { describe, expect, it, vi } from "vitest";
import { createMemoryBus } from "@/lib/events/memory-bus";
import { providerEventSchema } from "./event-wire";
import { createLiveFeed, type Metrics, type Snapshot } from "./live-feed";
import { createLiveStreams, type LiveEvent, type LiveMessage, type LiveStreamOptions } from "./live-stream";
import { metricsSchema, snapshotSchema } from "./live-wire";
import { buildProvider, createMonitorSim, searchTimes } from "./testing/monitor-sim";

const ADMIN = { isAdmin: true, timeZone: "UTC" };

/** Two providers that are well. */
async function createLiveSim() {
  const providers = ["kitsu", "mangadex"].map((id) => buildProvider({ id, checkInterval: 1440 }));
  const sim = createMonitorSim({ providers });
  await sim.monitor.start(sim.call);
  await sim.time.advance(2000);
  const report = vi.fn();
  const { setTimer, clock } = sim.time;
  const bus = createMemoryBus<LiveEvent>({ lastId: 100, report });
  const online = { self: true };
  const feed = createLiveFeed({
    providers: sim.catalog,
    health: sim.monitor,
    selfOnline: () => online.self,
    clock,
    setTimer,
    report,
  });
  const onSlowReader = vi.fn();
  const streams = createLiveStreams({ bus, feed, setTimer, onSlowReader });
  let published = 0;

  return {
    sim,
    bus,
    feed,
    streams,
    online,
    onSlowReader,
    /** Publishes what was decided meanwhile. */
    publish() {
      for (; published < sim.decisions.length; published++) {
        const decision = sim.decisions[published];
        if (decision) bus.publish({ type: "transition", decision: { ...decision, id: bus.lastId() + 1 } });
      }
    },
    open(options: Partial<LiveStreamOptions> = {}) {
      const left = new AbortController();
      const begin = streams.open({
        userId: "ann",
        audience: ADMIN,
        lastEventId: null,
        isStillAllowed: async () => true,
        ...options,
      });
      const messages: LiveMessage[] = [];
      const ended = (async () => {
        for await (const message of begin(left.signal)) messages.push(message);
      })();
      return { messages, ended, leave: () => left.abort() };
    },
  };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("a live stream", () => {
  it("begins with everything as it is", async () => {
    const live = await createLiveSim();
    const { messages } = live.open();
    await settled();
    expect(messages).toMatchObject([
      { event: "snapshot", id: 100, data: { self_online: true, summary: { total: 2, healthy: 2 } } },
    ]);
    const { data } = messages[0] as { data: Snapshot };
    expect(data.providers.map(({ id, state }) => [id, state])).toEqual([
      ["kitsu", "ACTIVE"],
      ["mangadex", "ACTIVE"],
    ]);
    expect(() => snapshotSchema.parse(data)).not.toThrow();
  });

  it("tells DOWN at the third failure and OPEN at the fifth, each with its number", async () => {
    const live = await createLiveSim();
    live.publish();
    const { messages } = live.open();
    await settled();
    live.sim.outcomes.set("kitsu", { class: "http_5xx" });
    await searchTimes(live.sim, 5);
    live.publish();
    await settled();
    const transitions = messages.filter(({ event }) => event === "transition");
    expect(transitions).toMatchObject([
      { id: 103, data: { id: 103, provider_id: "kitsu", to: "DOWN" } },
      { id: 104, data: { id: 104, provider_id: "kitsu", to: "OPEN", thresholds: { circuit_failure_threshold: 5 } } },
    ]);
    for (const { data } of transitions) expect(() => providerEventSchema.parse(data)).not.toThrow();
  });

  it("gathers what changes and tells it at most once a second, and nothing when nothing changes", async () => {
    const live = await createLiveSim();
    const { messages } = live.open();
    await searchTimes(live.sim, 5);
    live.feed.touch("kitsu");
    await live.sim.time.advance(1000);
    await settled();
    const metrics = messages.filter(({ event }) => event === "metrics");
    expect(metrics).toHaveLength(1);
    const data = metrics[0]?.data as Metrics;
    expect(data.providers).toMatchObject([{ id: "kitsu", stats: { total_searches: 5 } }]);
    expect(() => metricsSchema.parse(data)).not.toThrow();
    await live.sim.time.advance(3000);
    await settled();
    expect(messages.filter(({ event }) => event === "metrics")).toHaveLength(1);
  });

  it("tells that our own connection is lost, and of a provider that was removed", async () => {
    const live = await createLiveSim();
    const { messages } = live.open();
    await live.sim.time.advance(1000);
    live.online.self = false;
    live.sim.catalog.remove("mangadex");
    await live.sim.time.advance(1000);
    await settled();
    expect(messages.at(-1)).toMatchObject({
      event: "metrics",
      data: { self_online: false, removed: ["mangadex"], summary: { total: 1 } },
    });
  });

  it("replays what a returning reader has missed, and figures as they are now", async () => {
    const live = await createLiveSim();
    live.publish();
    const { messages } = live.open({ lastEventId: 101 });
    await settled();
    expect(messages.map(({ event, id }) => [event, id])).toEqual([
      ["transition", 102],
      ["metrics", 102],
    ]);
  });

  it("writes each message once as text that says the same, for all of an audience", async () => {
    const live = await createLiveSim();
    const readers = [live.open(), live.open({ lastEventId: 100 }), live.open({ userId: "ben" })];
    await searchTimes(live.sim, 2);
    live.publish();
    live.feed.touch("kitsu");
    await live.sim.time.advance(1000);
    const late = live.open({ lastEventId: 101 });
    await settled();
    const told = [...readers, late].flatMap(({ messages }) => messages);
    expect(new Set(told.map(({ event }) => event))).toEqual(new Set(["snapshot", "transition", "metrics"]));
    for (const { data, json } of told) expect(JSON.parse(json)).toEqual(data);
    expect(readers[0]?.messages.at(-1)?.data).toBe(readers[2]?.messages.at(-1)?.data);
    expect(late.messages.at(-1)?.data).toMatchObject({ providers: [{ stats: { total_searches: 2 } }, {}] });
  });

  it.each([3, 99, 900])("begins anew for a reader whose last number (%s) says nothing", async (lastEventId) => {
    const live = await createLiveSim();
    const { messages } = live.open({ lastEventId });
    await settled();
    expect(messages.map(({ event }) => event)).toEqual(["snapshot"]);
  });

  it("keeps the provider's own words from users", async () => {
    const live = await createLiveSim();
    const { messages } = live.open({ audience: { isAdmin: false, timeZone: "UTC" } });
    live.sim.outcomes.set("kitsu", { class: "http_5xx", message: "PG::ConnectionBad" });
    await searchTimes(live.sim, 5);
    live.publish();
    await live.sim.time.advance(1000);
    await settled();
    expect(messages.length).toBeGreaterThan(3);
    expect(JSON.stringify(messages)).not.toContain("PG::");
  });
});

describe("live streams", () => {
  it("are five for a user, and one more when one has ended", async () => {
    const live = await createLiveSim();
    const opened = Array.from({ length: 5 }, () => live.open());
    await settled();
    expect(() => live.open()).toThrow(expect.objectContaining({ code: "too_many_requests", retryAfterSeconds: 10 }));
    live.open({ userId: "ben" });
    opened[0]?.leave();
    await opened[0]?.ended;
    live.open();
    await settled();
    expect(live.streams.count()).toBe(6);
  });

  it("end when the session is no more, and when that cannot be told", async () => {
    const live = await createLiveSim();
    let allowed = true;
    const first = live.open({ isStillAllowed: async () => allowed });
    const second = live.open({ isStillAllowed: () => Promise.reject(new Error("no database")) });
    await settled();
    await live.sim.time.advance(5000);
    await second.ended;
    allowed = false;
    await live.sim.time.advance(5000);
    await first.ended;
    expect(live.streams.count()).toBe(0);
  });

  it("end with the app, which opens no more", async () => {
    const live = await createLiveSim();
    const { ended } = live.open();
    await settled();
    live.streams.stop();
    await ended;
    expect(() => live.open()).toThrow(expect.objectContaining({ code: "unavailable" }));
  });

  it("give up a reader that falls behind, and leave the others alone", async () => {
    const live = await createLiveSim();
    const slow = live.streams.open({
      userId: "slow",
      audience: ADMIN,
      lastEventId: null,
      isStillAllowed: async () => true,
    })(new AbortController().signal);
    expect((await slow.next()).value).toMatchObject({ event: "snapshot" });
    const quick = live.open();
    await settled();
    live.sim.outcomes.set("kitsu", { class: "http_5xx" });
    await searchTimes(live.sim, 5);
    for (let index = 0; index < 200; index++) {
      const decision = live.sim.decisions[0];
      if (decision) live.bus.publish({ type: "transition", decision: { ...decision, id: live.bus.lastId() + 1 } });
      await settled();
    }
    expect(live.onSlowReader).toHaveBeenCalledExactlyOnceWith("slow");
    expect((await slow.next()).done).toBe(true);
    expect(quick.messages.filter(({ event }) => event === "transition")).toHaveLength(200);
  });

  it("leave nothing behind", async () => {
    const live = await createLiveSim();
    const one = live.open();
    await settled();
    one.leave();
    await one.ended;
    const messages = one.messages.length;
    live.feed.touch("kitsu");
    await live.sim.time.advance(60_000);
    expect(one.messages).toHaveLength(messages);
    expect(live.streams.count()).toBe(0);
  });
});
