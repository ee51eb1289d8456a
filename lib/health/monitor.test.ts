import { describe, expect, it } from "vitest";
import type { CheckEvent } from "./checks";
import { THRESHOLDS } from "./engine/testing/provider-sim";
import { buildProvider, createMonitorSim, search, searchTimes } from "./testing/monitor-sim";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe("start", () => {
  it("checks every enabled provider, 250 ms apart, without waiting for any", async () => {
    const providers = ["a", "b", "off", "c"].map((id) => buildProvider({ id, enabled: id !== "off" }));
    const sim = createMonitorSim({ providers });
    const begun = sim.time.clock();
    await sim.monitor.start(sim.call);
    expect(sim.calls).toEqual([]);
    await sim.time.advance(2000);
    expect(sim.calls.map(({ providerId, at, operation }) => [providerId, operation, at - begun])).toEqual([
      ["a", "check", 0],
      ["b", "check", 250],
      ["c", "check", 500],
    ]);
    expect(sim.monitor.view("a")).toMatchObject({ status: "ACTIVE", state: "ACTIVE", healthy: true, why: null });
    expect(sim.monitor.view("off")).toMatchObject({ status: "UNKNOWN", state: "DISABLED", next: null });
  });

  it("makes no checks of its own when they are switched off, and still takes samples", async () => {
    const sim = createMonitorSim({ settings: { checksEnabled: false } });
    await sim.monitor.start(sim.call);
    await sim.time.advance(HOUR_MS);
    expect(sim.calls).toEqual([]);
    await search(sim);
    expect(sim.monitor.view("kitsu")).toMatchObject({ state: "ACTIVE", next: null });
  });

  it("is not harmed by a check that fails or throws", async () => {
    const sim = createMonitorSim({ providers: [buildProvider({ id: "a" }), buildProvider({ id: "b" })] });
    await sim.monitor.start(async (options) => {
      if (options.provider.id === "a") throw new Error("a bug");
      return sim.call(options);
    });
    await sim.time.advance(5000);
    expect(sim.monitor.view("b").state).toBe("ACTIVE");
    expect(sim.logs.some(({ event }) => event === "health.check_error")).toBe(true);
  });
});

