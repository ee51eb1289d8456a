import type { Provider } from "@/lib/providers/provider";
import { levelNow } from "./engine/auto-disable";
import { explainState } from "./engine/explain";
import { isCredentialHold } from "./engine/hold";
import { nextStep } from "./engine/next-step";
import { toStatus } from "./engine/status";
import { trendOf } from "./engine/trend";
import type { EngineState, Thresholds } from "./engine/types";
import { unwellSince, upSince, uptimeShares } from "./engine/uptime";
import { fiveMinutes, windowStats } from "./engine/window";
import type { HealthRecord } from "./health-record";
import type { CircuitView, NextStep, ProviderFigures, ProviderHealth, ProviderState } from "./health-view";

interface ViewFacts {
  provider: Provider;
  thresholds: Thresholds;
  now: number;
  timeZone: string;
  /** The scheduler's plan. */
  checkAt: number | null;
  checksEnabled: boolean;
}

/** Everything that is shown of a provider's health. The record must be settled. */
export function toProviderHealth(record: HealthRecord, facts: ViewFacts): ProviderHealth {
  const { provider, thresholds, now, timeZone } = facts;
  const { state: engine } = record;
  const state = shownState(record);
  const status = toStatus(state);
  const next = provider.enabled && provider.initialized ? nextOf(engine, facts) : null;
  const explained = {
    name: provider.name,
    state,
    engine,
    thresholds,
    message: provider.message,
    m5: fiveMinutes(record.windows, now),
    next,
    timeZone,
    now,
  };
  return {
    providerId: provider.id,
    status,
    state,
    healthy: status === "ACTIVE",
    circuit: toCircuitView(engine, thresholds),
    hold: engine.hold && { kind: engine.hold.kind, until: engine.hold.until },
    autoDisabled: engine.autoDisable.since !== null,
    disabledUntil: engine.autoDisable.until,
    backoffLevel: levelNow(engine.autoDisable, now),
    why: explainState(explained),
    next,
    lastError: engine.lastError && { class: engine.lastError.class, message: engine.lastError.message },
    lastCheck: engine.lastCheck,
    figures: toFigures(record, now),
  };
}

/** A routine check of a provider that is well is not worth a change of colour; any other check is shown. */
function shownState({ state, running }: HealthRecord): ProviderState {
  const { state: shown } = state.shown;
  if (running.all === 0) return shown;
  const well = shown === "ACTIVE" || shown === "DEGRADED";
  const covers = well ? running.manual > 0 : shown === "DOWN" || shown === "UNKNOWN";
  return covers ? "TESTING" : shown;
}

/** Probes happen only where checks do; without them the end of a rest is what comes next. */
function nextOf(engine: EngineState, { checksEnabled, checkAt }: ViewFacts): NextStep | null {
  const { circuit, hold } = engine;
  if (!checksEnabled) {
    if (hold?.until) return { kind: "release", at: hold.until };
    return circuit.state === "OPEN" && circuit.until !== null ? { kind: "trial", at: circuit.until } : null;
  }
  const own = nextStep(engine);
  if (own || (hold && isCredentialHold(hold))) return own;
  return checkAt === null ? null : { kind: "check", at: checkAt };
}

function toCircuitView({ circuit }: EngineState, thresholds: Thresholds): CircuitView {
  return {
    state: circuit.state,
    until: circuit.until,
    openedAt: circuit.openedAt,
    generation: circuit.generation,
    trialSuccesses: circuit.trialSuccesses,
    successThreshold: thresholds.circuitSuccessThreshold,
    openedBy: circuit.openedBy,
  };
}

/** Field by field: a spread of so many costs several times as much, and a scrape reads hundreds of providers. */
function toFigures({ state, windows, trend }: HealthRecord, now: number): ProviderFigures {
  const { figures } = state;
  return {
    totalSearches: figures.totalSearches,
    successfulSearches: figures.successfulSearches,
    failedSearches: figures.failedSearches,
    successRate: figures.totalSearches === 0 ? null : figures.successfulSearches / figures.totalSearches,
    avgScore: figures.scoreCount === 0 ? null : figures.scoreSum / figures.scoreCount,
    avgResponseTimeMs: figures.avgResponseTimeMs,
    lastResponseTimeMs: figures.lastResponseTimeMs,
    successfulDownloads: figures.successfulDownloads,
    failedDownloads: figures.failedDownloads,
    cacheHits: figures.cacheHits,
    consecutiveFailures: state.streak.count,
    lastSuccessAt: figures.lastSuccessAt,
    lastFailureAt: figures.lastFailureAt,
    lastCheckAt: state.lastCheck?.at ?? null,
    totalChecks: figures.totalChecks,
    successfulChecks: figures.successfulChecks,
    windows: windowStats(windows, now),
    uptime: uptimeShares(state.uptime, now),
    trend: trendOf(trend, now),
    upSince: upSince(state.uptime),
    unwellSince: unwellSince(state.uptime, state.shown.state === "DISABLED"),
    stateSince: state.shown.since,
  };
}
