import { toSummary } from "@/lib/health/summary";
import type { LiveAlert, LiveRow, LiveSnapshot, LiveTransition } from "../live-message";

const WINDOW = { samples: 0, requests_per_minute: 0, error_rate: null, p50_ms: null, p95_ms: null, p99_ms: null };
const UPTIME = { ratio: null, coverage: 0 };

/** A provider that is well and of which little is known. */
export function buildRow(given: Partial<LiveRow> & { id: string }): LiveRow {
  const { id } = given;
  return {
    provider_id: id,
    provider_name: id === "kitsu" ? "Kitsu" : id,
    provider_url: `https://${id}.example`,
    status: "ACTIVE",
    state: "ACTIVE",
    last_check: null,
    response_time: null,
    error_message: null,
    consecutive_failures: 0,
    total_checks: 0,
    successful_checks: 0,
    uptime_percentage: null,
    is_enabled: true,
    check_interval: 60,
    max_consecutive_failures: 3,
    stats: {
      total_searches: 0,
      successful_searches: 0,
      failed_searches: 0,
      success_rate: null,
      avg_score: null,
      avg_response_time_ms: null,
      last_response_time_ms: null,
      successful_downloads: 0,
      failed_downloads: 0,
      cache_hits: 0,
      consecutive_failures: 0,
      last_success_at: null,
      last_failure_at: null,
      total_checks: 0,
      successful_checks: 0,
      auto_disabled: false,
      disabled_until: null,
      windows: { m1: { ...WINDOW, classes: {} }, m5: { ...WINDOW, classes: {} }, m15: { ...WINDOW, classes: {} } },
      uptime: { h24: UPTIME, d7: UPTIME, d30: UPTIME },
      uptime_percentage: null,
      trend: { latency: "unknown", errors: "unknown" },
      up_since: null,
      state_since: null,
    },
    circuit: {
      state: "CLOSED",
      until: null,
      opened_at: null,
      generation: 0,
      trial_successes: 0,
      success_threshold: 3,
      opened_by: null,
    },
    hold: null,
    auto_disabled: false,
    disabled_until: null,
    why: null,
    next: null,
    ...given,
  };
}

export function buildSnapshot(rows: readonly LiveRow[], at = "2026-11-22T12:00:00.000Z"): LiveSnapshot {
  return {
    at,
    self_online: true,
    summary: toSummary(rows.map(({ state }) => state)),
    circuits: { closed: rows.length, open: 0, half_open: 0 },
    providers: [...rows],
  };
}

export function buildTransition(given: Partial<LiveTransition> = {}): LiveTransition {
  return {
    id: 2,
    at: "2026-11-22T12:00:00.000Z",
    provider_id: "kitsu",
    from: "ACTIVE",
    to: "DOWN",
    rule: "down.consecutive_failures",
    evidence: {
      consecutive_failures: 3,
      first_failure_at: null,
      generation: 0,
      recent: { samples: 3, failed: 3 },
      last_error: null,
      trial_successes: 0,
      auto_disable_level: 0,
    },
    thresholds: {},
    until: null,
    next: null,
    actor: null,
    text: "Kitsu is down: 3 failures in a row.",
    ...given,
  };
}

export function buildAlert(given: Partial<LiveAlert> = {}): LiveAlert {
  return {
    id: "1",
    fingerprint: "ProviderDown:kitsu",
    rule: "ProviderDown",
    severity: "critical",
    provider_id: "kitsu",
    state: "firing",
    started_at: "2026-11-22T12:00:00.000Z",
    resolved_at: null,
    acknowledged_by: null,
    snoozed_until: null,
    text: "Kitsu is down.",
    ...given,
  };
}
