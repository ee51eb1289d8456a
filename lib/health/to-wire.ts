import type { z } from "zod";
import type { StoredSample } from "@/lib/db/samples";
import { maskAddress } from "@/lib/providers/address-keys";
import { toRatePerSecond } from "@/lib/providers/configure";
import { isSuccess } from "@/lib/providers/outcome";
import type { ConfigField, Operation, Provider, ProviderAdapter } from "@/lib/providers/provider";
import { CHECK_INTERVALS } from "@/lib/providers/provider-patch";
import type { TestResult } from "./check-run";
import type { DailyCount } from "./daily-counts";
import { describeFailure } from "./engine/explain";
import type { Thresholds } from "./engine/types";
import type { ProviderHealth, UptimeShare, WindowStats } from "./health-view";
import type {
  adapterSchema,
  dailyRowSchema,
  providerDetailSchema,
  providerHealthSchema,
  providerInfoSchema,
  providerStatusSchema,
  sampleSchema,
  statsSchema,
  testResultSchema,
} from "./wire";

const MINUTE_MS = 60_000;

/** All that is known of one provider, from which every answer is made. */
export interface KnownProvider {
  provider: Provider;
  health: ProviderHealth;
  thresholds: Thresholds;
  /** Admins see whole addresses (but for a key in them), settings and the provider's own error texts. */
  isAdmin: boolean;
}

export function toInfo({ provider, health, isAdmin }: KnownProvider): z.infer<typeof providerInfoSchema> {
  return {
    id: provider.id,
    name: provider.name,
    kind: provider.adapter.kind,
    adapter: provider.adapter.id,
    url: isAdmin ? maskAddress(provider.config.baseUrl) || null : toOrigin(provider),
    enabled: provider.enabled,
    initialized: provider.initialized,
    healthy: health.healthy,
    status: health.status,
    state: health.state,
    message: provider.message,
    priority: provider.priority,
    downloads: health.figures.successfulDownloads,
    config_fields: provider.adapter.configFields.map((field) => toConfigField(field, isAdmin ? provider : null)),
    stats: toStats(health),
    capabilities: capabilitiesOf(provider.adapter),
  };
}

export function toStatusRow(known: KnownProvider): z.infer<typeof providerStatusSchema> {
  const { provider, health, thresholds, isAdmin } = known;
  const { figures, circuit, lastCheck } = health;
  return {
    id: provider.id,
    provider_id: provider.id,
    provider_name: provider.name,
    provider_url: isAdmin ? maskAddress(provider.config.baseUrl) || null : toOrigin(provider),
    status: health.status,
    state: health.state,
    last_check: toInstant(figures.lastCheckAt),
    response_time: lastCheck && Math.round(lastCheck.durationMs),
    error_message: toErrorMessage(known),
    consecutive_failures: figures.consecutiveFailures,
    total_checks: figures.totalChecks,
    successful_checks: figures.successfulChecks,
    uptime_percentage: toPercentage(figures.uptime.h24.ratio),
    is_enabled: provider.enabled,
    check_interval: CHECK_INTERVALS.find((minutes) => minutes === provider.checkInterval) ?? null,
    max_consecutive_failures: thresholds.maxConsecutiveFailures,
    stats: toStats(health),
    circuit: {
      state: circuit.state,
      until: toInstant(circuit.until),
      opened_at: toInstant(circuit.openedAt),
      generation: circuit.generation,
      trial_successes: circuit.trialSuccesses,
      success_threshold: circuit.successThreshold,
      opened_by: circuit.openedBy,
    },
    hold: health.hold && { kind: health.hold.kind, until: toInstant(health.hold.until) },
    auto_disabled: health.autoDisabled,
    disabled_until: toInstant(health.disabledUntil),
    why: health.why,
    next: health.next && { kind: health.next.kind, at: new Date(health.next.at).toISOString() },
  };
}

export function toDetail(known: KnownProvider): z.infer<typeof providerDetailSchema> {
  const { provider, thresholds, isAdmin } = known;
  const all = { ...toInfo(known), ...toStatusRow(known) };
  if (!isAdmin) return all;
  return {
    ...all,
    settings: {
      timeout_ms: provider.timeoutMs,
      min_check_interval: provider.minCheckInterval,
      rate_per_second: toRatePerSecond(provider.rate),
      circuit_failure_threshold: thresholds.circuitFailureThreshold,
      circuit_recovery_timeout_ms: thresholds.circuitRecoveryTimeoutMs,
      circuit_success_threshold: thresholds.circuitSuccessThreshold,
      circuit_window: thresholds.circuitWindow,
      circuit_min_requests: thresholds.circuitMinRequests,
      auto_disable_cooldown_minutes: thresholds.autoDisableCooldownMs / MINUTE_MS,
      locked: [...provider.locked],
    },
  };
}

export function toHealthRow({ provider, health }: KnownProvider): z.infer<typeof providerHealthSchema> {
  const { figures } = health;
  return {
    id: provider.id,
    name: provider.name,
    healthy: health.healthy,
    state: health.state,
    success_rate: figures.successRate,
    avg_response_time_ms: toMs(figures.avgResponseTimeMs),
    last_response_time_ms: toMs(figures.lastResponseTimeMs),
    auto_disabled: health.autoDisabled,
    disabled_until: toInstant(health.disabledUntil),
    consecutive_failures: figures.consecutiveFailures,
  };
}