describe("scheduled checks", () => {
  it("follow the provider's interval, postponed by good traffic", async () => {
    const sim = createMonitorSim();
    await sim.monitor.start(sim.call);
    await sim.time.advance(30 * MINUTE_MS);
    await search(sim);
    sim.calls.length = 0;
    await sim.time.advance(59 * MINUTE_MS);
    expect(sim.calls).toEqual([]);
    await sim.time.advance(MINUTE_MS);
    expect(sim.calls).toMatchObject([{ operation: "check", source: "check" }]);
  });

  it("follow the instance's interval where a provider has none", async () => {
    const sim = createMonitorSim({ providers: [buildProvider({ checkInterval: null })] });
    await sim.monitor.start(sim.call);
    await sim.time.advance(5 * MINUTE_MS);
    expect(sim.calls.length).toBeGreaterThanOrEqual(10);
    expect(sim.calls.length).toBeLessThanOrEqual(11);
  });

  it("come as often as an active user asks, but not below the provider's shortest", async () => {
    const providers = [
      buildProvider({ id: "a", checkInterval: 1440 }),
      buildProvider({ id: "b", checkInterval: 1440, minCheckInterval: 120 }),
    ];
    const sim = createMonitorSim({ providers, personalIntervals: [30] });
    await sim.monitor.start(sim.call);
    await sim.time.advance(5 * HOUR_MS);
    expect(sim.calls.filter(({ providerId }) => providerId === "a").length).toBe(10);
    expect(sim.calls.filter(({ providerId }) => providerId === "b").length).toBe(3);
  });

  it("probe a provider in trouble on the ladder, with more than a ping when searches failed", async () => {
    const sim = createMonitorSim();
    await sim.monitor.start(sim.call);
    await sim.time.advance(1000);
    sim.outcomes.set("kitsu", { class: "http_5xx" });
    await search(sim);
    const failedAt = sim.time.clock();
    sim.calls.length = 0;
    await sim.time.advance(6 * MINUTE_MS);
    expect(sim.calls.every(({ operation, source }) => operation === "canary" && source === "probe")).toBe(true);
    const gaps = sim.calls.map(({ at }, index) => Math.round((at - (sim.calls[index - 1]?.at ?? failedAt)) / 1000));
    expect(gaps).toEqual([30, 30, 60, 60, 120]);
  });

  it("bring a provider back within seconds once it is well", async () => {
    const sim = createMonitorSim();
    await sim.monitor.start(sim.call);
    await sim.time.advance(1000);
    sim.outcomes.set("kitsu", { class: "http_5xx" });
    await searchTimes(sim, 5);
    expect(sim.monitor.view("kitsu")).toMatchObject({ state: "DOWN", circuit: { state: "OPEN", openedBy: "search" } });
    expect(await search(sim)).toMatchObject({ kind: "rejected" });
    sim.outcomes.clear();
    await sim.time.advance(45_000);
    expect(sim.monitor.view("kitsu").circuit.state).toBe("CLOSED");
    expect(await search(sim)).toMatchObject({ ok: true });
  });

  it("come sooner when a search is turned away, at most once in a while", async () => {
    const sim = createMonitorSim();
    await sim.monitor.start(sim.call);
    await sim.time.advance(1000);
    sim.outcomes.set("kitsu", { class: "http_5xx" });
    await searchTimes(sim, 5);
    await sim.time.advance(5 * MINUTE_MS);
    const probes = () => sim.calls.filter(({ source }) => source === "probe");
    const before = probes().length;
    const last = probes().at(-1)?.at ?? 0;
    await sim.time.advance(last + 30_000 - sim.time.clock());
    await search(sim);
    expect(probes()).toHaveLength(before);
    await sim.time.advance(31_000);
    await search(sim);
    expect(probes()).toHaveLength(before + 1);
    await sim.time.advance(61_000);
    await search(sim);
    expect(probes()).toHaveLength(before + 1);
  });

  it("are made again before long when a fault of our own spoilt one", async () => {
    let disturbed = true;
    const sim = createMonitorSim({ hooks: { wasDisturbed: () => disturbed } });
    await sim.monitor.start(sim.call);
    await sim.time.advance(5000);
    disturbed = false;
    expect(sim.samples).toMatchObject([{ class: "tainted" }]);
    expect(sim.monitor.view("kitsu")).toMatchObject({ state: "UNKNOWN", figures: { totalChecks: 0 } });
    await sim.time.advance(35_000);
    expect(sim.monitor.view("kitsu").state).toBe("ACTIVE");
  });

  it("wait for the end of a hold", async () => {
    const sim = createMonitorSim();
    await sim.monitor.start(sim.call);
    await sim.time.advance(1000);
    const retryAt = sim.time.clock() + 2 * HOUR_MS;
    sim.outcomes.set("kitsu", { class: "throttled", retryAt });
    await search(sim);
    sim.calls.length = 0;
    expect(sim.monitor.view("kitsu")).toMatchObject({
      state: "RATE_LIMITED",
      hold: { kind: "throttled", until: retryAt },
      next: { kind: "release", at: retryAt },
    });
    await sim.time.advance(HOUR_MS);
    expect(sim.calls).toEqual([]);
    sim.outcomes.clear();
    await sim.time.advance(HOUR_MS);
    expect(sim.calls).toHaveLength(1);
    expect(sim.monitor.view("kitsu").state).toBe("ACTIVE");
  });
});

