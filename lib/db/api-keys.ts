import "server-only";
import { z } from "zod";
import { SCOPES, type Scope } from "@/lib/accounts/viewer-type";
import type { Client, Transaction } from "./client";
import { toUser, type User } from "./users";

/** `scopes` null: all that its owner may do. The hash never leaves this file. */
export interface ApiKey {
  id: string;
  userId: string;
  name: string;
  prefix: string;
  scopes: readonly Scope[] | null;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  createdAt: Date;
}

type ApiKeyRow = NonNullable<Awaited<ReturnType<Client["apiKey"]["findUnique"]>>>;

const storedScopes = z.array(z.enum(SCOPES)).nullable();

export async function createApiKey(
  client: Client | Transaction,
  key: {
    viewerId: string;
    name: string;
    prefix: string;
    hash: string;
    scopes: readonly Scope[] | null;
    expiresAt: Date | null;
    createdAt: Date;
  },
): Promise<ApiKey> {
  const { viewerId, scopes, ...columns } = key;
  return toApiKey(
    await client.apiKey.create({ data: { ...columns, userId: viewerId, scopes: JSON.stringify(scopes) } }),
  );
}

export async function findApiKeyWithUser(
  client: Client | Transaction,
  hash: string,
): Promise<{ key: ApiKey; user: User } | null> {
  const row = await client.apiKey.findUnique({ where: { hash }, include: { user: true } });
  return row && { key: toApiKey(row), user: toUser(row.user) };
}

export async function listApiKeys(client: Client | Transaction, viewerId: string): Promise<ApiKey[]> {
  const rows = await client.apiKey.findMany({
    where: { userId: viewerId },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return rows.map(toApiKey);
}

/** False when this user has no such key. */
export async function deleteApiKey(
  client: Client | Transaction,
  { viewerId, keyId }: { viewerId: string; keyId: string },
): Promise<boolean> {
  const { count } = await client.apiKey.deleteMany({ where: { id: keyId, userId: viewerId } });
  return count > 0;
}

export async function touchApiKey(client: Client | Transaction, keyId: string, at: Date): Promise<void> {
  await client.apiKey.updateMany({ where: { id: keyId }, data: { lastUsedAt: at } });
}

function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    userId: row.userId,
    name: row.name,
    prefix: row.prefix,
    scopes: storedScopes.parse(JSON.parse(row.scopes)),
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
    createdAt: row.createdAt,
  };
}
