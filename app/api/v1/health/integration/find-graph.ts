import { pingDatabase } from "@/lib/db/system";
import { type Graph, toGraph } from "@/lib/health/graph";
import type { KnownProvider } from "@/lib/health/to-wire";
import { getRuntime } from "@/lib/runtime";

/** What the app depends on, as it is now. */
export async function findGraph(known: readonly KnownProvider[]): Promise<Graph> {
  const { db, health } = getRuntime();
  const databaseUp = await pingDatabase(db.client).then(
    () => true,
    () => false,
  );
  const { waiting, active } = health.queue();
  return toGraph({
    providers: known,
    databaseUp,
    selfOnline: health.selfOnline(),
    queueStalled: waiting > 0 && active === 0,
  });
}
