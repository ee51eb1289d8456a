import "server-only";
import type { HealthStore } from "@/lib/health/health-store";
import { bucketOf } from "@/lib/health/rollup";
import type { UnfinishedRollups } from "@/lib/health/rollup-track";
import type { Client } from "./client";
import { insertEvents, pruneEvents } from "./provider-events";
import { deleteProviderHealth, listProviderStates, saveProviderStates } from "./provider-state";
import { listProviderStats, saveProviderStats } from "./provider-stats";
import { findRollups, listRollups, pruneRollups, saveRollups } from "./rollups";
import { findUnreached, insertSamples, listSamples, pruneSamples, relabelUnreached } from "./samples";

const RECENT_SAMPLES_MAX = 20_000;
const LAST_SAMPLES_MAX = 100_000;
/** After a long time without the database all that has waited comes in one transaction. */
const TRANSACTION_TIMEOUT_MS = 60_000;

/** The health monitor's memory in the database; one transaction per batch. */
export function createHealthStore(client: Client): HealthStore {
  return {
    async load(recentSince) {
      const recent = { providerId: null, from: recentSince, to: Number.MAX_SAFE_INTEGER, limit: RECENT_SAMPLES_MAX };
      const states = await listProviderStates(client);
      const stats = await listProviderStats(client);
      const recentSamples = await listSamples(client, recent);
      const flushedAt = states.length === 0 ? null : Math.max(...states.map(({ storedAt }) => storedAt));
      const unfinished = flushedAt === null ? null : await readUnfinished(client, flushedAt);
      return { states, stats, recentSamples, unfinished };
    },
    save: (batch) =>
      client.$transaction(
        async (transaction) => {
          for (const relabelling of batch.relabellings) await relabelUnreached(transaction, relabelling);
          await insertSamples(transaction, batch.samples);
          await saveRollups(transaction, batch.rollups);
          await insertEvents(transaction, batch.events);
          await saveProviderStates(transaction, batch.states);
          await saveProviderStats(transaction, batch.stats);
        },
        { timeout: TRANSACTION_TIMEOUT_MS, maxWait: TRANSACTION_TIMEOUT_MS },
      ),
    findRollups: (keys) => findRollups(client, keys),
    findUnreached: (samples) => findUnreached(client, samples),
    forget: (providerId) => deleteProviderHealth(client, providerId),
    async prune({ now, keep, keepMs }) {
      await pruneRollups(client, now);
      await pruneEvents(client, now);
      return pruneSamples(client, { keep, olderThan: now - keepMs });
    },
  };
}

async function readUnfinished(client: Client, flushedAt: number): Promise<UnfinishedRollups> {
  const minute = bucketOf(flushedAt, "minute");
  const hour = bucketOf(flushedAt, "hour");
  const day = bucketOf(flushedAt, "day");
  const raw = { providerId: null, from: minute, to: Number.MAX_SAFE_INTEGER, limit: LAST_SAMPLES_MAX };
  return {
    flushedAt,
    samples: await listSamples(client, raw),
    minutes: await listRollups(client, { step: "minute", providerId: null, from: hour, to: minute }),
    hours: await listRollups(client, { step: "hour", providerId: null, from: day, to: hour }),
  };
}
