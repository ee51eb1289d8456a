import { expect, it } from "vitest";
import { THRESHOLDS } from "@/lib/health/engine/testing/provider-sim";
import { buildProvider } from "@/lib/health/testing/monitor-sim";
import { readTriedThresholds } from "./tried-thresholds";

const plain = buildProvider();
const provider = { ...plain, thresholds: { ...plain.thresholds, maxConsecutiveFailures: 6, circuitWindow: 40 } };

it("lays the patch over the provider's own, and that over the instance's", () => {
  const tried = readTriedThresholds(provider, THRESHOLDS, {
    max_consecutive_failures: null,
    auto_disable_cooldown_minutes: 10,
  });
  expect(tried).toEqual({ ...THRESHOLDS, circuitWindow: 40, autoDisableCooldownMs: 600_000 });
});

it("refuses thresholds that do not go together, with the field that says so", () => {
  expect(() => readTriedThresholds(provider, THRESHOLDS, { circuit_min_requests: 41 })).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ pointer: "/circuit_min_requests" })] }),
  );
});
