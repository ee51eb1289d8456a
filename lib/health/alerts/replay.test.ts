import { describe, expect, it } from "vitest";
import { buildProvider, search, searchTimes } from "@/lib/health/testing/monitor-sim";
import { type AlertSim, createAlertSim } from "./testing/alert-sim";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const RAMP_MS = 10 * MINUTE_MS;
const CALL_MS = 100;

/** Searches every so often; of all calls a share fails that rises evenly from nothing to all in ten minutes, failures spread evenly. */
async function ramp({ monitor }: AlertSim, everyMs: number): Promise<void> {
  const { time, outcomes } = monitor;
  const startedAt = time.clock();
  let owed = 0;
  outcomes.get = () => {
    owed += Math.min(1, (time.clock() - startedAt) / RAMP_MS);
    if (owed < 1) return { class: "ok" };
    owed -= 1;
    return { class: "http_5xx" };
  };
  while (time.clock() - startedAt < RAMP_MS + 5 * MINUTE_MS) {
    await search(monitor);
    await time.advance(Math.max(0, everyMs - CALL_MS));
  }
}

describe("a share of errors that rises from nothing to all in ten minutes", () => {
  it.each([0.5, 1, 2, 5, 10, 15, 20, 30, 45, 60])(
    "warns before it is critical and before the provider is down, with a search every %s s",
    async (everySeconds) => {
      const sim = await createAlertSim();
      await sim.monitor.time.advance(2 * MINUTE_MS);
      await ramp(sim, everySeconds * SECOND_MS);
      const firedAt = (rule: string) =>
        sim.told.find((one) => one.event === "alert.fired" && one.rule === rule)?.at ?? Number.NaN;
      const warnedAt = firedAt("ProviderErrorRateWarning");
      const downAt = sim.monitor.decisions.find(({ to }) => to === "DOWN")?.at ?? Number.NaN;
      expect(warnedAt).toBeLessThan(downAt);
      expect(warnedAt).toBeLessThan(firedAt("ProviderErrorRateCritical"));
      expect(warnedAt).toBeLessThan(firedAt("ProviderDown"));
    },
    60_000,
  );
});

const FIVE = ["a", "b", "c", "d", "e"];

describe("several providers at once", () => {
  it.each([
    ["one host", "https://one.example"],
    ["hosts of their own", null],
  ])("of %s fire one alert, and end with one", async (_, baseUrl) => {
    const out = FIVE.map((id) => buildProvider({ id, ...(baseUrl && { config: { baseUrl: `${baseUrl}/${id}` } }) }));
    const well = ["x", "y", "z"].map((id) => buildProvider({ id }));
    const sim = await createAlertSim({ providers: [...out, ...well] });
    const { monitor, told } = sim;
    await monitor.time.advance(MINUTE_MS);
    for (const id of FIVE) monitor.outcomes.set(id, { class: "http_5xx" });
    for (let round = 0; round < 3; round++) for (const id of FIVE) await search(monitor, id);
    await monitor.time.advance(20 * MINUTE_MS);
    expect(told).toMatchObject([{ event: "alert.fired", rule: "GroupOutage", provider: null }]);
    const { alerts } = await sim.alerts.list({ state: "all", page: 1, limit: 10 });
    expect(alerts).toMatchObject([{ rule: "GroupOutage", state: "firing", members: FIVE }]);
    expect(sim.alerts.countFiring()).toEqual({ info: 0, warning: 0, critical: 1 });
    monitor.outcomes.clear();
    await monitor.time.advance(10 * MINUTE_MS);
    expect(told.map(({ event, rule }) => [event, rule])).toEqual([
      ["alert.fired", "GroupOutage"],
      ["alert.resolved", "GroupOutage"],
    ]);
  });

  it("do not make an alert about each that went out alone into one", async () => {
    const sim = await createAlertSim({ providers: [...FIVE, "f"].map((id) => buildProvider({ id })) });
    const { monitor, told } = sim;
    await monitor.time.advance(MINUTE_MS);
    for (const id of ["a", "b"]) {
      monitor.outcomes.set(id, { class: "http_5xx" });
      await searchTimes(monitor, 3, id);
      await monitor.time.advance(2 * MINUTE_MS);
    }
    expect(told.map(({ rule, provider }) => [rule, provider])).toEqual([
      ["ProviderDown", "a"],
      ["ProviderDown", "b"],
    ]);
  });
});

