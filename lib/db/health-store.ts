import "server-only";
import type { HealthStore } from "@/lib/health/health-store";
import type { Client } from "./client";
import { deleteProviderHealth, listProviderStates, saveProviderStates } from "./provider-state";
import { listProviderStats, saveProviderStats } from "./provider-stats";
import { insertSamples, listSamples, pruneSamples } from "./samples";

const RECENT_SAMPLES_MAX = 20_000;
const TRANSACTION_TIMEOUT_MS = 15_000;

/** The health monitor's memory in the database; one transaction per batch. */
export function createHealthStore(client: Client): HealthStore {
  return {
    async load(recentSince) {
      const recent = { providerId: null, from: recentSince, to: Number.MAX_SAFE_INTEGER, limit: RECENT_SAMPLES_MAX };
      const states = await listProviderStates(client);
      const stats = await listProviderStats(client);
      return { states, stats, recentSamples: await listSamples(client, recent) };
    },
    save: ({ samples, states, stats }) =>
      client.$transaction(
        async (transaction) => {
          await insertSamples(transaction, samples);
          await saveProviderStates(transaction, states);
          await saveProviderStats(transaction, stats);
        },
        { timeout: TRANSACTION_TIMEOUT_MS, maxWait: TRANSACTION_TIMEOUT_MS },
      ),
    forget: (providerId) => deleteProviderHealth(client, providerId),
    prune: (retention) => pruneSamples(client, retention),
  };
}
