import { describe, expect, it } from "vitest";
import type { ProviderFigures, ProviderState, WindowStats } from "@/lib/health/health-view";
import type { Outcome } from "./outcomes";
import { type ProviderFacts, toProviderSignals } from "./provider-signals";

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;

const EMPTY: WindowStats = {
  samples: 0,
  requestsPerMinute: 0,
  errorRate: null,
  p50Ms: null,
  p95Ms: null,
  p99Ms: null,
  classes: {},
};

function outcomes(text: string): Outcome[] {
  return [...text].map((sign, index) => ({ at: NOW - (text.length - index) * 1000, failed: sign === "x" }));
}

interface Given {
  state?: ProviderState;
  newest?: string;
  m5?: Partial<WindowStats>;
  trend?: ProviderFigures["trend"];
  stateSince?: number;
  tlsLeftMs?: number | null;
}

function judge(rule: string, given: Given) {
  const { state = "ACTIVE", newest = "..", m5 = {}, trend = { latency: "stable", errors: "stable" } } = given;
  // Safe because the rules read no more of the figures than this.
  const figures = {
    consecutiveFailures: 3,
    stateSince: given.stateSince ?? NOW,
    windows: { m1: EMPTY, m5: { ...EMPTY, ...m5 }, m15: EMPTY },
    trend,
  } as ProviderFigures;
  const facts: ProviderFacts = {
    id: "kitsu",
    name: "Kitsu",
    origin: "https://kitsu.example",
    state,
    health: { disabledUntil: NOW + 30 * MINUTE_MS, lastError: { class: "timeout", message: "raw words" }, figures },
    thresholds: { errorWarningPercent: 50, latencyWarningMs: 2000 },
    errorCriticalPercent: 80,
    outcomes: outcomes(newest),
    tlsExpiresAt: given.tlsLeftMs == null ? null : NOW + given.tlsLeftMs,
    now: NOW,
  };
  const signal = toProviderSignals(facts).find((one) => one.rule === rule);
  if (!signal) throw new Error(`no signal of ${rule}`);
  return signal;
}

describe("what the rules make of a provider", () => {
  it.each<[string, Given, string]>([
    ["ProviderDown", { state: "DOWN" }, "active"],
    ["ProviderDown", { state: "AUTO_DISABLED" }, "active"],
    ["ProviderDown", { state: "ACTIVE", newest: "xxx." }, "held"],
    ["ProviderDown", { state: "ACTIVE", newest: "xxx.." }, "clear"],
    ["ProviderDown", { state: "RATE_LIMITED", newest: "xxx.." }, "held"],
    ["ProviderDown", { state: "UNKNOWN" }, "held"],
    ["ProviderDown", { state: "DISABLED", newest: "xxx" }, "clear"],
    ["ProviderDown", { newest: "", stateSince: NOW - 9 * MINUTE_MS }, "held"],
    ["ProviderDown", { newest: "", stateSince: NOW - 10 * MINUTE_MS }, "clear"],
    ["ProviderAutoDisabled", { state: "AUTO_DISABLED" }, "active"],
    ["ProviderAutoDisabled", { state: "DOWN" }, "held"],
    ["ProviderMisconfigured", { state: "MISCONFIGURED" }, "active"],
    ["ProviderMisconfigured", { state: "DISABLED" }, "clear"],
    ["ProviderErrorRateWarning", { m5: { classes: { ok: 5, timeout: 5 } }, newest: ".x" }, "active"],
    ["ProviderErrorRateWarning", { m5: { classes: { ok: 6, timeout: 4 } }, newest: "xxxx.." }, "held"],
    ["ProviderErrorRateCritical", { m5: { classes: { ok: 2, timeout: 8 } }, newest: "xx" }, "active"],
    ["ProviderErrorRateCritical", { m5: { classes: { ok: 3, timeout: 7 } }, newest: "xx" }, "held"],
    ["ProviderSlow", { m5: { samples: 5, classes: { ok: 5 }, p95Ms: 2001 } }, "active"],
    ["ProviderSlow", { m5: { samples: 4, classes: { ok: 4 }, p95Ms: 2001 } }, "held"],
    ["ProviderSlow", { m5: { samples: 5, classes: { ok: 5 }, p95Ms: 1600 } }, "held"],
    ["ProviderSlow", { m5: { samples: 5, classes: { ok: 5 }, p95Ms: 1599 } }, "clear"],
    ["ProviderSlow", {}, "held"],
    ["TrendDegrading", { trend: { latency: "degrading", errors: "stable" } }, "active"],
    ["TrendDegrading", { trend: { latency: "stable", errors: "improving" } }, "clear"],
    ["TrendDegrading", { trend: { latency: "unknown", errors: "unknown" } }, "held"],
    ["TlsExpiring", { tlsLeftMs: 22 * DAY_MS }, "clear"],
    ["TlsExpiring", { tlsLeftMs: 21 * DAY_MS }, "active"],
    ["TlsExpiring", { tlsLeftMs: null }, "held"],
  ])("%s, %j: %s", (rule, given, verdict) => {
    expect(judge(rule, given).verdict).toBe(verdict);
  });

  it("takes a certificate of three days for critical, and speaks of its host", () => {
    expect(judge("TlsExpiring", { tlsLeftMs: 4 * DAY_MS })).toMatchObject({
      severity: "warning",
      subject: "https://kitsu.example",
    });
    expect(judge("TlsExpiring", { tlsLeftMs: 3 * DAY_MS })).toMatchObject({ severity: "critical" });
  });

  it("says what is wrong in plain words, and not in the provider's own", () => {
    const { text } = judge("ProviderDown", { state: "DOWN" });
    expect(text).toBe("Kitsu is down: 3 failures in a row, the last a timeout.");
    expect(judge("ProviderAutoDisabled", { state: "AUTO_DISABLED" }).text).toContain("22 Nov 2026, 12:30 UTC");
    expect(judge("ProviderDown", { state: "DISABLED" }).endText).toBe("Kitsu is switched off.");
  });
});
