import { SQL_VERBS } from "@/lib/db/sql-verb";
import { ALERT_RULES, CHANNEL_KINDS, SEVERITIES } from "@/lib/health/alerts/alert";
import type { Series } from "./metric-definitions";
import { SEARCH_STATUSES } from "./metric-records";
import { BACKENDS, CACHES, QUEUE_BACKENDS } from "./metric-sources";

const CHECK_OUTCOMES = ["ok", "failed", "skipped"];
const ENGINE_STAGES = ["observe", "settle", "check", "tick", "onChange", "onDecision", "alerts"];
const TAINT_REASONS = ["loop_lag", "clock", "self_offline"];
const DELIVERY_OUTCOMES = ["delivered", "failed"];

/** Starts every series whose labels are known at zero: a rate cannot see the first step of a counter that was not there before. */
export function startSeries(series: Series, { version, dialect }: { version: string; dialect: string }): void {
  series.buildInfo.set({ version }, 1);
  series.databaseBackend.set({ dialect }, 1);
  series.selfOnline.set({}, 1);
  for (const operation of SQL_VERBS) series.databaseQueries.inc({ operation }, 0);
  for (const status of SEARCH_STATUSES) series.searches.inc({ status }, 0);
  for (const backend of BACKENDS) {
    for (const cache of CACHES) {
      series.cacheHits.inc({ backend, cache }, 0);
      series.cacheMisses.inc({ backend, cache }, 0);
      series.cacheSize.set({ backend, cache }, 0);
    }
  }
  for (const backend of QUEUE_BACKENDS) {
    for (const gauge of [series.queueSize, series.queueActive, series.queueFailed]) gauge.set({ backend }, 0);
  }
  for (const outcome of CHECK_OUTCOMES) series.healthChecks.inc({ outcome }, 0);
  for (const stage of ENGINE_STAGES) series.healthEngineErrors.inc({ stage }, 0);
  for (const reason of TAINT_REASONS) series.samplesTainted.inc({ reason }, 0);
  for (const severity of SEVERITIES) series.alertsFiring.set({ severity }, 0);
  for (const rule of ALERT_RULES) series.alerts.inc({ rule }, 0);
  for (const channel of CHANNEL_KINDS) {
    for (const outcome of DELIVERY_OUTCOMES) series.alertDeliveries.inc({ channel, outcome }, 0);
  }
}
