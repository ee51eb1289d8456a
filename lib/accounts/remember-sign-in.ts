import "server-only";
import { cookies, headers } from "next/headers";
import type { User } from "@/lib/db/users";
import { getEdgeContext } from "@/lib/http/edge-context";
import {
  cameByHttps,
  SESSION_ABSOLUTE_SECONDS,
  sessionCookieName,
  sessionCookieOptions,
  toSessionCookie,
} from "./session-cookie";

const THEME_COOKIE_SECONDS = 365 * 24 * 3600;

/** In a server action: sets the session's cookie, the same as next-auth would, and the account's theme for this browser. */
export async function rememberSignIn(user: User, token: string): Promise<void> {
  const secure = cameByHttps(await headers());
  const jar = await cookies();
  const value = await toSessionCookie(token, getEdgeContext().secrets.nextAuthSecret);
  jar.set(sessionCookieName(secure), value, { ...sessionCookieOptions(secure), maxAge: SESSION_ABSOLUTE_SECONDS });
  await rememberTheme(user.theme);
}

/** In a cookie, so that the first byte of every page knows it. */
export async function rememberTheme(theme: User["theme"]): Promise<void> {
  const secure = cameByHttps(await headers());
  (await cookies()).set("theme", theme, { path: "/", sameSite: "lax", secure, maxAge: THEME_COOKIE_SECONDS });
}
