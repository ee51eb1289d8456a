import "server-only";
import type { NextAuthOptions, User } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { toClientAddress } from "@/lib/http/client-address";
import type { EdgeContext } from "@/lib/http/edge-context";
import {
  cameByHttps,
  findSessionToken,
  SESSION_ABSOLUTE_SECONDS,
  sessionCookieName,
  sessionCookieOptions,
} from "./session-cookie";
import { endSession, findSessionViewer } from "./sessions";
import { signIn } from "./sign-in";

/** What next-auth's error page parameter says when someone has tried too often. */
export const TOO_MANY_ATTEMPTS = "TooManyAttempts";

/**
 * next-auth over our sessions: its encrypted cookie carries a session's token, and every read of it asks the database. Made per
 * request, because whether cookies are `Secure` depends on how the request came.
 */
export function toAuthOptions(headers: Headers, edge: EdgeContext): NextAuthOptions {
  const secure = cameByHttps(headers);
  const { db, env, log, secrets, clock } = edge;
  const findToken = (cookie: string) => findSessionToken(cookie, { secret: secrets.nextAuthSecret, now: clock() });
  const findViewer = (token: string) => findSessionViewer(db.client, token, clock());

  return {
    secret: secrets.nextAuthSecret,
    useSecureCookies: secure,
    cookies: { sessionToken: { name: sessionCookieName(secure), options: sessionCookieOptions(secure) } },
    session: { strategy: "jwt", maxAge: SESSION_ABSOLUTE_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({
        name: "Yagura",
        credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
        authorize: async (credentials) => {
          const result = await signIn(edge, {
            email: String(credentials?.email ?? ""),
            password: String(credentials?.password ?? ""),
            address: toClientAddress(headers, env.TRUSTED_PROXIES),
            userAgent: headers.get("user-agent") ?? "",
          });
          if (result.ok) return { id: result.value.user.id, sessionToken: result.value.token } satisfies SignedIn;
          if (result.failure.kind === "limited") throw new Error(TOO_MANY_ATTEMPTS);
          return null;
        },
      }),
    ],
    jwt: {
      decode: async ({ token: cookie }) => {
        const sid = cookie ? await findToken(cookie) : null;
        return sid !== null && (await findViewer(sid)) ? { sid } : null;
      },
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: (user as SignedIn).sessionToken } : { sid: token["sid"] }),
      session: async ({ session, token }) => {
        const viewer = await findViewer(String(token["sid"]));
        const user = viewer && { id: viewer.id, email: viewer.email, name: viewer.name, role: viewer.role };
        return { ...session, user: user ?? {} };
      },
    },
    events: {
      signOut: async ({ token }) => {
        const viewer = token ? await findViewer(String(token["sid"])) : null;
        if (viewer?.credential.kind !== "session") return;
        await endSession(db.client, { viewerId: viewer.id, sessionId: viewer.credential.sessionId });
      },
    },
    logger: {
      error: (code) => log.debug({ event: "auth.library_error", code }, "next-auth refused a request"),
      warn: (code) => log.debug({ event: "auth.library_warning", code }, "next-auth warns"),
      debug: () => {},
    },
  };
}

interface SignedIn extends User {
  sessionToken: string;
}