describe("transitions", () => {
  it("are told when they happen, not at the next call", async () => {
    const sim = createMonitorSim({ settings: { checksEnabled: false } });
    await sim.monitor.start(sim.call);
    sim.outcomes.set("kitsu", { class: "http_5xx" });
    await searchTimes(sim, 5);
    expect(sim.decisions.map(({ to }) => to)).toEqual(["DOWN", "OPEN"]);
    await sim.time.advance(30_000);
    expect(sim.decisions.at(-1)).toMatchObject({ from: "OPEN", to: "HALF_OPEN", rule: "circuit.recovery_timeout" });
  });

  it("lead to automatic disabling, which is logged and shown", async () => {
    const sim = createMonitorSim({ providers: [buildProvider(), buildProvider({ id: "other" })] });
    await sim.monitor.start(sim.call);
    sim.outcomes.set("kitsu", { class: "timeout", message: "no answer" });
    await sim.time.advance(22 * MINUTE_MS);
    const view = sim.monitor.view("kitsu");
    expect(view).toMatchObject({ state: "AUTO_DISABLED", status: "DOWN", autoDisabled: true, healthy: false });
    expect(view.disabledUntil).toBeGreaterThan(sim.time.clock());
    expect(view.why).toMatch(/^Kitsu is resting until .*failures in a row, the last a timeout/);
    expect(sim.logs.some(({ event, provider }) => event === "provider.auto_disabled" && provider === "kitsu")).toBe(
      true,
    );
  });

  it("never disable more than half, nor the last one", async () => {
    const providers = ["a", "b", "c", "d", "e"].map((id) => buildProvider({ id }));
    const sim = createMonitorSim({ providers });
    for (const { id } of providers) sim.outcomes.set(id, { class: "http_5xx" });
    await sim.monitor.start(sim.call);
    await sim.time.advance(25 * MINUTE_MS);
    const disabled = providers.filter(({ id }) => sim.monitor.view(id).autoDisabled);
    expect(disabled).toHaveLength(2);
    expect(sim.decisions.filter(({ rule }) => rule === "auto_disable.withheld_share")).toHaveLength(3);
  });
});

describe("a person's test", () => {
  it("passes a hold, and lifts one of credentials", async () => {
    const sim = createMonitorSim();
    sim.outcomes.set("kitsu", { class: "auth" });
    await sim.monitor.start(sim.call);
    await sim.time.advance(2 * MINUTE_MS);
    expect(sim.monitor.view("kitsu")).toMatchObject({ state: "MISCONFIGURED", hold: { kind: "auth", until: null } });
    sim.outcomes.clear();
    const test = sim.monitor.test("kitsu");
    await sim.time.advance(100);
    expect(await test).toEqual({ healthy: true, responseTimeMs: 100, error: null });
    expect(sim.monitor.view("kitsu").state).toBe("ACTIVE");
  });

  it("is one for all who ask at the same time, and shows TESTING meanwhile", async () => {
    const sim = createMonitorSim();
    await sim.monitor.start(sim.call);
    await sim.time.advance(1000);
    sim.calls.length = 0;
    const tests = [sim.monitor.test("kitsu"), sim.monitor.test("kitsu")];
    await sim.time.advance(50);
    expect(sim.monitor.view("kitsu")).toMatchObject({ status: "TESTING", healthy: false });
    await sim.time.advance(50);
    await Promise.all(tests);
    expect(sim.calls).toHaveLength(1);
    expect(sim.monitor.view("kitsu").status).toBe("ACTIVE");
  });

  it("is let through once in 30 s for users", async () => {
    const sim = createMonitorSim();
    await sim.monitor.start(sim.call);
    await sim.time.advance(1000);
    const first = sim.monitor.test("kitsu", { paced: true });
    await sim.time.advance(100);
    await first;
    await expect(sim.monitor.test("kitsu", { paced: true })).rejects.toMatchObject({
      code: "too_many_requests",
      retryAfterSeconds: 30,
    });
    await sim.time.advance(30_000);
    const again = sim.monitor.test("kitsu", { paced: true });
    await sim.time.advance(100);
    expect((await again).healthy).toBe(true);
  });

  it("says why when it fails or cannot be made", async () => {
    const sim = createMonitorSim({ providers: [buildProvider(), buildProvider({ id: "off", enabled: false })] });
    sim.outcomes.set("kitsu", { class: "tls", message: "the certificate has expired" });
    await sim.monitor.start(sim.call);
    await sim.time.advance(1000);
    const failed = sim.monitor.test("kitsu");
    await sim.time.advance(100);
    expect((await failed).error).toEqual({ class: "tls", message: "the certificate has expired" });
    expect((await sim.monitor.test("off")).error).toMatchObject({ class: "disabled" });
  });

  it("of the failed ones leaves the others alone", async () => {
    const sim = createMonitorSim({ providers: ["a", "b"].map((id) => buildProvider({ id })) });
    sim.outcomes.set("b", { class: "timeout" });
    await sim.monitor.start(sim.call);
    await sim.time.advance(1000);
    const failed = sim.monitor.testAll("failed");
    await sim.time.advance(1000);
    expect((await failed).map(({ id }) => id)).toEqual(["b"]);
    const all = sim.monitor.testAll();
    await sim.time.advance(1000);
    expect((await all).map(({ id, healthy }) => [id, healthy])).toEqual([
      ["a", true],
      ["b", false],
    ]);
  });
});

