import type { StoredState } from "@/lib/db/provider-state";
import type { StoredStats } from "@/lib/db/provider-stats";
import type { StoredSample } from "@/lib/db/samples";

export interface HealthBatch {
  samples: readonly StoredSample[];
  states: readonly StoredState[];
  stats: readonly StoredStats[];
}

export interface StoredHealth {
  states: readonly StoredState[];
  stats: readonly StoredStats[];
  /** Of the last minutes, oldest first, for the sliding windows. */
  recentSamples: readonly StoredSample[];
}

/** Where the monitor keeps what must outlive the process. */
export interface HealthStore {
  load(recentSince: number): Promise<StoredHealth>;
  /** All or nothing. */
  save(batch: HealthBatch): Promise<void>;
  forget(providerId: string): Promise<void>;
  prune(retention: { keep: number; olderThan: number }): Promise<number>;
}
