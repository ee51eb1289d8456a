import { describe, expect, it } from "vitest";
import type { ProviderStatus } from "@/lib/health/health-view";
import { isLost, toHealthFilter } from "./health-filter";

const NOW = Date.UTC(2026, 10, 22, 13, 0);
const HOUR_MS = 3_600_000;
const provider = (id: string, status: ProviderStatus, unwellHours: number | null = null) => ({
  id,
  status,
  unwellSince: unwellHours === null ? null : NOW - unwellHours * HOUR_MS,
});

describe("what needs attention", () => {
  it("is what has no provider that was well within the last day", () => {
    const providers = [
      provider("well", "ACTIVE"),
      provider("down-for-an-hour", "DOWN", 1),
      provider("down-for-a-day", "DOWN", 24),
      provider("never-checked", "UNKNOWN"),
    ];
    expect(toHealthFilter("needs_attention", { providers, now: NOW })).toEqual({
      withSourceAt: [],
      withoutSourceAt: ["well", "down-for-an-hour", "never-checked"],
    });
  });

  it("does not end for the moment in which a lost provider is being tested", () => {
    expect(isLost(provider("kitsu", "TESTING", 30), NOW)).toBe(true);
  });

  it("begins only when the day is over", () => {
    expect(isLost({ unwellSince: NOW - 24 * HOUR_MS + 1 }, NOW)).toBe(false);
    expect(isLost({ unwellSince: NOW - 24 * HOUR_MS }, NOW)).toBe(true);
    expect(isLost({ unwellSince: null }, NOW)).toBe(false);
  });
});

it("keeps the other words of the filter to the status of now", () => {
  const providers = [provider("a", "ACTIVE"), provider("b", "DOWN", 1)];
  expect(toHealthFilter("DOWN", { providers, now: NOW })).toEqual({ withSourceAt: [["b"]], withoutSourceAt: null });
  expect(toHealthFilter(null, { providers, now: NOW })).toEqual({ withSourceAt: [], withoutSourceAt: null });
});
