import { describe, expect, it } from "vitest";
import { recommend } from "./recommendations";
import { buildProvider, createMonitorSim, search, searchTimes } from "./testing/monitor-sim";

async function createAdviceSim(ids: string[]) {
  const providers = ids.map((id) =>
    buildProvider({ id, checkInterval: 1440, config: { baseUrl: `https://${id}.example` } }),
  );
  const sim = createMonitorSim({ providers });
  await sim.monitor.start(sim.call);
  await sim.time.advance(5000);
  return {
    sim,
    advice: () =>
      recommend(
        sim.catalog.list().map(({ id, name }) => ({ name, health: sim.monitor.view(id) })),
        { timeZone: "UTC", now: sim.time.clock() },
      ),
  };
}

describe("recommendations", () => {
  it("prefer those that are well, the best known first", async () => {
    const { sim, advice } = await createAdviceSim(["a", "b"]);
    await searchTimes(sim, 10, "b");
    expect(advice()).toEqual([
      { providerId: "b", action: "prefer", reason: expect.stringContaining("11 of 11 calls, with a median of") },
      { providerId: "a", action: "prefer", reason: expect.stringContaining("1 of 1 call,") },
    ]);
  });

  it("avoid what fails and may still be called, and skip what may not, each with why", async () => {
    const { sim, advice } = await createAdviceSim(["down", "open", "held", "off", "well"]);
    for (const id of ["down", "open"]) sim.outcomes.set(id, { class: "http_5xx" });
    sim.outcomes.set("held", { class: "throttled", retryAt: sim.time.clock() + 60_000 });
    await searchTimes(sim, 3, "down");
    await searchTimes(sim, 5, "open");
    await search(sim, "held");
    await sim.monitor.disable("off", null);
    const given = advice();
    expect(Object.fromEntries(given.map(({ providerId, action }) => [providerId, action]))).toEqual({
      well: "prefer",
      down: "avoid",
      open: "skip",
      held: "skip",
      off: "skip",
    });
    expect(given.map(({ action }) => action)).toEqual(["prefer", "avoid", "skip", "skip", "skip"]);
    expect(given.find(({ providerId }) => providerId === "open")?.reason).toMatch(
      /resting until .*5 failures in a row/,
    );
    expect(given.find(({ providerId }) => providerId === "held")?.reason).toMatch(/quiet until/);
  });

  it("say nothing of what is not known", () => {
    const sim = createMonitorSim();
    const health = sim.monitor.view("kitsu");
    expect(recommend([{ name: "Kitsu", health }], { timeZone: "UTC", now: sim.time.clock() })).toEqual([]);
  });
});
