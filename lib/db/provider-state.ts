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

/** Everything that is known of a provider's health, when it is removed. */
export async function deleteProviderHealth(client: Client | Transaction, providerId: string): Promise<void> {
  const provider = await client.provider.findUnique({ where: { id: providerId }, select: { key: true } });
  if (provider) await client.providerSample.deleteMany({ where: { providerKey: provider.key } });
  await client.providerState.deleteMany({ where: { providerId } });
  await client.providerStats.deleteMany({ where: { providerId } });
}
