import { describe, expect, it } from "vitest";
import { toGraph } from "./graph";
import { buildProvider, createMonitorSim, searchTimes } from "./testing/monitor-sim";

async function graphOf(bases: Record<string, string>, failing: Record<string, "timeout" | "http_5xx"> = {}) {
  const providers = Object.entries(bases).map(([id, baseUrl]) =>
    buildProvider({ id, checkInterval: 1440, config: { baseUrl } }),
  );
  const sim = createMonitorSim({ providers });
  await sim.monitor.start(sim.call);
  await sim.time.advance(5000);
  for (const [id, outcome] of Object.entries(failing)) {
    sim.outcomes.set(id, { class: outcome });
    await searchTimes(sim, 3, id);
  }
  return toGraph({
    providers: sim.catalog.list().map((provider) => ({ provider, health: sim.monitor.view(provider.id) })),
    databaseUp: true,
    selfOnline: true,
    queueStalled: false,
  });
}

describe("the dependency graph", () => {
  it("leads from the app over each provider to its host and out, with nothing hanging in the air", async () => {
    const { nodes, edges } = await graphOf({ a: "https://one.example/api", b: "https://one.example/v2" });
    const ids = nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { from, to } of edges) expect(ids).toEqual(expect.arrayContaining([from, to]));
    expect(nodes.map(({ kind }) => kind)).toEqual([
      ...["app", "database", "cache", "queue", "egress"],
      ...["host", "provider", "provider"],
    ]);
    expect(edges).toEqual(
      expect.arrayContaining([
        { from: "app", to: "database", hard: true },
        { from: "app", to: "provider:a", hard: false },
        { from: "provider:a", to: "host:https://one.example", hard: true },
        { from: "provider:b", to: "host:https://one.example", hard: true },
        { from: "host:https://one.example", to: "egress", hard: true },
      ]),
    );
  });

  it.each(["http://127.0.0.1:8080/opds", "http://[::1]/opds", "http://192.168.1.5/opds", "http://localhost:3000"])(
    "does not need the internet for %s",
    async (baseUrl) => {
      const { edges } = await graphOf({ a: baseUrl });
      expect(edges.filter(({ from, to }) => from.startsWith("host:") && to === "egress")).toEqual([]);
    },
  );

  it("takes a host for down only when nothing on it can be reached", async () => {
    const shared = { a: "https://one.example/a", b: "https://one.example/b" };
    const hostOf = async (failing: Record<string, "timeout" | "http_5xx">) =>
      (await graphOf(shared, failing)).nodes.find(({ kind }) => kind === "host")?.state;
    expect(await hostOf({ a: "timeout" })).toBe("ACTIVE");
    expect(await hostOf({ a: "timeout", b: "timeout" })).toBe("DOWN");
    expect(await hostOf({ a: "timeout", b: "http_5xx" })).toBe("DEGRADED");
  });
});
