import { describe, expect, it } from "vitest";
import type { OutcomeClass } from "@/lib/providers/outcome";
import { buildProvider, createMonitorSim, type MonitorSim, search } from "./testing/monitor-sim";

const MINUTE_MS = 60_000;
const IDS = ["a", "b", "c", "d", "e", "f"];

async function startSix(way: Partial<MonitorSim["way"]> = {}): Promise<MonitorSim> {
  const sim = createMonitorSim({ providers: IDS.map((id) => buildProvider({ id })) });
  Object.assign(sim.way, way);
  await sim.monitor.start(sim.call);
  await sim.time.advance(10_000);
  return sim;
}

function cutOff(sim: MonitorSim, ids: readonly string[] = IDS, outcome: OutcomeClass = "dns"): void {
  for (const id of ids) {
    sim.outcomes.set(id, { class: outcome, unreachable: true });
    sim.way.silent.add(`https://${id}.example`);
  }
}

function reconnect(sim: MonitorSim): void {
  sim.outcomes.clear();
  sim.way.silent.clear();
}

async function searchAll(sim: MonitorSim, ids: readonly string[] = IDS): Promise<void> {
  await Promise.all(ids.map((id) => search(sim, id)));
}

const classesOf = (sim: MonitorSim, id: string) =>
  sim.samples.flatMap((call) => (call.providerId === id ? call.class : []));

describe("when no host gives a sign", () => {
  it("nobody is blamed: no state changes, one event is told, and the time is nobody's", async () => {
    const sim = await startSix();
    sim.decisions.length = 0;
    sim.samples.length = 0;
    cutOff(sim);
    for (let round = 0; round < 12; round++) {
      await searchAll(sim);
      await sim.time.advance(MINUTE_MS);
    }
    expect(sim.monitor.selfOnline()).toBe(false);
    expect(sim.changes.map(({ online, cause }) => [online, cause])).toEqual([[false, "hosts"]]);
    expect(sim.decisions).toEqual([]);
    expect(new Set(sim.samples.map((call) => call.class))).toEqual(new Set(["self_offline"]));
    for (const id of IDS) {
      const view = sim.monitor.view(id);
      expect(view).toMatchObject({ state: "ACTIVE", autoDisabled: false, circuit: { state: "CLOSED" } });
      expect(view.figures).toMatchObject({ consecutiveFailures: 0, failedSearches: 0 });
      expect(view.figures.uptime.h24.ratio).toBe(1);
      expect(view.figures.windows.m15.classes.self_offline).toBeGreaterThan(0);
    }
  });

  it("makes no checks, and looks at all again afterwards, spread out and without a word", async () => {
    const sim = await startSix();
    cutOff(sim);
    await searchAll(sim);
    sim.calls.length = 0;
    await sim.time.advance(3 * 60 * MINUTE_MS);
    expect(sim.calls).toEqual([]);
    sim.decisions.length = 0;
    reconnect(sim);
    await sim.time.advance(30_000);
    expect(sim.monitor.selfOnline()).toBe(true);
    expect(sim.changes.map(({ online }) => online)).toEqual([false, true]);
    expect(sim.calls.map(({ providerId }) => providerId).sort()).toEqual(IDS);
    expect(sim.decisions).toEqual([]);
    const { uptime } = sim.monitor.view("a").figures;
    expect(uptime.h24.ratio).toBe(1);
    expect(uptime.h24.coverage).toBeLessThan(0.001);
  });

  it("takes back what was counted before the third host showed it", async () => {
    const sim = await startSix();
    sim.decisions.length = 0;
    cutOff(sim);
    await search(sim, "a");
    await sim.time.advance(10_000);
    await search(sim, "a");
    await search(sim, "a");
    await sim.time.advance(10_000);
    expect(sim.monitor.view("a")).toMatchObject({ state: "DOWN", figures: { consecutiveFailures: 3 } });
    await searchAll(sim, ["b", "c", "d", "e", "f"]);
    expect(sim.monitor.view("a")).toMatchObject({
      state: "ACTIVE",
      figures: { consecutiveFailures: 0, failedSearches: 0, windows: { m1: { errorRate: 0 } } },
    });
    expect(sim.decisions.map(({ to, rule }) => [to, rule])).toEqual([
      ["DOWN", "down.consecutive_failures"],
      ["ACTIVE", "self_offline"],
    ]);
    await sim.time.advance(10_000);
    const stored = sim.batches.flatMap(({ samples }) => samples).filter(({ source }) => source === "search");
    expect(stored.length).toBeGreaterThanOrEqual(5);
  });

  it("goes on when a user's search gets through", async () => {
    const sim = await startSix();
    cutOff(sim);
    await searchAll(sim);
    sim.outcomes.clear();
    await searchAll(sim, ["a", "b"]);
    expect(sim.monitor.selfOnline()).toBe(true);
  });

  it("says nothing of one that was in trouble before", async () => {
    const sim = await startSix();
    sim.outcomes.set("a", { class: "http_5xx" });
    for (let index = 0; index < 5; index++) await search(sim, "a");
    expect(sim.monitor.view("a").circuit.state).toBe("OPEN");
    cutOff(sim);
    await searchAll(sim, IDS.slice(1));
    await sim.time.advance(10 * MINUTE_MS);
    expect(sim.monitor.view("a")).toMatchObject({ state: "DOWN", figures: { consecutiveFailures: 5 } });
  });
});

