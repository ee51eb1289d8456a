import { describe, expect, it } from "vitest";
import { providerEventSchema } from "./event-wire";
import { buildProvider, createMonitorSim, searchTimes } from "./testing/monitor-sim";
import { toEvent } from "./to-event";

async function failingSim() {
  const sim = createMonitorSim({ providers: [buildProvider({ checkInterval: 1440 })] });
  await sim.monitor.start(sim.call);
  await sim.time.advance(1000);
  sim.outcomes.set("kitsu", { class: "http_5xx", message: "PG::ConnectionBad at 10.0.0.5" });
  await searchTimes(sim, 5);
  return sim;
}

describe("a decision on the wire", () => {
  it("says DOWN at the third failure and OPEN at the fifth, with numbers, limits and what comes next", async () => {
    const { decisions } = await failingSim();
    const events = decisions.map((decision, index) => toEvent({ ...decision, id: index + 1 }, true));
    expect(events.map(({ from, to }) => [from, to])).toEqual([
      ["UNKNOWN", "ACTIVE"],
      ["ACTIVE", "DOWN"],
      ["CLOSED", "OPEN"],
    ]);
    expect(events[1]).toMatchObject({
      id: 2,
      provider_id: "kitsu",
      rule: "down.consecutive_failures",
      evidence: { consecutive_failures: 3, last_error: { class: "http_5xx" } },
      thresholds: { max_consecutive_failures: 3 },
      actor: null,
    });
    expect(events[2]).toMatchObject({
      rule: "circuit.consecutive_failures",
      evidence: { consecutive_failures: 5 },
      thresholds: { circuit_failure_threshold: 5, circuit_recovery_timeout_ms: 30_000 },
      until: expect.any(String),
      next: { kind: "probe" },
    });
    for (const event of events) expect(() => providerEventSchema.parse(event)).not.toThrow();
  });

  it("keeps the provider's own words and admins' names from users", async () => {
    const sim = await failingSim();
    await sim.monitor.disable("kitsu", "keeper@tower.example");
    const told = (isAdmin: boolean) =>
      JSON.stringify(sim.decisions.map((decision) => toEvent({ ...decision, id: 1 }, isAdmin)));
    expect(told(true)).toContain("PG::ConnectionBad");
    expect(told(true)).toContain("by keeper@tower.example");
    expect(told(false)).not.toContain("PG::");
    expect(told(false)).not.toContain("keeper");
    expect(told(false)).toContain("switched off by an admin");
  });
});
