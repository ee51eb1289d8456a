"use server";

import { revalidatePath } from "next/cache";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { preferenceFields, savePreferences } from "@/lib/accounts/preferences";
import { cameByHttps, sessionCookieName } from "@/lib/accounts/session-cookie";
import { endSession } from "@/lib/accounts/sessions";
import { deleteSearches } from "@/lib/db/search-history";
import { action } from "@/lib/http/action";
import { getRuntime } from "@/lib/runtime";

const THEME_COOKIE_SECONDS = 365 * 24 * 3600;

const chooseTheme = action(
  { access: "user", input: z.object({ theme: preferenceFields.theme }) },
  async ({ viewer, input }) => {
    await savePreferences(getRuntime().db.client, viewer.id, { theme: input.theme }, new Set());
    const secure = cameByHttps(await headers());
    (await cookies()).set("theme", input.theme, { path: "/", sameSite: "lax", secure, maxAge: THEME_COOKIE_SECONDS });
  },
);

const forgetSearches = action({ access: "user", input: z.object({}) }, async ({ viewer }) => {
  await deleteSearches(getRuntime().db.client, { viewerId: viewer.id });
});

const leave = action({ access: "user", input: z.object({}) }, async ({ viewer }) => {
  if (viewer.credential.kind !== "session") return;
  await endSession(getRuntime().db.client, { viewerId: viewer.id, sessionId: viewer.credential.sessionId });
});

/** Keeps the theme with the account, and in a cookie, so that the first byte of every page knows it. */
export async function setThemeAction(form: FormData): Promise<void> {
  await chooseTheme(form);
}

/** Forgets everything that this user has looked for. */
export async function forgetSearchesAction(form: FormData): Promise<void> {
  await forgetSearches(form);
  revalidatePath("/");
}

/** Ends this session here and in the database. Whoever is signed out already only loses the cookie. */
export async function signOutAction(form: FormData): Promise<void> {
  await leave(form);
  const secure = cameByHttps(await headers());
  (await cookies()).delete({ name: sessionCookieName(secure), path: "/", secure });
  redirect("/sign-in");
}
