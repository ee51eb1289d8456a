"use server";

import { z } from "zod";
import { changeOwnPassword } from "@/lib/accounts/accounts";
import { issueApiKey, revokeApiKey } from "@/lib/accounts/api-keys";
import { type Preferences, preferenceFields, savePreferences } from "@/lib/accounts/preferences";
import { rememberTheme } from "@/lib/accounts/remember-sign-in";
import { SCOPES, type Viewer } from "@/lib/accounts/viewer-type";
import { deleteSession, deleteSessionsOf } from "@/lib/db/sessions";
import { AppError } from "@/lib/errors";
import { formAction } from "@/lib/http/form-action";
import { formFlag, formList, formOptional } from "@/lib/http/form-fields";
import { getRuntime } from "@/lib/runtime";

const DAY_MS = 24 * 3600 * 1000;
const about = { access: "user", backTo: "/settings" } as const;

async function save(viewer: Viewer, preferences: Preferences): Promise<void> {
  const { db, providers, log } = getRuntime();
  await savePreferences(db.client, viewer.id, preferences, new Set(providers.list().map(({ id }) => id)));
  const fields = Object.keys(preferences);
  log.info({ event: "settings.changed", user_id: viewer.id, fields }, "own settings changed");
}

const saveProfile = formAction(
  {
    ...about,
    form: "profile",
    keep: ["name"],
    input: z.object({
      name: preferenceFields.name,
      time_zone: preferenceFields.timeZone,
      theme: preferenceFields.theme,
    }),
  },
  async ({ viewer, input }) => {
    await save(viewer, { name: input.name, timeZone: input.time_zone, theme: input.theme });
    await rememberTheme(input.theme);
    return "Saved.";
  },
);

const saveReading = formAction(
  {
    ...about,
    form: "reading",
    input: z.object({
      title_language: preferenceFields.titleLanguage,
      show_adult: formFlag,
      check_interval: formOptional(z.coerce.number().pipe(preferenceFields.checkInterval.unwrap())),
    }),
  },
  async ({ viewer, input }) => {
    await save(viewer, {
      titleLanguage: input.title_language,
      showAdult: input.show_adult,
      providerCheckInterval: input.check_interval,
    });
    return "Saved.";
  },
);

const saveProviders = formAction(
  {
    ...about,
    form: "search-providers",
    input: z.object({ shown: formList(z.string()), default: formList(z.string()) }),
  },
  async ({ viewer, input }) => {
    const shown = new Set(input.shown);
    const all = getRuntime().providers.list();
    // The form shows the enabled ones; what was chosen for the others stays.
    const hidden = (id: string, enabled: boolean) => (enabled ? !shown.has(id) : viewer.hiddenProviders.includes(id));
    const hiddenProviders = all.filter(({ id, enabled }) => hidden(id, enabled)).map(({ id }) => id);
    await save(viewer, { hiddenProviders, defaultProviders: input.default.filter((id) => shown.has(id)) });
    return "Saved.";
  },
);

const savePassword = formAction(
  { ...about, form: "password", input: z.object({ current_password: z.string(), new_password: z.string() }) },
  async ({ viewer, input }) => {
    const passwords = { current: input.current_password, password: input.new_password };
    await changeOwnPassword(getRuntime().db.client, viewer, passwords);
    return "The password is changed. Your other sessions have ended.";
  },
);

const makeKey = formAction(
  {
    ...about,
    form: "api-keys",
    keep: ["name"],
    input: z.object({
      name: z.string().trim().min(1, "A key needs a name.").max(100),
      scopes: formList(z.enum(SCOPES)),
      expires_in_days: formOptional(z.coerce.number().int().min(1).max(3650)),
    }),
  },
  async ({ viewer, input }) => {
    const now = Date.now();
    const { secret } = await issueApiKey(getRuntime().db.client, {
      viewer,
      name: input.name,
      scopes: input.scopes.length > 0 ? input.scopes : null,
      expiresAt: input.expires_in_days === null ? null : new Date(now + input.expires_in_days * DAY_MS),
      now,
    });
    return { text: "This is the new key. Copy it now: it is not shown again.", secret };
  },
);

const revokeKey = formAction(
  { ...about, form: "api-keys", input: z.object({ id: z.string() }) },
  async ({ viewer, input }) => {
    await revokeApiKey(getRuntime().db.client, { viewerId: viewer.id, keyId: input.id });
    return "The key is revoked.";
  },
);

const revokeSession = formAction(
  { ...about, form: "sessions", input: z.object({ id: z.string() }) },
  async ({ viewer, input }) => {
    const ended = await deleteSession(getRuntime().db.client, { viewerId: viewer.id, sessionId: input.id });
    if (!ended) throw new AppError("not_found", "This session has ended already.");
    return "The session has ended.";
  },
);

const revokeOthers = formAction({ ...about, form: "sessions", input: z.object({}) }, async ({ viewer }) => {
  const currentId = viewer.credential.kind === "session" ? viewer.credential.sessionId : null;
  const ended = await deleteSessionsOf(getRuntime().db.client, viewer.id, currentId);
  return ended === 0 ? "There was no other session." : "All other sessions have ended.";
});

export async function saveProfileAction(form: FormData): Promise<void> {
  await saveProfile(form);
}

export async function saveReadingAction(form: FormData): Promise<void> {
  await saveReading(form);
}

export async function saveProvidersAction(form: FormData): Promise<void> {
  await saveProviders(form);
}

export async function savePasswordAction(form: FormData): Promise<void> {
  await savePassword(form);
}

export async function makeKeyAction(form: FormData): Promise<void> {
  await makeKey(form);
}

export async function revokeKeyAction(form: FormData): Promise<void> {
  await revokeKey(form);
}

export async function revokeSessionAction(form: FormData): Promise<void> {
  await revokeSession(form);
}

export async function revokeOtherSessionsAction(form: FormData): Promise<void> {
  await revokeOthers(form);
}