describe("when one of six gives no sign", () => {
  it.each(["dns", "network"] as const)("it is dead (%s), as soon as the verdict is there", async (outcome) => {
    const sim = await startSix();
    cutOff(sim, ["a"], outcome);
    for (let round = 0; round < 3; round++) {
      await searchAll(sim);
      await sim.time.advance(4000);
    }
    expect(sim.monitor.view("a")).toMatchObject({ state: "DOWN", figures: { consecutiveFailures: 3 } });
    expect(sim.monitor.selfOnline()).toBe(true);
    expect(classesOf(sim, "a").slice(-3)).toEqual([outcome, outcome, outcome]);
  });

  it("counts it after three seconds, and before what it answers next", async () => {
    const sim = await startSix();
    cutOff(sim, ["a"]);
    await search(sim, "a");
    expect(sim.monitor.view("a").figures.consecutiveFailures).toBe(0);
    await sim.time.advance(3000);
    expect(sim.monitor.view("a").figures.consecutiveFailures).toBe(1);
    await search(sim, "a");
    reconnect(sim);
    await search(sim, "a");
    expect(classesOf(sim, "a").slice(-3)).toEqual(["dns", "dns", "ok"]);
    expect(sim.monitor.view("a").figures.consecutiveFailures).toBe(0);
  });

  it("is never our own fault when hosts refuse", async () => {
    const sim = await startSix();
    for (const id of IDS) sim.outcomes.set(id, { class: "network", unreachable: false });
    for (let round = 0; round < 3; round++) await searchAll(sim);
    expect(sim.monitor.selfOnline()).toBe(true);
    for (const id of IDS) expect(sim.monitor.view(id).state).toBe("DOWN");
  });
});

describe("canaries", () => {
  it("show with one silent host that the internet is gone", async () => {
    const sim = await startSix();
    sim.way.canaries = false;
    cutOff(sim);
    await search(sim, "a");
    expect(sim.changes).toMatchObject([{ online: false, cause: "canaries" }]);
    expect(classesOf(sim, "a").at(-1)).toBe("self_offline");
    sim.calls.length = 0;
    await sim.time.advance(2 * 60 * MINUTE_MS);
    expect(sim.calls).toEqual([]);
    sim.way.canaries = true;
    reconnect(sim);
    await sim.time.advance(30_000);
    expect(sim.monitor.selfOnline()).toBe(true);
    expect(sim.calls).toHaveLength(IDS.length);
  });

  it("that a firewall keeps silent are outvoted by any other host on the internet", async () => {
    const sim = await startSix({ canaries: false });
    cutOff(sim, ["a"]);
    await search(sim, "a");
    await sim.time.advance(5000);
    expect(sim.monitor.selfOnline()).toBe(true);
    expect(classesOf(sim, "a").at(-1)).toBe("dns");
  });

  it("that answer leave a silent host alone with its fault", async () => {
    const sim = await startSix({ canaries: true });
    cutOff(sim, ["a", "b"]);
    await searchAll(sim);
    await sim.time.advance(5000);
    expect(classesOf(sim, "a").at(-1)).toBe("dns");
  });
});
