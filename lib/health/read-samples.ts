import { listSamples, type StoredSample } from "@/lib/db/samples";
import type { HistorySource } from "./read-rollups";

interface SampleSpan {
  /** All providers when null. */
  providerId: string | null;
  /** Epoch milliseconds, both included. */
  from: number;
  to: number;
  limit: number;
}

/** Raw samples, oldest first, with those that wait to be written; when there are more than `limit`, the newest of them. */
export async function readSamples({ client, unwritten }: HistorySource, span: SampleSpan): Promise<StoredSample[]> {
  // Memory first: what is written meanwhile is then in both, not in neither.
  const fresh = unwritten.samples(span);
  const stored = await listSamples(client, span);
  if (fresh.length === 0) return stored;
  const samples = new Map(
    [...stored, ...fresh].map((sample) => [`${sample.providerId}|${sample.at}|${sample.nth}`, sample]),
  );
  return [...samples.values()].sort((a, b) => a.at - b.at).slice(-span.limit);
}
