import type { StoredState } from "@/lib/db/provider-state";
import type { StoredStats } from "@/lib/db/provider-stats";
import type { StoredSample } from "@/lib/db/samples";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import type { ProviderCall } from "@/lib/providers/provider";
import { countsNowhere } from "./engine/figures";
import { parseState, resumeState, serializeState } from "./engine/restore";
import { addToTrend } from "./engine/trend";
import type { EngineState, LifetimeFigures, Thresholds } from "./engine/types";
import { addSample } from "./engine/window";
import type { HealthRecord } from "./health-record";
import type { HealthStore } from "./health-store";
import type { ProviderRecords } from "./provider-records";
import type { Recorder } from "./recorder";

/** How far back samples are read at start, for windows and trend. */
const RECENT_MS = 150 * 60_000;

export function toStoredSample(call: ProviderCall): StoredSample {
  const { providerId, source, operation, class: outcome, durationMs, httpStatus, results, message } = call;
  return {
    providerId,
    at: Math.round(call.startedAt),
    source,
    operation,
    class: outcome,
    durationMs,
    httpStatus,
    results,
    error: message,
  };
}

export function toStored(
  providerId: string,
  state: EngineState,
  now: number,
): { state: StoredState; stats: StoredStats } {
  const { figures, streak, autoDisable, lastCheck, lastError } = state;
  return {
    state: { providerId, state: serializeState(state), storedAt: now },
    stats: {
      providerId,
      ...figures,
      consecutiveFailures: streak.count,
      autoDisabled: autoDisable.since !== null,
      disabledUntil: autoDisable.until,
      lastCheckAt: lastCheck?.at ?? null,
      lastError: lastError?.message ?? null,
      updatedAt: now,
    },
  };
}

interface Resumption {
  providers: Pick<ProviderCatalog, "list">;
  records: Pick<ProviderRecords, "get" | "thresholdsOf">;
  store: Pick<HealthStore, "load">;
  recorder: Pick<Recorder, "resume">;
  clock: () => number;
}

/** Takes up what was stored before a restart; a state that cannot be read starts anew. Rejects when the database does. */
export async function resumeRecords({ providers, records, store, recorder, clock }: Resumption): Promise<void> {
  const now = clock();
  const { states, stats, recentSamples, unfinished } = await store.load(now - RECENT_MS);
  const known = new Map(providers.list().map((provider) => [provider.id, records.get(provider.id)]));
  for (const provider of providers.list()) {
    const stored = states.find(({ providerId }) => providerId === provider.id) ?? null;
    const figures = stats.find(({ providerId }) => providerId === provider.id) ?? null;
    const thresholds = records.thresholdsOf(provider);
    resumeRecord(records.get(provider.id), { stored, stats: figures, now, thresholds });
  }
  recorder.resume([...known.keys()], unfinished);
  for (const sample of recentSamples) {
    const record = known.get(sample.providerId);
    if (record) refill(record, sample, now);
  }
}

interface StoredOne {
  stored: StoredState | null;
  stats: StoredStats | null;
  now: number;
  thresholds: Thresholds;
}

function resumeRecord(record: HealthRecord, { stored, stats, now, thresholds }: StoredOne): void {
  const parsed = stored && parseState(stored.state);
  const resumed = parsed && resumeState(parsed, { now, storedAt: stored?.storedAt ?? now, thresholds });
  const figures = stats ? toFigures(stats) : record.state.figures;
  record.state = { ...record.state, ...resumed, figures };
}

function refill({ windows, trend }: HealthRecord, sample: StoredSample, now: number): void {
  if (countsNowhere(sample.class)) return;
  const endedAt = Math.min(now, sample.at + sample.durationMs);
  addSample(windows, endedAt, sample.class, sample.durationMs);
  addToTrend(trend, endedAt, sample.class, sample.durationMs);
}

function toFigures(stats: StoredStats): LifetimeFigures {
  return {
    totalSearches: stats.totalSearches,
    successfulSearches: stats.successfulSearches,
    failedSearches: stats.failedSearches,
    scoreSum: stats.scoreSum,
    scoreCount: stats.scoreCount,
    avgResponseTimeMs: stats.avgResponseTimeMs,
    lastResponseTimeMs: stats.lastResponseTimeMs,
    successfulDownloads: stats.successfulDownloads,
    failedDownloads: stats.failedDownloads,
    cacheHits: stats.cacheHits,
    totalChecks: stats.totalChecks,
    successfulChecks: stats.successfulChecks,
    lastSuccessAt: stats.lastSuccessAt,
    lastFailureAt: stats.lastFailureAt,
  };
}