describe("settings", () => {
  it("that enable a disabled provider put it back in use and check it at once, naming who did it", async () => {
    const providers = [buildProvider(), buildProvider({ id: "other" })];
    const sim = createMonitorSim({ providers });
    sim.outcomes.set("kitsu", { class: "http_5xx" });
    await sim.monitor.start(sim.call);
    await sim.time.advance(22 * MINUTE_MS);
    expect(sim.monitor.view("kitsu").autoDisabled).toBe(true);
    sim.calls.length = 0;
    sim.outcomes.clear();
    await sim.monitor.enable("kitsu", "admin@example.org");
    expect(sim.monitor.view("kitsu")).toMatchObject({ autoDisabled: false, circuit: { state: "HALF_OPEN" } });
    await sim.time.advance(1100);
    expect(sim.calls).toHaveLength(1);
    expect(sim.decisions.find(({ rule }) => rule === "circuit.admin")?.actor).toBe("admin@example.org");
    expect(sim.logs.some(({ event }) => event === "provider.enabled")).toBe(true);
  });

  it("switch a provider off and on again", async () => {
    const sim = createMonitorSim();
    await sim.monitor.start(sim.call);
    await sim.time.advance(1000);
    await sim.monitor.disable("kitsu", "admin@example.org");
    expect(sim.monitor.view("kitsu")).toMatchObject({ state: "DISABLED", status: "UNKNOWN" });
    expect(await search(sim)).toMatchObject({ kind: "rejected", admission: { gate: "disabled" } });
    sim.calls.length = 0;
    await sim.time.advance(2 * HOUR_MS);
    expect(sim.calls).toEqual([]);
    await sim.monitor.enable("kitsu", "admin@example.org");
    await sim.time.advance(1100);
    expect(sim.monitor.view("kitsu").status).toBe("ACTIVE");
  });

  it("with another address lift a hold of credentials and check at once", async () => {
    const sim = createMonitorSim();
    sim.outcomes.set("kitsu", { class: "config" });
    await sim.monitor.start(sim.call);
    await sim.time.advance(2 * MINUTE_MS);
    expect(sim.monitor.view("kitsu").state).toBe("MISCONFIGURED");
    sim.outcomes.clear();
    await sim.monitor.change("kitsu", { base_url: "https://elsewhere.example" }, "admin@example.org");
    await sim.time.advance(1100);
    expect(sim.monitor.view("kitsu").state).toBe("ACTIVE");
  });

  it("of the instance hold from the moment they change, for what happened before as well", async () => {
    const settings = { checkIntervalMs: 60_000, thresholds: { ...THRESHOLDS } };
    const sim = createMonitorSim({ settings, providers: [buildProvider({ checkInterval: null })] });
    await sim.monitor.start(sim.call);
    await sim.time.advance(1000);
    sim.outcomes.set("kitsu", { class: "http_5xx" });
    await searchTimes(sim, 2);
    expect(sim.monitor.view("kitsu").state).toBe("ACTIVE");
    settings.thresholds.maxConsecutiveFailures = 2;
    sim.monitor.applySettings();
    expect(sim.decisions.at(-1)).toMatchObject({ to: "DOWN", thresholds: { maxConsecutiveFailures: 2 } });
    settings.thresholds.circuitFailureThreshold = 3;
    await searchTimes(sim, 1);
    expect(sim.monitor.view("kitsu").circuit.state).toBe("OPEN");
  });

  it("forget a provider that is removed", async () => {
    const sim = createMonitorSim({ providers: ["a", "b"].map((id) => buildProvider({ id })) });
    await sim.monitor.start(sim.call);
    await sim.time.advance(6000);
    sim.catalog.remove("b");
    sim.calls.length = 0;
    await sim.time.advance(3 * HOUR_MS);
    expect(sim.calls.some(({ providerId }) => providerId === "b")).toBe(false);
  });
});

