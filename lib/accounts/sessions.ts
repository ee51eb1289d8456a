import "server-only";
import type { Client } from "@/lib/db/client";
import { createSession, deleteSession, findSessionWithUser, touchSession } from "@/lib/db/sessions";
import { touchUser } from "@/lib/db/users";
import { newSessionToken, SESSION_ABSOLUTE_SECONDS, toSessionId } from "./session-cookie";
import type { Viewer } from "./viewer-type";

export const SESSION_IDLE_MS = 30 * 24 * 3600 * 1000;
const TOUCH_INTERVAL_MS = 10 * 60 * 1000;
const USER_AGENT_CHARS_MAX = 300;

/** Starts a session and returns its token, which is for the cookie alone. */
export async function startSession(
  client: Client,
  options: { userId: string; address: string; userAgent: string; now: number },
): Promise<string> {
  const token = newSessionToken();
  const startedAt = new Date(options.now);
  await createSession(client, {
    id: toSessionId(token),
    userId: options.userId,
    createdAt: startedAt,
    lastSeenAt: startedAt,
    expiresAt: new Date(options.now + SESSION_ABSOLUTE_SECONDS * 1000),
    userAgent: options.userAgent.slice(0, USER_AGENT_CHARS_MAX),
    address: options.address,
  });
  await touchUser(client, options.userId, startedAt);
  return token;
}

/** Who a session token stands for now; null when it ended, was revoked, idled too long, or the account is disabled. */
export async function findSessionViewer(client: Client, token: string, now: number): Promise<Viewer | null> {
  const found = await findSessionWithUser(client, toSessionId(token));
  if (!found) return null;
  const { session, user } = found;
  const idleMs = now - session.lastSeenAt.getTime();
  if (user.disabledAt || session.expiresAt.getTime() <= now || idleMs > SESSION_IDLE_MS) return null;
  if (idleMs > TOUCH_INTERVAL_MS) {
    await touchSession(client, session.id, new Date(now));
    await touchUser(client, user.id, new Date(now));
  }
  const { disabledAt: _, lastActiveAt: __, createdAt: ___, ...account } = user;
  return { ...account, credential: { kind: "session", sessionId: session.id } };
}

export async function endSession(client: Client, options: { viewerId: string; sessionId: string }): Promise<boolean> {
  return deleteSession(client, options);
}
