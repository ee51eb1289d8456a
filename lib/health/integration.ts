import type { z } from "zod";
import type { StoredSample } from "@/lib/db/samples";
import type { Graph } from "./graph";
import type { integrationSchema } from "./integration-wire";
import { recommend } from "./recommendations";
import { toCircuitCounts, toOverallStatus, toSummary } from "./summary";
import { type KnownProvider, toSample, toStatusRow } from "./to-wire";

export interface IntegrationFacts {
  known: readonly KnownProvider[];
  selfOnline: boolean;
  /** Epoch milliseconds. */
  now: number;
  /** Of the times in sentences. */
  timeZone: string;
  /** Checks by provider, oldest first; null leaves them out. */
  recent: ReadonlyMap<string, readonly StoredSample[]> | null;
  graph: Graph | null;
}

/** How all providers stand, and whom to ask. */
export function toIntegration(facts: IntegrationFacts): z.infer<typeof integrationSchema> {
  const { known, selfOnline, now, timeZone, recent, graph } = facts;
  const summary = toSummary(known.map(({ health }) => health.state));
  const advice = recommend(
    known.map(({ provider: { name }, health }) => ({ name, health })),
    { timeZone, now },
  );
  return {
    status: toOverallStatus(summary, selfOnline),
    generated_at: new Date(now).toISOString(),
    summary,
    circuits: toCircuitCounts(known.map(({ health }) => health.circuit.state)),
    self_online: selfOnline,
    providers: known.map((one) => {
      const { id, provider_name: name, state, stats, circuit } = toStatusRow(one);
      const { windows, uptime, trend } = stats;
      const checks = recent && { recent: (recent.get(id) ?? []).map((sample) => toSample(sample, one.isAdmin)) };
      return { id, name, state, windows, uptime, trend, circuit, ...checks };
    }),
    recommendations: advice.map(({ providerId, action, reason }) => ({ provider_id: providerId, action, reason })),
    ...(graph && { graph }),
  };
}
