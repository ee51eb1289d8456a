import { type CircuitState, PROVIDER_STATES, type WindowStats } from "@/lib/health/health-view";
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

/** The gauges of a provider as it stands. */
export function setProviderGauges(series: Series, gauges: ProviderGauges, detail: MetricsDetail): void {
  const { id, enabled, health, tlsExpiresAt } = gauges;
  const { figures } = health;
  const provider = { provider: id };
  series.providerUp.set(provider, Number(enabled && health.healthy));
  series.providerEnabled.set(provider, Number(enabled));
  series.providerAutoDisabled.set(provider, Number(health.autoDisabled));
  for (const state of PROVIDER_STATES)
    series.providerState.set({ provider: id, state }, Number(state === health.state));
  series.circuitState.set(provider, CIRCUIT_VALUE[health.circuit.state]);
  series.providerDisabledUntil.set(provider, toSeconds(health.disabledUntil));
  series.providerBackoffLevel.set(provider, health.backoffLevel);
  series.providerFailures.set(provider, figures.consecutiveFailures);
  series.providerLastCheck.set(provider, toSeconds(figures.lastCheckAt));
  series.providerLastSuccess.set(provider, toSeconds(figures.lastSuccessAt));
  setKnown(series.providerTlsExpiry, provider, tlsExpiresAt === null ? null : toSeconds(tlsExpiresAt));
  for (const [window, key] of WINDOWS[detail]) setWindow(series, { provider: id, window }, figures.windows[key]);
  for (const [window, key] of UPTIMES[detail]) {
    setKnown(series.providerUptime, { provider: id, window }, figures.uptime[key].ratio);
  }
}

function setWindow(series: Series, labels: { provider: string; window: string }, stats: WindowStats): void {
  setKnown(series.providerErrorRatio, labels, stats.errorRate);
  for (const [quantile, key] of QUANTILES) {
    const ms = stats[key];
    setKnown(series.providerLatency, { ...labels, quantile }, ms === null ? null : ms / 1000);
  }
}

/** What is not known has no sample: no value would be true. */
function setKnown<Labels>(
  gauge: { set(labels: Labels, value: number): void; remove(labels: Labels): void },
  labels: Labels,
  value: number | null,
): void {
  if (value === null) gauge.remove(labels);
  else gauge.set(labels, value);
}

function toSeconds(at: number | null): number {
  return at === null ? 0 : at / 1000;
}
