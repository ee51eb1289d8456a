import "server-only";
import type { Client, Transaction } from "./client";
import { toUser, type User } from "./users";

export interface SessionRow {
  /** The hash of the token; the token itself is only in the browser. */
  id: string;
  userId: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  userAgent: string;
  address: string;
}

export async function createSession(client: Client | Transaction, session: SessionRow): Promise<void> {
  await client.session.create({ data: session });
}

/** The session with its account, in one query, whatever state both are in: the caller judges. */
export async function findSessionWithUser(
  client: Client | Transaction,
  sessionId: string,
): Promise<{ session: SessionRow; user: User } | null> {
  const row = await client.session.findUnique({ where: { id: sessionId }, include: { user: true } });
  if (!row) return null;
  const { user, ...session } = row;
  return { session, user: toUser(user) };
}

export async function listSessions(client: Client | Transaction, viewerId: string, now: Date): Promise<SessionRow[]> {
  return client.session.findMany({
    where: { userId: viewerId, expiresAt: { gt: now } },
    orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
  });
}

export async function touchSession(client: Client | Transaction, sessionId: string, at: Date): Promise<void> {
  await client.session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: at } });
}

/** False when this user has no such session. */
export async function deleteSession(
  client: Client | Transaction,
  { viewerId, sessionId }: { viewerId: string; sessionId: string },
): Promise<boolean> {
  const { count } = await client.session.deleteMany({ where: { id: sessionId, userId: viewerId } });
  return count > 0;
}

/** Ends all sessions of a user, but for `exceptId`. Returns how many. */
export async function deleteSessionsOf(
  client: Client | Transaction,
  userId: string,
  exceptId: string | null = null,
): Promise<number> {
  const { count } = await client.session.deleteMany({
    where: { userId, ...(exceptId !== null && { id: { not: exceptId } }) },
  });
  return count;
}

/** Drops what can no longer be used: past its end, or not seen since `idleSince`. */
export async function deleteStaleSessions(
  client: Client | Transaction,
  { now, idleSince }: { now: Date; idleSince: Date },
): Promise<number> {
  const { count } = await client.session.deleteMany({
    where: { OR: [{ expiresAt: { lte: now } }, { lastSeenAt: { lt: idleSince } }] },
  });
  return count;
}
