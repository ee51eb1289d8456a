import type { StoredState } from "@/lib/db/provider-state";
import type { StoredSample } from "@/lib/db/samples";
import { type HealthStore, isUnreached } from "../health-store";
import { bucketOf, type StoredRollup } from "../rollup";

export interface MemoryHealthStore {
  store: HealthStore;
  samples: Map<string, StoredSample>;
  rollups: Map<string, StoredRollup>;
  /** While true nothing can be written. */
  failing: boolean;
  writes: number;
}

/** What the database does, kept in maps. */
export function createMemoryHealthStore(): MemoryHealthStore {
  const states = new Map<string, StoredState>();
  const memory: MemoryHealthStore = {
    store: null as never,
    samples: new Map(),
    rollups: new Map(),
    failing: false,
    writes: 0,
  };
  const { samples, rollups } = memory;
  const rowsOf = (step: StoredRollup["step"], from: number, to: number) =>
    [...rollups.values()].filter((row) => row.step === step && row.bucket >= from && row.bucket < to);
  memory.store = {
    async load() {
      const flushedAt = states.size === 0 ? null : Math.max(...[...states.values()].map(({ storedAt }) => storedAt));
      const unfinished =
        flushedAt === null
          ? null
          : {
              flushedAt,
              samples: [...samples.values()].filter(({ at }) => at >= bucketOf(flushedAt, "minute")),
              minutes: rowsOf("minute", bucketOf(flushedAt, "hour"), bucketOf(flushedAt, "minute")),
              hours: rowsOf("hour", bucketOf(flushedAt, "day"), bucketOf(flushedAt, "hour")),
            };
      return { states: [...states.values()], stats: [], recentSamples: [], unfinished };
    },
    async save(batch) {
      if (memory.failing) throw new Error("database is locked");
      memory.writes++;
      for (const { samples: meant, as } of batch.relabellings) {
        for (const [key, sample] of samples) {
          const isMeant = meant.some((ref) => ref.providerId === sample.providerId && ref.at === sample.at);
          if (isMeant && isUnreached(sample.class)) samples.set(key, { ...sample, class: as });
        }
      }
      for (const sample of batch.samples) {
        const key = `${sample.providerId}|${sample.at}|${sample.nth}`;
        if (!samples.has(key)) samples.set(key, sample);
      }
      for (const row of batch.rollups) rollups.set(`${row.providerId}|${row.step}|${row.bucket}`, row);
      for (const state of batch.states) states.set(state.providerId, state);
    },
    async findRollups(keys) {
      if (memory.failing) throw new Error("database is locked");
      return keys.flatMap((key) => rollups.get(`${key.providerId}|${key.step}|${key.bucket}`) ?? []);
    },
    async findUnreached(meant) {
      return [...samples.values()].filter(
        (sample) =>
          isUnreached(sample.class) &&
          meant.some((ref) => ref.providerId === sample.providerId && ref.at === sample.at),
      );
    },
    async forget() {},
    prune: async () => 0,
  };
  return memory;
}
