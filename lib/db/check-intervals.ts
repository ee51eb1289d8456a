import "server-only";
import type { Client, Transaction } from "./client";

/** Personal check intervals, in minutes, of users who chose one and were active since `since`. */
export async function listActiveCheckIntervals(
  client: Client | Transaction,
  { since }: { since: Date },
): Promise<number[]> {
  const rows = await client.user.findMany({
    where: { providerCheckInterval: { not: null }, disabledAt: null, lastActiveAt: { gte: since } },
    distinct: ["providerCheckInterval"],
    select: { providerCheckInterval: true },
  });
  return rows.flatMap((row) => row.providerCheckInterval ?? []);
}
