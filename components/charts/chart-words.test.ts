import { describe, expect, it } from "vitest";
import type { ChartPoint } from "@/lib/health/chart-points";
import { isSuccess, OUTCOME_CLASSES } from "@/lib/providers/outcome";
import {
  failureLegend,
  failuresText,
  failureWords,
  formatRate,
  latencyWords,
  rateWords,
  uptimeWords,
} from "./chart-words";
import { FAILURE_FAMILIES } from "./failure-families";

const NOON = Date.UTC(2026, 10, 22, 12);
const HOUR_MS = 3_600_000;
const zone = { timeZone: "UTC", now: NOON };
const plain = (text: string) => text.replaceAll("\u202f", " ");

function buildPoint(given: Partial<ChartPoint> = {}): ChartPoint {
  const nothing = { samples: 0, p50Ms: null, p95Ms: null, p99Ms: null, perMinute: null };
  return { at: NOON, ...nothing, failures: null, uptime: null, knownMs: 0, ...given };
}

describe("what the charts say in words", () => {
  const gap = buildPoint();

  it("says that nothing is known, and no number", () => {
    expect(latencyWords([gap], zone)).toBe("No call succeeded in this time.");
    expect(failureWords([gap])).toBe("There was no call in this time.");
    expect(uptimeWords([gap], HOUR_MS)).toBe("Nothing is known of this time.");
    expect(rateWords([gap])).toBe("Nothing is known of this time.");
  });

  it("names the newest, lowest and highest p95, and when it was highest", () => {
    const points = [
      gap,
      buildPoint({ p95Ms: 180 }),
      buildPoint({ at: NOON - HOUR_MS, p95Ms: 2310 }),
      buildPoint({ p95Ms: 410 }),
      gap,
    ];
    expect(plain(latencyWords(points, zone))).toBe(
      "One call in twenty took longer than 410 ms lately; over this time between 180 ms and 2 310 ms, slowest at 11:00.",
    );
  });

  it("names the most frequent failures first", () => {
    const points = [
      buildPoint({ samples: 100, failures: { timeout: 2, dns: 3 } }),
      buildPoint({ samples: 20, failures: { network: 1, quota: 1, internal: 1 } }),
    ];
    expect(plain(failureWords(points))).toBe(
      "8 of 120 calls did not succeed: no connection 4, timeouts 2 and asked for fewer calls 1 and others.",
    );
    expect(failureWords([buildPoint({ samples: 7, failures: {} })])).toBe("All 7 calls succeeded.");
  });

  it("weighs uptime by what is known", () => {
    const points = [buildPoint({ uptime: 1, knownMs: HOUR_MS }), buildPoint({ uptime: 0, knownMs: HOUR_MS / 3 }), gap];
    expect(plain(uptimeWords(points, 2 * HOUR_MS))).toBe("Up 75.00 % of the known time, which is 66 % of all.");
  });

  it("says the mean and the highest rate", () => {
    expect(rateWords([buildPoint({ perMinute: 0.25 }), gap, buildPoint({ perMinute: 20 })])).toBe(
      "On average 10 a minute, at most 20.",
    );
    expect(formatRate(0)).toBe("0");
  });
});

describe("failure families", () => {
  it("hold each class that is no success and counts somewhere exactly once", () => {
    const all = FAILURE_FAMILIES.flatMap(({ classes }) => [...classes]);
    const wanted = OUTCOME_CLASSES.filter((name) => !isSuccess(name) && name !== "client" && name !== "cancelled");
    expect([...all].sort()).toEqual([...wanted].sort());
    expect(new Set(FAILURE_FAMILIES.map(({ color }) => color)).size).toBe(FAILURE_FAMILIES.length);
  });

  it("are told in the legend with the number of each class, and only where they occur", () => {
    const legend = failureLegend([
      buildPoint({ failures: { dns: 2, network: 1 } }),
      buildPoint({ failures: { dns: 1 } }),
    ]);
    expect(legend.map(({ family, text }) => [family.name, text])).toEqual([["No connection", "network 1, dns 3"]]);
  });

  it("tell nothing, none and some apart", () => {
    expect(failuresText(null)).toBe("–");
    expect(failuresText({})).toBe("none");
    expect(failuresText({ tls: 1, timeout: 2 })).toBe("timeout 2, tls 1");
  });
});