describe("memory", () => {
  it("survives a restart: circuit, figures and windows", async () => {
    const before = createMonitorSim();
    await before.monitor.start(before.call);
    await before.time.advance(1000);
    await searchTimes(before, 2);
    before.outcomes.set("kitsu", { class: "http_5xx" });
    await searchTimes(before, 5);
    await before.monitor.stop();
    const stored = {
      states: before.batches.flatMap(({ states }) => states).slice(-1),
      stats: before.batches.flatMap(({ stats }) => stats).slice(-1),
      recentSamples: before.batches.flatMap(({ samples }) => samples),
    };
    const after = createMonitorSim({ stored, time: before.time });
    await after.monitor.start(after.call);
    const [old, now] = [before.monitor.view("kitsu"), after.monitor.view("kitsu")];
    expect(now.circuit).toEqual(old.circuit);
    expect(now.state).toBe("DOWN");
    expect(now.figures.totalSearches).toBe(7);
    expect(now.figures.windows).toEqual(old.figures.windows);
    expect(now.figures.avgResponseTimeMs).toBe(old.figures.avgResponseTimeMs);
  });

  it("goes on when the database cannot be written", async () => {
    const sim = createMonitorSim({ store: { save: async () => Promise.reject(new Error("disk full")) } });
    await sim.monitor.start(sim.call);
    await sim.time.advance(HOUR_MS);
    expect(await search(sim)).toMatchObject({ ok: true });
    expect(sim.logs.filter(({ event }) => event === "history.not_written")).toHaveLength(1);
  });

  it("ends checks under way when it stops, and blames nobody", async () => {
    const sim = createMonitorSim({ lastsMs: 10_000 });
    await sim.monitor.start(sim.call);
    await sim.time.advance(100);
    await sim.monitor.stop();
    const samples = sim.batches.flatMap(({ samples }) => samples);
    expect(samples.map((sample) => sample.class)).toEqual(["cancelled"]);
    expect(sim.monitor.view("kitsu").figures.consecutiveFailures).toBe(0);
  });

  it("counts cached answers, which are no samples", async () => {
    const sim = createMonitorSim();
    await sim.monitor.start(sim.call);
    sim.monitor.countCacheHit("kitsu");
    expect(sim.monitor.view("kitsu").figures).toMatchObject({ cacheHits: 1, totalSearches: 0 });
  });
});

describe("those who watch the monitor", () => {
  it("learn of each check: how late it began and how it ended", async () => {
    const events: CheckEvent[] = [];
    const providers = ["a", "b", "down"].map((id) => buildProvider({ id, config: { baseUrl: "https://one.example" } }));
    const sim = createMonitorSim({ providers, lastsMs: 1000, hooks: { onCheck: (event) => events.push(event) } });
    sim.outcomes.set("down", { class: "timeout" });
    await sim.monitor.start(sim.call);
    await sim.time.advance(600);
    // One host: the second and third wait for the first.
    expect(sim.monitor.queue()).toEqual({ waiting: 2, active: 1, failed: 0 });
    await sim.time.advance(3000);
    expect(sim.monitor.queue()).toEqual({ waiting: 0, active: 0, failed: 0 });
    expect(events).toEqual([
      { phase: "begun", lagMs: 0 },
      { phase: "ended", outcome: "ok" },
      { phase: "begun", lagMs: 750 },
      { phase: "ended", outcome: "ok" },
      { phase: "begun", lagMs: 1500 },
      { phase: "ended", outcome: "failed" },
    ]);
  });

  it("see it tick, and each write that failed", async () => {
    const ticks: number[] = [];
    let failures = 0;
    const sim = createMonitorSim({
      store: { save: async () => Promise.reject(new Error("disk full")) },
      hooks: { onTick: (at) => ticks.push(at), onPersistFailure: () => void failures++ },
    });
    const begun = sim.time.clock();
    await sim.monitor.start(sim.call);
    await sim.time.advance(MINUTE_MS);
    expect(ticks.map((at) => at - begun)).toEqual([0, 15_000, 30_000, 45_000, 60_000]);
    expect(failures).toBeGreaterThan(1);
  });
});
