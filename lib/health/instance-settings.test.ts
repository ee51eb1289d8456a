import { describe, expect, it, vi } from "vitest";
import { parseEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { toHealthSettings } from "./health-settings";
import { createInstanceSettings, type InstanceSettingsStore } from "./instance-settings";

function memoryStore(rows: Record<string, string> = {}): InstanceSettingsStore & { rows: Map<string, string> } {
  const stored = new Map(Object.entries(rows));
  return {
    rows: stored,
    list: async () => stored,
    async save(changes) {
      for (const [name, value] of changes) {
        if (value === null) stored.delete(name);
        else stored.set(name, value);
      }
    },
  };
}

const build = (variables: Record<string, string> = {}, store = memoryStore()) =>
  createInstanceSettings({ env: parseEnv(variables), store });

describe("the instance's settings", () => {
  it("are the defaults while nobody sets anything", async () => {
    const settings = await build();
    expect(settings.health()).toEqual(toHealthSettings(parseEnv({})));
    expect(settings.values()).toMatchObject({
      max_consecutive_failures: 3,
      circuit_failure_threshold: 5,
      circuit_recovery_timeout_ms: 30_000,
      circuit_success_threshold: 3,
      timeout_ms: 10_000,
      circuit_window: 20,
      circuit_min_requests: 10,
      auto_disable_cooldown_minutes: 30,
      max_auto_disabled_percent: 50,
      probe_intervals_seconds: [30, 30, 60, 60, 120, 240],
      health_check_interval_seconds: 30,
      health_degradation_warning_threshold: 50,
      health_degradation_critical_threshold: 80,
      health_latency_warning_ms: 2000,
    });
    expect(settings.locked).toEqual([]);
  });

  it("hold at once, are told, and outlive the process", async () => {
    const store = memoryStore();
    const settings = await build({}, store);
    const told = vi.fn();
    settings.onChange(told);
    await settings.change({ circuit_recovery_timeout_ms: 1500, probe_intervals_seconds: [5, 10] });
    expect(told).toHaveBeenCalledOnce();
    for (const one of [settings, await build({}, store)]) {
      expect(one.health().thresholds.circuitRecoveryTimeoutMs).toBe(1500);
      expect(one.health().probeIntervalsMs).toEqual([5000, 10_000]);
      expect(one.values().circuit_recovery_timeout_ms).toBe(1500);
    }
  });

  it("go back to their default with null", async () => {
    const store = memoryStore({ max_consecutive_failures: "7" });
    const settings = await build({}, store);
    expect(settings.values().max_consecutive_failures).toBe(7);
    await settings.change({ max_consecutive_failures: null });
    expect(settings.values().max_consecutive_failures).toBe(3);
    expect(store.rows.size).toBe(0);
  });

  it("yield to the environment, which also refuses to be changed, by name", async () => {
    const store = memoryStore({ circuit_failure_threshold: "9" });
    const settings = await build({ CIRCUIT_BREAKER_FAILURE_THRESHOLD: "5" }, store);
    expect(settings.values().circuit_failure_threshold).toBe(5);
    expect(settings.locked).toEqual(["circuit_failure_threshold"]);
    const refused = settings.change({ circuit_failure_threshold: 6, circuit_window: 30 });
    await expect(refused).rejects.toMatchObject({
      code: "conflict",
      errors: [{ pointer: "/circuit_failure_threshold", code: "locked" }],
    });
    expect(settings.values().circuit_window).toBe(20);
  });

  it("refuse values that do not go together, naming what was changed", async () => {
    const settings = await build();
    const refused = settings.change({ health_degradation_critical_threshold: 40 });
    await expect(refused).rejects.toBeInstanceOf(AppError);
    await expect(refused).rejects.toMatchObject({ errors: [{ pointer: "/health_degradation_critical_threshold" }] });
    await settings.change({ health_degradation_critical_threshold: 40, health_degradation_warning_threshold: 30 });
    expect(settings.health().errorCriticalPercent).toBe(40);
  });

  it("take a stored value that no longer fits for none", async () => {
    const store = memoryStore({ max_consecutive_failures: "900", circuit_window: "many", colour: '"red"' });
    expect((await build({}, store)).values()).toEqual((await build()).values());
  });

  it("do not change when they cannot be stored", async () => {
    const store = { ...memoryStore(), save: () => Promise.reject(new Error("disk full")) };
    const settings = await createInstanceSettings({ env: parseEnv({}), store });
    await expect(settings.change({ circuit_window: 30 })).rejects.toThrow("disk full");
    expect(settings.values().circuit_window).toBe(20);
  });
});