describe("an outage of our own", () => {
  it("fires one alert, and blames no provider before, during and after it", async () => {
    const sim = await createAlertSim({ providers: FIVE.map((id) => buildProvider({ id })) });
    const { monitor, told } = sim;
    monitor.way.canaries = true;
    await monitor.time.advance(2 * MINUTE_MS);
    monitor.way.canaries = false;
    for (const id of FIVE) {
      monitor.outcomes.set(id, { class: "dns" });
      monitor.way.silent.add(`https://${id}.example`);
    }
    for (let round = 0; round < 5; round++) {
      for (const id of FIVE) await search(monitor, id);
      await monitor.time.advance(MINUTE_MS);
    }
    expect(told).toMatchObject([{ event: "alert.fired", rule: "SelfOffline", provider: null }]);
    monitor.outcomes.clear();
    monitor.way.silent.clear();
    monitor.way.canaries = true;
    await monitor.time.advance(10 * MINUTE_MS);
    expect(told.slice(1)).toMatchObject([{ event: "alert.resolved", rule: "SelfOffline" }]);
  });
});

describe("one provider", () => {
  it("that breaks down and comes back is told twice, under one alert", async () => {
    const sim = await createAlertSim();
    const { monitor, told, memory } = sim;
    await monitor.time.advance(MINUTE_MS);
    monitor.outcomes.set("kitsu", { class: "http_5xx" });
    await searchTimes(monitor, 3);
    await monitor.time.advance(2 * MINUTE_MS);
    monitor.outcomes.clear();
    await monitor.time.advance(10 * MINUTE_MS);
    expect(told.map(({ event, rule }) => [event, rule])).toEqual([
      ["alert.fired", "ProviderDown"],
      ["alert.resolved", "ProviderDown"],
    ]);
    expect(new Set(told.map(({ alert }) => alert)).size).toBe(1);
    expect([...memory.deliveries.values()].map(({ event, state }) => [event, state])).toEqual([
      ["firing", "delivered"],
      ["resolved", "delivered"],
    ]);
  });

  it("is not told of during the grace after a start, and then it is", async () => {
    const sim = await createAlertSim({ startupGraceMs: 5 * MINUTE_MS });
    const { monitor, told } = sim;
    monitor.outcomes.set("kitsu", { class: "http_5xx" });
    await searchTimes(monitor, 3);
    await monitor.time.advance(5 * MINUTE_MS - 10 * SECOND_MS);
    expect(told).toEqual([]);
    await monitor.time.advance(15 * SECOND_MS);
    expect(told[0]).toMatchObject({ event: "alert.fired", rule: "ProviderDown" });
  });

  it("is over when it is switched off or removed", async () => {
    const sim = await createAlertSim({ providers: [buildProvider({ id: "a" }), buildProvider({ id: "b" })] });
    const { monitor, told } = sim;
    await monitor.time.advance(MINUTE_MS);
    for (const id of ["a", "b"]) {
      monitor.outcomes.set(id, { class: "auth" });
      await searchTimes(monitor, 2, id);
    }
    await monitor.time.advance(MINUTE_MS);
    expect(told.map(({ rule }) => rule)).toEqual(["ProviderMisconfigured", "ProviderMisconfigured"]);
    await monitor.monitor.disable("a", null);
    monitor.catalog.remove("b");
    await monitor.time.advance(MINUTE_MS);
    const ended = told.slice(2).map(({ event, provider }) => `${event} ${provider}`);
    expect(ended.sort()).toEqual(["alert.resolved a", "alert.resolved b"]);
  });

  it("whose certificate ends soon is told of once, and again when it is urgent", async () => {
    const sim = await createAlertSim();
    const { monitor, told, heard, tls } = sim;
    tls.set("https://kitsu.example", monitor.time.clock() + 4 * 24 * 60 * MINUTE_MS);
    await monitor.time.advance(MINUTE_MS);
    expect(heard.map(({ rule, severity }) => [rule, severity])).toEqual([["TlsExpiring", "warning"]]);
    tls.set("https://kitsu.example", monitor.time.clock() + 2 * 24 * 60 * MINUTE_MS);
    await monitor.time.advance(MINUTE_MS);
    expect(told.map(({ event }) => event)).toEqual(["alert.fired", "alert.resolved", "alert.fired"]);
    expect(heard.at(-1)).toMatchObject({ state: "firing", severity: "critical" });
  });

  it("that is slow for five minutes is told of", async () => {
    const { monitor, told } = await createAlertSim({ monitor: { lastsMs: 3000 } });
    const input = { text: "berserk", page: null, limit: 20, adult: false };
    for (let call = 0; call < 40; call++) {
      void monitor.call({ provider: monitor.catalog.get("kitsu"), operation: "search", source: "search", input });
      await monitor.time.advance(15 * SECOND_MS);
    }
    expect(told.map(({ rule }) => rule)).toEqual(["ProviderSlow"]);
  });
});

