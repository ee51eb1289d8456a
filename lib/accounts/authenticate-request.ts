import "server-only";
import type { EdgeContext } from "@/lib/http/edge-context";
import { findApiKeyViewer } from "./api-keys";
import { cameByHttps, findSessionToken, sessionCookieName } from "./session-cookie";
import { findSessionViewer } from "./sessions";
import type { Viewer } from "./viewer-type";

type Edge = Pick<EdgeContext, "db" | "secrets" | "clock">;

/** Who sends a request: the owner of its key, or of its session cookie when it has no key. Null for no or dead credentials. */
export async function authenticateRequest(headers: Headers, edge: Edge): Promise<Viewer | null> {
  const key = findApiKey(headers);
  // A request with a key is a script's: its cookies are ignored, so that a wrong key never falls back to someone's session.
  return key === null ? authenticateSession(headers, edge) : findApiKeyViewer(edge.db.client, key, edge.clock());
}

/** The same by session cookie alone, for pages and actions: a key's scopes are checked by `route()` and nowhere else. */
export async function authenticateSession(headers: Headers, { db, secrets, clock }: Edge): Promise<Viewer | null> {
  const now = clock();
  const cookie = findCookie(headers, sessionCookieName(cameByHttps(headers)));
  const token = cookie && (await findSessionToken(cookie, { secret: secrets.nextAuthSecret, now }));
  return token ? findSessionViewer(db.client, token, now) : null;
}

function findApiKey(headers: Headers): string | null {
  const given = headers.get("x-api-key");
  if (given !== null) return given.trim();
  const [scheme, value] = (headers.get("authorization") ?? "").split(/\s+/, 2);
  return scheme?.toLowerCase() === "bearer" ? (value ?? "") : null;
}

function findCookie(headers: Headers, name: string): string | null {
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
