import "server-only";
import type { Client } from "./client";

interface PastSearch {
  query: string;
  searchedAt: Date;
}

const KEPT_MAX = 100;

/** Notes that a user searched for something; the same words again only move up. The oldest beyond a hundred are forgotten. */
export async function recordSearch(
  client: Client,
  { viewerId, query, at }: { viewerId: string; query: string; at: Date },
): Promise<void> {
  await client.searchHistory.upsert({
    where: { userId_query: { userId: viewerId, query } },
    create: { userId: viewerId, query, searchedAt: at },
    update: { searchedAt: at },
  });
  const oldest = await client.searchHistory.findFirst({
    where: { userId: viewerId },
    orderBy: { searchedAt: "desc" },
    skip: KEPT_MAX - 1,
    select: { searchedAt: true },
  });
  if (oldest) {
    await client.searchHistory.deleteMany({ where: { userId: viewerId, searchedAt: { lt: oldest.searchedAt } } });
  }
}

/** The last searches, newest first. */
export async function listSearches(
  client: Client,
  { viewerId, limit = 10 }: { viewerId: string; limit?: number },
): Promise<PastSearch[]> {
  return client.searchHistory.findMany({
    where: { userId: viewerId },
    orderBy: { searchedAt: "desc" },
    take: limit,
    select: { query: true, searchedAt: true },
  });
}

export async function deleteSearches(client: Client, { viewerId }: { viewerId: string }): Promise<number> {
  const { count } = await client.searchHistory.deleteMany({ where: { userId: viewerId } });
  return count;
}
