import { isSuccess, type OutcomeClass } from "@/lib/providers/outcome";
import type { Operation, ProviderCall, Source } from "@/lib/providers/provider";
import type { LifetimeFigures } from "./types";

const NOBODY_COUNTS: ReadonlySet<OutcomeClass> = new Set(["client", "cancelled"]);
const NOT_THE_PROVIDERS: ReadonlySet<OutcomeClass> = new Set(["self_offline", "tainted", "internal", "dependency"]);
const DOWNLOADS: ReadonlySet<Operation> = new Set(["details", "cover", "download"]);
const ACTIVE: ReadonlySet<Source> = new Set(["check", "probe", "canary", "manual"]);

export function newFigures(): LifetimeFigures {
  return {
    totalSearches: 0,
    successfulSearches: 0,
    failedSearches: 0,
    scoreSum: 0,
    scoreCount: 0,
    avgResponseTimeMs: null,
    lastResponseTimeMs: null,
    successfulDownloads: 0,
    failedDownloads: 0,
    cacheHits: 0,
    totalChecks: 0,
    successfulChecks: 0,
    lastSuccessAt: null,
    lastFailureAt: null,
  };
}

/** A user's own bad query and an aborted call: no window, no statistic, no consequence. */
export function countsNowhere(outcome: OutcomeClass): boolean {
  return NOBODY_COUNTS.has(outcome);
}

/** What was our own doing says nothing about the provider. */
export function saysNothing(outcome: OutcomeClass): boolean {
  return NOBODY_COUNTS.has(outcome) || NOT_THE_PROVIDERS.has(outcome);
}

/** A check, probe, canary or test; a person's Retry of a search is that person's search. */
export function isCheck(call: Pick<ProviderCall, "source" | "operation">): boolean {
  return ACTIVE.has(call.source) && !isPersonsSearch(call) && !DOWNLOADS.has(call.operation);
}

function isPersonsSearch({ source, operation }: Pick<ProviderCall, "source" | "operation">): boolean {
  return operation === "search" && source === "search";
}

/** Adds one call to the lifetime figures. Mean of response times: `avg + (x − avg) / n` over all searches, failed ones included. */
export function countCall(figures: LifetimeFigures, call: ProviderCall): LifetimeFigures {
  if (saysNothing(call.class)) return figures;
  const good = isSuccess(call.class);
  const endedAt = call.startedAt + call.durationMs;
  const dated: LifetimeFigures = good
    ? { ...figures, lastSuccessAt: Math.max(figures.lastSuccessAt ?? 0, endedAt) }
    : { ...figures, lastFailureAt: Math.max(figures.lastFailureAt ?? 0, endedAt) };
  if (isPersonsSearch(call)) return countSearch(dated, call, good);
  if (DOWNLOADS.has(call.operation)) {
    return good
      ? { ...dated, successfulDownloads: dated.successfulDownloads + 1 }
      : { ...dated, failedDownloads: dated.failedDownloads + 1 };
  }
  return { ...dated, totalChecks: dated.totalChecks + 1, successfulChecks: dated.successfulChecks + (good ? 1 : 0) };
}

function countSearch(figures: LifetimeFigures, call: ProviderCall, good: boolean): LifetimeFigures {
  const totalSearches = figures.totalSearches + 1;
  const mean = figures.avgResponseTimeMs ?? 0;
  const scored = call.relevance !== null;
  return {
    ...figures,
    totalSearches,
    successfulSearches: figures.successfulSearches + (good ? 1 : 0),
    failedSearches: figures.failedSearches + (good ? 0 : 1),
    avgResponseTimeMs: mean + (call.durationMs - mean) / totalSearches,
    lastResponseTimeMs: call.durationMs,
    scoreSum: figures.scoreSum + (call.relevance ?? 0),
    scoreCount: figures.scoreCount + (scored ? 1 : 0),
  };
}
