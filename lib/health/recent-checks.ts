import { listRecentChecks } from "@/lib/db/recent-checks";
import type { StoredSample } from "@/lib/db/samples";
import { isCheck } from "./engine/figures";
import type { HistorySource } from "./read-rollups";

/** The last `limit` checks of each provider, oldest first, with those that wait to be written. */
export async function readRecentChecks(
  { client, unwritten }: HistorySource,
  limit: number,
): Promise<ReadonlyMap<string, readonly StoredSample[]>> {
  // Memory first: what is written meanwhile is then in both, not in neither.
  const fresh = unwritten.samples({ providerId: null, from: 0, to: Number.MAX_SAFE_INTEGER }).filter(isCheck);
  const checks = new Map(await listRecentChecks(client, { limit }));
  for (const sample of fresh) {
    const others = (checks.get(sample.providerId) ?? []).filter(
      ({ at, nth }) => at !== sample.at || nth !== sample.nth,
    );
    checks.set(sample.providerId, [...others, sample].sort((a, b) => a.at - b.at).slice(-limit));
  }
  return checks;
}
