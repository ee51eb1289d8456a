import { describe, expect, it } from "vitest";
import { eventText } from "./event-text";
import { knowProvider } from "./known-providers";
import { buildProvider, createMonitorSim, type MonitorSim, searchTimes } from "./testing/monitor-sim";
import { toEvent } from "./to-event";
import { toStatusRow } from "./to-wire";
import { endOfState, explainRow, ruleText } from "./why";

const plain = (text: string) => text.replaceAll("\u202f", " ");

function tell(sim: MonitorSim, { isAdmin = false, selfOnline = true, timeZone = "UTC" } = {}) {
  const row = toStatusRow(
    knowProvider({ providers: sim.catalog, health: sim.monitor }, "kitsu", { isAdmin, timeZone }),
  );
  const events = sim.decisions.map((decision, id) => toEvent({ ...decision, id }, isAdmin)).reverse();
  const { headline, facts } = explainRow({ row, events, selfOnline, timeZone, now: sim.time.clock() });
  const named = Object.fromEntries(facts.map(({ name, text }) => [name, plain(text)]));
  return { row, events, headline: plain(headline), facts: named };
}

async function started(settings = {}): Promise<MonitorSim> {
  const sim = createMonitorSim({
    providers: ["kitsu", "b", "c", "d"].map((id) => buildProvider({ id })),
    settings: { checksEnabled: false, ...settings },
  });
  await sim.monitor.start(sim.call);
  await searchTimes(sim, 1);
  return sim;
}

describe("explainRow", () => {
  it("has little to say of a provider that is well", async () => {
    const { headline, facts } = tell(await started());
    expect(headline).toBe("Kitsu answers as it should.");
    expect(Object.keys(facts)).toEqual(["Rule", "Since"]);
    expect(facts["Rule"]).toBe("One good answer is enough to count as up.");
  });

  it("names rule, count, class, what ends it and our own connection of a provider that is down", async () => {
    const sim = await started();
    sim.outcomes.set("kitsu", { class: "timeout", message: "no answer from 10.0.0.5" });
    await searchTimes(sim, 3);
    const { row, headline, facts } = tell(sim);
    expect(headline).toContain("3 failures in a row, the last a timeout");
    expect(facts).toMatchObject({
      Rule: "3 failures in a row count as down.",
      Counted: "3 failures in a row",
      "Last failure": "a timeout after 100 ms (timeout)",
      "What ends it": "One good answer.",
      "Your connection": "It was fine: failures that look like an outage of our own are not counted.",
    });
    expect(endOfState(row)).toBeNull();
    expect(tell(sim, { isAdmin: true }).facts["Last failure"]).toContain("no answer from 10.0.0.5");
  });

  it("says both what made it down and what made it rest, and until when", async () => {
    const sim = await started();
    sim.outcomes.set("kitsu", { class: "http_5xx" });
    await searchTimes(sim, 5);
    const { row, facts } = tell(sim);
    expect(facts["Rules"]).toBe(
      "3 failures in a row count as down. 5 failures in a row open its circuit: no search is sent for a while.",
    );
    expect(facts["Until"]).toMatch(/^\d\d:\d\d \(in \d+ s\)$/);
    expect(endOfState(row)).toBe(row.circuit.until);
    expect(facts["What ends it"]).toBe("The end of its rest or a good probe, then 3 good trials.");
  });

  it("says how a disabled provider comes back, and when", async () => {
    const sim = await started();
    sim.outcomes.set("kitsu", { class: "http_5xx" });
    for (let index = 0; index < 60 && tell(sim).row.state !== "AUTO_DISABLED"; index++) {
      await searchTimes(sim, 1);
      await sim.time.advance(60_000);
    }
    const { row, facts } = tell(sim);
    expect(facts["Rule"]).toBe(
      "10 failures in a row, twice what opens its circuit, disable a provider for 30 min, and for longer when it happens again within a day.",
    );
    expect(facts["Counted"]).toBe("10 failures in a row");
    expect(facts["What ends it"]).toContain("three good probes");
    expect(endOfState(row)).toBe(row.disabled_until);
  });

  it("tells a hold from a failure", async () => {
    const sim = await started();
    sim.outcomes.set("kitsu", { class: "throttled", retryAt: sim.time.clock() + 90_000 });
    await searchTimes(sim, 1);
    const { row, facts } = tell(sim);
    expect(row.state).toBe("RATE_LIMITED");
    expect(facts["What ends it"]).toBe("Time alone.");
    expect(facts["Last failure"]).toBe("a request for fewer calls (throttled)");
    expect(facts["Your connection"]).toBeUndefined();
  });

  it("says that we ourselves are offline", async () => {
    expect(tell(await started(), { selfOnline: false }).facts["Your connection"]).toContain("Yagura itself is offline");
  });

  it("has a rule of its own for each decision that a day of trouble brings", async () => {
    const sim = await started();
    for (const outcome of ["timeout", "auth", "config", "quota", "throttled"] as const) {
      sim.outcomes.set("kitsu", { class: outcome });
      for (let index = 0; index < 12; index++) {
        await searchTimes(sim, 2);
        await sim.time.advance(31_000);
      }
      await sim.monitor.disable("kitsu", "admin@yagura.example");
      sim.outcomes.clear();
      await sim.monitor.enable("kitsu", "admin@yagura.example");
      await searchTimes(sim, 6);
    }
    const { events } = tell(sim);
    expect(new Set(events.map(({ rule }) => rule)).size).toBeGreaterThan(10);
    for (const event of events) {
      expect(ruleText(event), event.rule).not.toBe(event.text);
      expect(ruleText(event), event.rule).not.toMatch(/undefined|NaN|–/);
    }
  });
});

describe("eventText", () => {
  it("says what the engine said", async () => {
    const sim = await started();
    sim.outcomes.set("kitsu", { class: "timeout" });
    await searchTimes(sim, 5);
    for (const event of tell(sim).events) expect(eventText(event, "Kitsu", "UTC")).toBe(event.text);
  });

  it("tells times in the reader's zone", async () => {
    const sim = await started();
    sim.outcomes.set("kitsu", { class: "timeout" });
    await searchTimes(sim, 5);
    const opened = tell(sim).events.find(({ to }) => to === "OPEN");
    const hour = (text = "") => Number(/until (\d\d):/.exec(text)?.[1]);
    expect(opened?.text).toContain("UTC");
    const there = opened && eventText(opened, "Kitsu", "Asia/Tokyo");
    expect(hour(there)).toBe((hour(opened?.text) + 9) % 24);
    expect(there).not.toContain("UTC");
  });
});
