import { listPendingMigrations, pingDatabase } from "@/lib/db/system";
import { getRuntime } from "@/lib/runtime";

export const dynamic = "force-dynamic";

/** Readiness: the database answers and has this version's schema. A provider's outage never makes the app unready. */
export async function GET(): Promise<Response> {
  const reasons = await listReasons();
  const status = reasons.length === 0 ? 200 : 503;
  return Response.json({ status: status === 200 ? "ready" : "not ready", reasons }, { status });
}

async function listReasons(): Promise<string[]> {
  try {
    const { db } = getRuntime();
    await pingDatabase(db.client);
    const pending = await listPendingMigrations(db);
    return pending.length > 0 ? [`Migrations are missing: ${pending.join(", ")}.`] : [];
  } catch {
    return ["The database does not answer."];
  }
}
