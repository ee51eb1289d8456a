import "server-only";
import type { Client, Transaction } from "./client";
import { Prisma } from "./generated/sqlite/client";
import { inChunks } from "./in-chunks";

export interface StoredState {
  providerId: string;
  /** JSON of the engine's state. */
  state: string;
  /** Epoch milliseconds. */
  storedAt: number;
}

export async function listProviderStates(client: Client | Transaction): Promise<StoredState[]> {
  const rows = await client.providerState.findMany();
  return rows.map((row) => ({ providerId: row.providerId, state: row.state, storedAt: row.updatedAt.getTime() }));
}

export async function saveProviderStates(client: Client | Transaction, states: readonly StoredState[]): Promise<void> {
  for (const some of inChunks(states, 100)) {
    const rows = some.map((row) => Prisma.sql`(${row.providerId}, ${row.state}, ${new Date(row.storedAt)})`);
    await client.$executeRaw`
      INSERT INTO "ProviderState" ("providerId", "state", "updatedAt") VALUES ${Prisma.join(rows)}
      ON CONFLICT ("providerId") DO UPDATE SET "state" = excluded."state", "updatedAt" = excluded."updatedAt"`;
  }
}

/** What is left of a provider that has been removed, and samples and roll-ups of any other such. */
export async function deleteProviderHealth(client: Client | Transaction, providerId: string): Promise<void> {
  await client.$executeRaw`DELETE FROM "ProviderSample" WHERE "providerKey" NOT IN (SELECT "key" FROM "Provider")`;
  await client.$executeRaw`DELETE FROM "ProviderRollup" WHERE "providerKey" NOT IN (SELECT "key" FROM "Provider")`;
  await client.providerEvent.deleteMany({ where: { providerId } });
  await client.providerState.deleteMany({ where: { providerId } });
  await client.providerStats.deleteMany({ where: { providerId } });
}