describe("Yagura itself", () => {
  it("tells when history cannot be written, though alerts cannot be written either", async () => {
    let failing = false;
    const save = async () => {
      if (failing) throw new Error("disk full");
    };
    const sim = await createAlertSim({ monitor: { store: { save } } });
    const { monitor, told, memory } = sim;
    await monitor.time.advance(MINUTE_MS);
    failing = true;
    memory.failing = true;
    await search(monitor);
    await monitor.time.advance(MINUTE_MS);
    expect(told).toMatchObject([{ event: "alert.fired", rule: "HistoryNotWritten" }]);
    failing = false;
    memory.failing = false;
    await monitor.time.advance(2 * MINUTE_MS);
    expect(told.slice(1)).toMatchObject([{ event: "alert.resolved", rule: "HistoryNotWritten" }]);
    expect([...memory.alerts.values()]).toMatchObject([{ rule: "HistoryNotWritten", state: "resolved" }]);
    expect([...memory.deliveries.values()].every(({ state }) => state === "delivered")).toBe(true);
  });

  it("tells when its engine stands still, and not when the whole process slept", async () => {
    let ticks = true;
    const sim = await createAlertSim({ isTicking: () => ticks });
    const { monitor, told } = sim;
    await monitor.time.advance(MINUTE_MS);
    monitor.time.stand(8 * 60 * MINUTE_MS);
    await monitor.time.advance(MINUTE_MS);
    expect(told).toEqual([]);
    ticks = false;
    await monitor.time.advance(3 * MINUTE_MS);
    expect(told).toMatchObject([{ event: "alert.fired", rule: "EngineStalled" }]);
    ticks = true;
    await monitor.time.advance(MINUTE_MS);
    expect(told.slice(1)).toMatchObject([{ event: "alert.resolved", rule: "EngineStalled" }]);
  });
});

describe("what people do", () => {
  async function withAlert() {
    const sim = await createAlertSim();
    await sim.monitor.time.advance(MINUTE_MS);
    sim.monitor.outcomes.set("kitsu", { class: "auth" });
    await searchTimes(sim.monitor, 2);
    await sim.monitor.time.advance(5 * SECOND_MS);
    const [alert] = (await sim.alerts.list({ state: "firing", page: 1, limit: 10 })).alerts;
    return { ...sim, id: alert?.id ?? "" };
  }

  it("is kept with the alert and told to those who watch", async () => {
    const { alerts, id, heard, monitor } = await withAlert();
    expect(await alerts.acknowledge(id, "admin@example.org")).toMatchObject({ acknowledgedBy: "admin@example.org" });
    const snoozed = await alerts.snooze(id, 60);
    expect(snoozed).toMatchObject({
      acknowledgedBy: "admin@example.org",
      snoozedUntil: monitor.time.clock() + 60 * MINUTE_MS,
    });
    expect(heard.at(-1)).toMatchObject({ id, state: "firing", snoozedUntil: snoozed.snoozedUntil });
  });

  it("is refused for an alert that is over, and for one that never was", async () => {
    const { alerts, id, monitor } = await withAlert();
    await monitor.monitor.disable("kitsu", null);
    await monitor.time.advance(MINUTE_MS);
    await expect(alerts.acknowledge(id, "admin@example.org")).rejects.toMatchObject({ code: "conflict" });
    await expect(alerts.snooze("nothing", 5)).rejects.toMatchObject({ code: "not_found" });
  });
});
