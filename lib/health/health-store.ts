import type { StoredState } from "@/lib/db/provider-state";
import type { StoredStats } from "@/lib/db/provider-stats";
import type { StoredSample } from "@/lib/db/samples";
import type { OutcomeClass } from "@/lib/providers/outcome";
import type { Decision } from "./engine/types";
import type { StoredRollup } from "./rollup";
import type { RollupKey } from "./rollup-book";
import type { UnfinishedRollups } from "./rollup-track";

/** A decision and its number, which rises with time. */
export interface StoredEvent extends Decision {
  id: number;
}

/** A sample by what is known of it outside the database. */
export interface SampleRef {
  providerId: string;
  /** When the call began, epoch milliseconds. */
  at: number;
}

/** Samples of class `dns` or `network` that turned out to be of another. */
export interface Relabelling {
  samples: readonly SampleRef[];
  as: OutcomeClass;
}

/** Whether nothing was heard of the host, so that the fault may have been our own. */
export function isUnreached(outcome: OutcomeClass): boolean {
  return outcome === "dns" || outcome === "network";
}

export interface HealthBatch {
  /** Of what was stored before this batch. */
  relabellings: readonly Relabelling[];
  samples: readonly StoredSample[];
  rollups: readonly StoredRollup[];
  events: readonly StoredEvent[];
  states: readonly StoredState[];
  stats: readonly StoredStats[];
}

export interface StoredHealth {
  states: readonly StoredState[];
  stats: readonly StoredStats[];
  /** Of the last minutes, oldest first, for the sliding windows. */
  recentSamples: readonly StoredSample[];
  /** Null when nothing has been written yet. */
  unfinished: UnfinishedRollups | null;
}

export interface Retention {
  now: number;
  /** Newest raw samples that every provider keeps, however old. */
  keep: number;
  /** Raw samples younger than this stay as well. */
  keepMs: number;
}

/** Where the monitor keeps what must outlive the process. */
export interface HealthStore {
  load(recentSince: number): Promise<StoredHealth>;
  /** All or nothing. The same batch twice changes nothing more. */
  save(batch: HealthBatch): Promise<void>;
  findRollups(keys: readonly RollupKey[]): Promise<StoredRollup[]>;
  /** Those of them that are stored and of class `dns` or `network`. */
  findUnreached(samples: readonly SampleRef[]): Promise<StoredSample[]>;
  forget(providerId: string): Promise<void>;
  /** Deletes what is too old, some at a time. Gives how many raw samples. */
  prune(retention: Retention): Promise<number>;
}
