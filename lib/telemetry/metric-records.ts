import type { DatabaseQuery } from "@/lib/db/client";
import { type AlertRule, SEVERITIES, type Severity } from "@/lib/health/alerts/alert";
import type { DeliveryAttempt } from "@/lib/health/alerts/outbox";
import type { CheckEvent } from "@/lib/health/checks";
import { saysNothing } from "@/lib/health/engine/figures";
import type { Decision } from "@/lib/health/engine/types";
import { isSuccess } from "@/lib/providers/outcome";
import type { Admission, Operation, ProviderCall, Source } from "@/lib/providers/provider";
import type { Series } from "./metric-definitions";
import type { CacheGauges } from "./metric-sources";

export const SEARCH_STATUSES = ["complete", "partial", "failed"] as const;

export interface HttpObservation {
  method: string;
  /** The route's template, `static` or `unmatched`; never a path with ids. */
  endpoint: string;
  status: number;
  durationMs: number;
  /** An event stream: it counts, but how long it was open says nothing. */
  streamed: boolean;
}

export interface SearchObservation {
  status: (typeof SEARCH_STATUSES)[number];
  tookMs: number;
  firstResultMs: number | null;
}

/** What is counted when it happens. */
export interface MetricRecords {
  recordHttpRequest(observation: HttpObservation): void;
  recordDbQuery(query: Pick<DatabaseQuery, "verb" | "durationMs">): void;
  recordCacheLookup(lookup: Pick<CacheGauges, "backend" | "cache"> & { outcome: "hit" | "miss" }): void;
  recordSearch(search: SearchObservation): void;
  recordProviderCall(call: ProviderCall): void;
  /** Besides the call itself: what in our own process spoiled it. */
  recordTaintedSample(reason: "loop_lag" | "clock"): void;
  /** A call that was let through is not counted here. */
  recordAdmission(providerId: string, admission: Admission): void;
  recordDecision(decision: Pick<Decision, "providerId" | "to" | "rule">): void;
  recordCheck(event: CheckEvent): void;
  recordEngineError(stage: string): void;
  recordPersistFailure(): void;
  /** Epoch milliseconds. */
  recordTick(at: number): void;
  recordAlertFired(rule: AlertRule): void;
  /** How many fire now. */
  recordAlertsFiring(counts: Readonly<Record<Severity, number>>): void;
  recordAlertDelivery(attempt: DeliveryAttempt): void;
}

const PASSIVE: ReadonlySet<Source> = new Set(["search", "detail", "download"]);
const DOWNLOADS: ReadonlySet<Operation> = new Set(["details", "cover", "download"]);
const CIRCUIT_STATES: ReadonlySet<Decision["to"]> = new Set(["CLOSED", "HALF_OPEN", "OPEN"]);

export function createRecords(series: Series): MetricRecords {
  return {
    recordHttpRequest({ method, endpoint, status, durationMs, streamed }) {
      const labels = { method, endpoint, status: String(status) };
      series.httpRequests.inc(labels);
      if (!streamed) series.httpDuration.observe(labels, durationMs / 1000);
    },
    recordDbQuery({ verb, durationMs }) {
      const labels = { operation: verb };
      series.databaseQueries.inc(labels);
      series.databaseDuration.observe(labels, durationMs / 1000);
    },
    recordCacheLookup({ backend, cache, outcome }) {
      const counter = outcome === "hit" ? series.cacheHits : series.cacheMisses;
      counter.inc({ backend, cache });
    },
    recordSearch({ status, tookMs, firstResultMs }) {
      series.searches.inc({ status });
      series.searchDuration.observe({}, tookMs / 1000);
      if (firstResultMs !== null) series.searchFirstResult.observe({}, firstResultMs / 1000);
    },
    recordProviderCall: (call) => recordProviderCall(series, call),
    recordTaintedSample: (reason) => series.samplesTainted.inc({ reason }),
    recordAdmission(providerId, admission) {
      if (!admission.allowed) series.circuitRejected.inc({ provider: providerId, gate: admission.gate });
    },
    recordDecision({ providerId: provider, to, rule }) {
      if (CIRCUIT_STATES.has(to)) series.circuitTransitions.inc({ provider, to });
      if (rule === "auto_disable.consecutive_failures") series.autoDisables.inc({ provider });
      if (rule.startsWith("auto_disable.withheld")) series.autoDisablesWithheld.inc({ provider });
    },
    recordCheck(event) {
      if (event.phase === "ended") {
        series.healthChecksInFlight.dec({});
        series.healthChecks.inc({ outcome: event.outcome });
        return;
      }
      series.healthChecksInFlight.inc({});
      if (event.lagMs !== null) series.healthCheckLag.observe({}, event.lagMs / 1000);
    },
    recordEngineError: (stage) => series.healthEngineErrors.inc({ stage }),
    recordPersistFailure: () => series.healthPersistFailures.inc({}),
    recordTick: (at) => series.healthTick.set({}, at / 1000),
    recordAlertFired: (rule) => series.alerts.inc({ rule }),
    recordAlertsFiring(counts) {
      for (const severity of SEVERITIES) series.alertsFiring.set({ severity }, counts[severity]);
    },
    recordAlertDelivery: ({ channel, outcome }) => series.alertDeliveries.inc({ channel, outcome }),
  };
}

function recordProviderCall(series: Series, call: ProviderCall): void {
  const { providerId: provider, class: outcome, durationMs } = call;
  series.providerRequests.inc({ provider, source: PASSIVE.has(call.source) ? "passive" : "active", class: outcome });
  if (outcome === "self_offline") series.samplesTainted.inc({ reason: "self_offline" });
  // The same calls that the provider's own figures leave out.
  if (saysNothing(outcome)) return;
  series.providerDuration.observe({ provider }, durationMs / 1000);
  const status = isSuccess(outcome) ? "ok" : "failed";
  if (call.source === "search" && call.operation === "search") series.providerSearches.inc({ provider, status });
  if (DOWNLOADS.has(call.operation)) series.providerDownloads.inc({ provider, status });
}
