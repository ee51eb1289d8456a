import { describe, expect, it } from "vitest";
import { knowProvider } from "./known-providers";
import { buildProvider, createMonitorSim, type MonitorSim, search, searchTimes } from "./testing/monitor-sim";
import { toDetail, toHealthRow, toInfo, toStatusRow, toTest } from "./to-wire";
import { providerDetailSchema, providerHealthSchema, providerInfoSchema, providerStatusSchema } from "./wire";

const provider = buildProvider({
  config: { baseUrl: "https://user-7.kitsu.example/api/edge", api_key: "s3cret" },
  locked: ["base_url"],
});
const withFields = buildProvider({
  ...provider,
  adapter: {
    ...provider.adapter,
    configFields: [
      { key: "base_url", label: "Address", type: "url", required: true, secret: false, help: "" },
      { key: "api_key", label: "Key", type: "secret", required: true, secret: true, help: "" },
    ],
  },
});

function known(sim: MonitorSim, isAdmin: boolean) {
  return knowProvider({ providers: sim.catalog, health: sim.monitor }, "kitsu", { isAdmin, timeZone: "UTC" });
}

describe("the wire", () => {
  it("says null while nothing is known, never 0 or 100", async () => {
    const sim = createMonitorSim({ providers: [withFields] });
    const row = toStatusRow(known(sim, false));
    expect(row).toMatchObject({
      status: "UNKNOWN",
      last_check: null,
      response_time: null,
      error_message: null,
      uptime_percentage: null,
      check_interval: 60,
      max_consecutive_failures: 3,
      stats: {
        success_rate: null,
        avg_score: null,
        avg_response_time_ms: null,
        last_response_time_ms: null,
        last_success_at: null,
        windows: { m5: { samples: 0, error_rate: null, p95_ms: null } },
        uptime: { h24: { ratio: null, coverage: 0 } },
        uptime_percentage: null,
        trend: { latency: "unknown", errors: "unknown" },
        up_since: null,
      },
      circuit: { state: "CLOSED", until: null, opened_by: null, success_threshold: 3 },
      hold: null,
    });
  });

  it("fits its schemas in every state", async () => {
    const sim = createMonitorSim({ providers: [withFields] });
    await sim.monitor.start(sim.call);
    const check = () => {
      for (const isAdmin of [true, false]) {
        const all = known(sim, isAdmin);
        expect(() => providerInfoSchema.parse(toInfo(all))).not.toThrow();
        expect(() => providerStatusSchema.parse(toStatusRow(all))).not.toThrow();
        expect(() => providerHealthSchema.parse(toHealthRow(all))).not.toThrow();
        expect(() => providerDetailSchema.parse(toDetail(all))).not.toThrow();
      }
    };
    check();
    await sim.time.advance(1000);
    await searchTimes(sim, 3);
    check();
    for (const outcome of ["http_5xx", "throttled", "auth"] as const) {
      sim.outcomes.set("kitsu", { class: outcome });
      await searchTimes(sim, 5);
      check();
    }
  });

  it("shows admins the address and whether a secret is set, users the origin alone, and nobody the secret", () => {
    const sim = createMonitorSim({ providers: [withFields] });
    const [admin, user] = [toDetail(known(sim, true)), toDetail(known(sim, false))];
    expect(admin.url).toBe("https://user-7.kitsu.example/api/edge");
    expect(admin.config_fields).toMatchObject([
      { key: "base_url", value: "https://user-7.kitsu.example/api/edge", locked: true },
      { key: "api_key", set: true, locked: false },
    ]);
    expect([user.url, user.provider_url]).toEqual(["https://user-7.kitsu.example", "https://user-7.kitsu.example"]);
    expect(user.settings).toBeUndefined();
    expect(JSON.stringify(user)).not.toContain("/api/edge");
    expect(JSON.stringify([admin, user])).not.toContain("s3cret");
  });

  it("keeps a provider's own error texts from users", async () => {
    const sim = createMonitorSim({ providers: [withFields] });
    sim.outcomes.set("kitsu", { class: "http_5xx", message: "PG::ConnectionBad at 10.0.0.5" });
    await sim.monitor.start(sim.call);
    await sim.time.advance(1000);
    expect(toStatusRow(known(sim, true)).error_message).toContain("PG::ConnectionBad");
    expect(toStatusRow(known(sim, false)).error_message).toBe("It ended in an error of its server.");
    const result = { healthy: false, responseTimeMs: 12.4, error: { class: "http_5xx", message: "PG::ConnectionBad" } };
    expect(toTest(result, false)).toEqual({
      healthy: false,
      response_time: 12,
      error: { class: "http_5xx", message: "It ended in an error of its server." },
    });
  });

  it("no longer shows an error that a success has followed", async () => {
    const sim = createMonitorSim({ providers: [withFields] });
    sim.outcomes.set("kitsu", { class: "http_5xx" });
    await sim.monitor.start(sim.call);
    await sim.time.advance(1000);
    sim.outcomes.clear();
    await search(sim);
    expect(toStatusRow(known(sim, true)).error_message).toBeNull();
  });
});
