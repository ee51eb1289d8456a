import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { remember } from "@/lib/remember";

export const SESSION_ABSOLUTE_SECONDS = 90 * 24 * 3600;

const NAME = "next-auth.session-token";
const SECURE_NAME = `__Secure-${NAME}`;

const payloadSchema = z.object({ sid: z.string().min(32), exp: z.number() });

/** next-auth's own names: the prefixed one makes browsers refuse the cookie over plain http. */
export function sessionCookieName(secure: boolean): string {
  return secure ? SECURE_NAME : NAME;
}

export function sessionCookieOptions(secure: boolean) {
  return { httpOnly: true, sameSite: "lax" as const, path: "/", secure };
}

/** Whether the browser came by https, as the nearest proxy says. A false claim harms only the one who makes it. */
export function cameByHttps(headers: Headers): boolean {
  return headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
}

/** 256 random bits; the database keeps their hash. */
export function newSessionToken(): string {
  return randomBytes(32).toString("base64url");
}

export function toSessionId(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** The cookie's value, as next-auth itself would write it: an encrypted JWT that carries the session's token and nothing else. */
export function toSessionCookie(token: string, secret: string): Promise<string> {
  return encode({ token: { sid: token }, secret, maxAge: SESSION_ABSOLUTE_SECONDS });
}

/**
 * The session token in a cookie, null for a forged, spoilt or old one. What a cookie decrypts to never changes, so that it is
 * kept; whether the session still stands is the database's to say.
 */
export async function findSessionToken(
  cookie: string,
  options: { secret: string; now: number },
): Promise<string | null> {
  const known = cache().get(cookie);
  const payload = known ?? (await decrypt(cookie, options.secret));
  if (!payload || payload.exp * 1000 <= options.now) return null;
  if (!known) cache().set(cookie, payload);
  return payload.sid;
}

async function decrypt(cookie: string, secret: string): Promise<z.infer<typeof payloadSchema> | null> {
  try {
    return payloadSchema.parse(await decode({ token: cookie, secret }));
  } catch {
    // Whatever is wrong with it, it is not a cookie of ours: the visitor is not signed in.
    return null;
  }
}

const cache = () =>
  remember("session-cookies", () => new LRUCache<string, z.infer<typeof payloadSchema>>({ max: 2000 }));
