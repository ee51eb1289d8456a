import { type CircuitState, PROVIDER_STATES } from "@/lib/health/health-view";
import { OUTCOME_CLASSES, type OutcomeClass } from "@/lib/providers/outcome";
import type { Series } from "./metric-definitions";
import type { ProviderGauges } from "./metric-sources";

export type MetricsDetail = "standard" | "full";

const CIRCUIT_VALUE = { CLOSED: 0, HALF_OPEN: 1, OPEN: 2 } satisfies Record<CircuitState, number>;
const CIRCUIT_STATES = Object.keys(CIRCUIT_VALUE);
const STATUSES = ["ok", "failed"];
const CALLERS = ["active", "passive"];
const GATES = ["disabled", "config", "hold", "circuit", "auto_disabled"];
const QUANTILES = [
  ["0.5", "p50Ms"],
  ["0.95", "p95Ms"],
  ["0.99", "p99Ms"],
] as const;
const WINDOWS = {
  standard: [["5m", "m5"]],
  full: [
    ["1m", "m1"],
    ["5m", "m5"],
    ["15m", "m15"],
  ],
} as const;
const UPTIMES = {
  standard: [["1d", "h24"]],
  full: [
    ["1d", "h24"],
    ["7d", "d7"],
    ["30d", "d30"],
  ],
} as const;
/** Classes whose counters exist before the first such call, so that a rate sees it. */
const STARTED_CLASSES = {
  standard: ["ok", "timeout", "network", "http_5xx"],
  full: OUTCOME_CLASSES,
} satisfies Record<MetricsDetail, readonly OutcomeClass[]>;

/** Series with no label but the provider. */
const PLAIN_SERIES = [
  "providerDuration",
  "providerUp",
  "providerEnabled",
  "providerAutoDisabled",
  "providerDisabledUntil",
  "providerBackoffLevel",
  "providerFailures",
  "providerLastCheck",
  "providerLastSuccess",
  "providerTlsExpiry",
  "autoDisables",
  "autoDisablesWithheld",
  "circuitState",
] as const satisfies readonly (keyof Series)[];

/** The counters of a provider, at zero. */
export function startProviderSeries(series: Series, provider: string, detail: MetricsDetail): void {
  for (const status of STATUSES) {
    series.providerSearches.inc({ provider, status }, 0);
    series.providerDownloads.inc({ provider, status }, 0);
  }
  for (const source of CALLERS) {
    for (const name of STARTED_CLASSES[detail]) series.providerRequests.inc({ provider, source, class: name }, 0);
  }
  for (const to of CIRCUIT_STATES) series.circuitTransitions.inc({ provider, to }, 0);
  for (const gate of GATES) series.circuitRejected.inc({ provider, gate }, 0);
  series.autoDisables.inc({ provider }, 0);
  series.autoDisablesWithheld.inc({ provider }, 0);
}

/** A provider that is gone has no series. */
export function removeProviderSeries(series: Series, provider: string): void {
  for (const status of STATUSES) {
    series.providerSearches.remove({ provider, status });
    series.providerDownloads.remove({ provider, status });
  }
  for (const source of CALLERS) {
    for (const name of OUTCOME_CLASSES) series.providerRequests.remove({ provider, source, class: name });
  }
  for (const to of CIRCUIT_STATES) series.circuitTransitions.remove({ provider, to });
  for (const gate of GATES) series.circuitRejected.remove({ provider, gate });
  for (const state of PROVIDER_STATES) series.providerState.remove({ provider, state });
  for (const [window] of WINDOWS.full) {
    series.providerErrorRatio.remove({ provider, window });
    for (const [quantile] of QUANTILES) series.providerLatency.remove({ provider, window, quantile });
  }
  for (const [window] of UPTIMES.full) series.providerUptime.remove({ provider, window });
  for (const key of PLAIN_SERIES) series[key].remove({ provider });
}

/**
 * Sets the gauges of one provider, each only when it has changed: most stay as they are from scrape to scrape, and with hundreds of
 * providers setting them all is a good part of the time.
 */
export function createProviderGauges(
  series: Series,
  id: string,
  detail: MetricsDetail,
): (gauges: ProviderGauges) => void {
  const provider = { provider: id };
  const up = cell(series.providerUp, provider);
  const enabled = cell(series.providerEnabled, provider);
  const autoDisabled = cell(series.providerAutoDisabled, provider);
  const states = PROVIDER_STATES.map((state) => [state, cell(series.providerState, { provider: id, state })] as const);
  const circuit = cell(series.circuitState, provider);
  const disabledUntil = cell(series.providerDisabledUntil, provider);
  const backoffLevel = cell(series.providerBackoffLevel, provider);
  const failures = cell(series.providerFailures, provider);
  const lastCheck = cell(series.providerLastCheck, provider);
  const lastSuccess = cell(series.providerLastSuccess, provider);
  const tlsExpiry = cell(series.providerTlsExpiry, provider);
  const windows = WINDOWS[detail].map(([window, key]) => ({
    key,
    errorRatio: cell(series.providerErrorRatio, { provider: id, window }),
    latency: QUANTILES.map(
      ([quantile, field]) => [field, cell(series.providerLatency, { provider: id, window, quantile })] as const,
    ),
  }));
  const uptimes = UPTIMES[detail].map(
    ([window, key]) => [key, cell(series.providerUptime, { provider: id, window })] as const,
  );

  return ({ enabled: isEnabled, health, tlsExpiresAt }) => {
    const { figures } = health;
    up(Number(isEnabled && health.healthy));
    enabled(Number(isEnabled));
    autoDisabled(Number(health.autoDisabled));
    for (const [state, set] of states) set(Number(state === health.state));
    circuit(CIRCUIT_VALUE[health.circuit.state]);
    disabledUntil((health.disabledUntil ?? 0) / 1000);
    backoffLevel(health.backoffLevel);
    failures(figures.consecutiveFailures);
    lastCheck((figures.lastCheckAt ?? 0) / 1000);
    lastSuccess((figures.lastSuccessAt ?? 0) / 1000);
    tlsExpiry(toSeconds(tlsExpiresAt));
    for (const { key, errorRatio, latency } of windows) {
      const stats = figures.windows[key];
      errorRatio(stats.errorRate);
      for (const [field, set] of latency) set(toSeconds(stats[field]));
    }
    for (const [key, set] of uptimes) set(figures.uptime[key].ratio);
  };
}

interface LabelledGauge<Labels> {
  set(labels: Labels, value: number): void;
  remove(labels: Labels): void;
}

/** One series of a gauge. Null takes its sample away: where nothing is known no value would be true. */
function cell<Labels>(gauge: LabelledGauge<Labels>, labels: Labels): (value: number | null) => void {
  let current: number | null = null;
  return (value) => {
    if (value === current) return;
    current = value;
    if (value === null) gauge.remove(labels);
    else gauge.set(labels, value);
  };
}

function toSeconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}
