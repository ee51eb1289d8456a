import { countEvents, listEvents, listWrittenIds } from "@/lib/db/provider-events";
import type { StoredEvent } from "./health-store";
import type { HistorySource } from "./read-rollups";

interface EventsRequest {
  /** All providers when null. */
  providerId: string | null;
  /** From 1. */
  page: number;
  limit: number;
}

/** Decisions, newest first, with those that wait to be written. */
export async function readEvents(
  { client, unwritten }: HistorySource,
  { providerId, page, limit }: EventsRequest,
): Promise<{ events: StoredEvent[]; total: number }> {
  const waiting = unwritten.events(providerId).reverse();
  // Some of them may be written by now.
  const written = await listWrittenIds(
    client,
    waiting.map(({ id }) => id),
  );
  const fresh = waiting.filter(({ id }) => !written.has(id));
  const skip = (page - 1) * limit;
  const first = fresh.slice(skip, skip + limit);
  const older = { providerId, skip: Math.max(0, skip - fresh.length), limit: limit - first.length };
  const total = (await countEvents(client, providerId)) + fresh.length;
  return { events: [...first, ...(await listEvents(client, older))], total };
}