export function toStats({ figures, autoDisabled, disabledUntil }: ProviderHealth): z.infer<typeof statsSchema> {
  const { windows, uptime } = figures;
  return {
    total_searches: figures.totalSearches,
    successful_searches: figures.successfulSearches,
    failed_searches: figures.failedSearches,
    success_rate: figures.successRate,
    avg_score: figures.avgScore,
    avg_response_time_ms: toMs(figures.avgResponseTimeMs),
    last_response_time_ms: toMs(figures.lastResponseTimeMs),
    successful_downloads: figures.successfulDownloads,
    failed_downloads: figures.failedDownloads,
    cache_hits: figures.cacheHits,
    consecutive_failures: figures.consecutiveFailures,
    last_success_at: toInstant(figures.lastSuccessAt),
    last_failure_at: toInstant(figures.lastFailureAt),
    total_checks: figures.totalChecks,
    successful_checks: figures.successfulChecks,
    auto_disabled: autoDisabled,
    disabled_until: toInstant(disabledUntil),
    windows: { m1: toWindow(windows.m1), m5: toWindow(windows.m5), m15: toWindow(windows.m15) },
    uptime: { h24: toShare(uptime.h24), d7: toShare(uptime.d7), d30: toShare(uptime.d30) },
    uptime_percentage: toPercentage(uptime.h24.ratio),
    trend: { ...figures.trend },
    up_since: toInstant(figures.upSince),
    state_since: toInstant(figures.stateSince),
  };
}

function toWindow(window: WindowStats): z.infer<typeof statsSchema>["windows"]["m1"] {
  return {
    samples: window.samples,
    requests_per_minute: window.requestsPerMinute,
    error_rate: window.errorRate,
    p50_ms: toMs(window.p50Ms),
    p95_ms: toMs(window.p95Ms),
    p99_ms: toMs(window.p99Ms),
    classes: window.classes,
  };
}

/** To a thousandth of a percent; what is known of a span grows with every moment, and is not worth more than a thousandth. */
function toShare({ ratio, coverage }: UptimeShare): UptimeShare {
  return {
    ratio: ratio === null ? null : Math.round(ratio * 100_000) / 100_000,
    coverage: Math.round(coverage * 1000) / 1000,
  };
}

/** The last error while nothing good has come after it. */
function toErrorMessage({ health, isAdmin }: KnownProvider): string | null {
  const { lastError, figures } = health;
  if (!lastError || (figures.lastSuccessAt ?? 0) > (figures.lastFailureAt ?? 0)) return null;
  return isAdmin ? lastError.message : plainWords(lastError.class);
}

export function toTest(result: TestResult, isAdmin: boolean): z.infer<typeof testResultSchema> {
  const { healthy, responseTimeMs, error } = result;
  const message = error && (isAdmin || responseTimeMs === null ? error.message : plainWords(error.class));
  return {
    healthy,
    response_time: responseTimeMs === null ? null : Math.round(responseTimeMs),
    error: error && { class: error.class, message: message ?? "" },
  };
}

/** What happened, without the provider's own words. */
function plainWords(outcome: string): string {
  const known = describeFailure({ class: outcome, durationMs: null, httpStatus: null });
  return `It ended in ${known}.`;
}

export function toDailyRow(row: DailyCount): z.infer<typeof dailyRowSchema> {
  return {
    date: row.date,
    provider_id: row.providerId,
    success_count: row.successCount,
    failure_count: row.failureCount,
    avg_response_time: toMs(row.avgResponseTime),
  };
}

export function toSample(sample: StoredSample, isAdmin: boolean): z.infer<typeof sampleSchema> {
  const error = isSuccess(sample.class) ? null : isAdmin ? sample.error : plainWords(sample.class);
  return {
    at: new Date(sample.at).toISOString(),
    source: sample.source,
    operation: sample.operation,
    class: sample.class,
    duration_ms: sample.durationMs,
    http_status: sample.httpStatus,
    results: sample.results,
    error,
  };
}

export function toAdapter(adapter: ProviderAdapter): z.infer<typeof adapterSchema> {
  return {
    id: adapter.id,
    name: adapter.name,
    kind: adapter.kind,
    multi: adapter.multi,
    config_fields: adapter.configFields.map((field) => toConfigField(field, null)),
    capabilities: capabilitiesOf(adapter),
  };
}

/** `provider`: whose values to show beside the declaration; null shows none. */
function toConfigField(
  { key, label, type, required, secret, help }: ConfigField,
  provider: Provider | null,
): z.infer<typeof adapterSchema>["config_fields"][number] {
  const field = { key, label, type, required, secret, help };
  if (!provider) return field;
  const stored = (key === "base_url" ? maskAddress(provider.config.baseUrl) : provider.config[key]) || null;
  const locked = provider.locked.includes(key);
  return secret ? { ...field, set: stored !== null, locked } : { ...field, value: stored, locked };
}

const OPTIONAL_CAPABILITIES = ["canary", "search", "details", "cover", "download"] as const satisfies (Operation &
  keyof ProviderAdapter)[];

function capabilitiesOf(adapter: ProviderAdapter): Operation[] {
  return ["check", ...OPTIONAL_CAPABILITIES.filter((name) => adapter[name] !== undefined)];
}

function toOrigin({ config }: Provider): string | null {
  return URL.canParse(config.baseUrl) ? new URL(config.baseUrl).origin : null;
}

function toInstant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** Tenths are all that a stopwatch over a network is worth. */
function toMs(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10;
}

function toPercentage(ratio: number | null): number | null {
  return ratio === null ? null : Math.round(ratio * 10_000) / 100;
}
