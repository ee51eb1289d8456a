"use server";

import { z } from "zod";
import { AppError } from "@/lib/errors";
import { formatDuration, formatMs } from "@/lib/format";
import { toTest } from "@/lib/health/to-wire";
import { type FormSuccess, formAction } from "@/lib/http/form-action";
import type { ProviderPatch } from "@/lib/providers/provider-patch";
import { getRuntime } from "@/lib/runtime";
import { readSettingsForm } from "../read-settings-form";
import { connectionFields, type SettingsField, thresholdFields, usageFields } from "../settings-fields";
import { parsePageParams, toPageHref } from "./page-params";
import { readTriedThresholds } from "./tried-thresholds";

const one = z.object({ id: z.string() });
/** What a form of settings holds is read by the fields that it showed. */
const settingsForm = z.looseObject({ id: z.string() });

/** The page that the form stood on, at the range that it showed. */
function backTo(form: FormData): string {
  const range = form.get("range");
  return toPageHref(String(form.get("id")), parsePageParams({ range: typeof range === "string" ? range : undefined }));
}

/** All that was typed but secrets. */
function keep(form: FormData): string[] {
  const { providers } = getRuntime();
  const provider = providers.find(String(form.get("id")));
  const secret = (provider ? connectionFields(provider) : []).filter(({ kind }) => kind === "secret");
  const hidden = new Set(secret.map(({ name }) => name));
  return [...form.keys()].filter((name) => !hidden.has(name) && !name.startsWith("$"));
}

const test = formAction({ access: "user", form: "status", backTo, input: one }, async ({ viewer, input: { id } }) => {
  const { providers, health } = getRuntime();
  const { name } = providers.get(id);
  const isAdmin = viewer.role === "admin";
  const { healthy, response_time, error } = toTest(await health.test(id, { paced: !isAdmin }), isAdmin);
  if (!healthy) throw new AppError("unavailable", `${name} did not pass the test. ${error?.message ?? ""}`);
  return `${name} answered after ${formatMs(response_time)}.`;
});

const enable = formAction(
  { access: "admin", form: "status", backTo, input: one },
  async ({ viewer, input: { id } }) => {
    const { providers, health } = getRuntime();
    await health.enable(id, viewer.email);
    return `${providers.get(id).name} is in use; a check has begun.`;
  },
);

const disable = formAction(
  { access: "admin", form: "status", backTo, input: one },
  async ({ viewer, input: { id } }) => {
    const { providers, health } = getRuntime();
    await health.disable(id, viewer.email);
    return `${providers.get(id).name} is switched off.`;
  },
);

/** Saves what differs from what the form showed. */
async function save(id: string, patch: ProviderPatch, actor: string): Promise<FormSuccess> {
  const { health } = getRuntime();
  if (Object.keys(patch).length === 0) return "Nothing was changed.";
  const rebuilds = patch.config !== undefined || patch.base_url !== undefined;
  const { initialized, message } = await health.change(id, patch, actor);
  if (!initialized) return `Saved. It cannot be used yet: ${message ?? ""}`;
  return rebuilds ? "Saved. A check has begun with the new settings." : "Saved.";
}

function saveFields(form: "connection" | "usage", shownFor: (id: string) => SettingsField[]) {
  const definition = { access: "admin", form, backTo, keep, input: settingsForm } as const;
  return formAction(definition, ({ viewer, input }) =>
    save(input.id, readSettingsForm(shownFor(input.id), input), viewer.email),
  );
}

const saveConnection = saveFields("connection", (id) => connectionFields(getRuntime().providers.get(id)));

const saveUsage = saveFields("usage", (id) => {
  const { providers, settings } = getRuntime();
  return usageFields(providers.get(id), `every ${formatDuration(settings.health().checkIntervalMs)}`);
});

const saveThresholds = formAction(
  {
    access: "admin",
    form: "thresholds",
    backTo,
    keep,
    input: settingsForm.extend({ do: z.enum(["save", "try"]).default("save") }),
  },
  async ({ viewer, input }) => {
    const { providers, settings } = getRuntime();
    const provider = providers.get(input.id);
    const instance = settings.health().thresholds;
    const shown = thresholdFields(provider, instance);
    const patch = readSettingsForm(shown, input);
    readTriedThresholds(provider, instance, patch);
    if (input.do === "save") return save(input.id, patch, viewer.email);
    const typed = shown.map(({ name, value }) => [name, String(input[name] ?? value)]);
    const to = toPageHref(input.id, { tried: Object.fromEntries(typed) });
    return { text: "Tried on the last days. Nothing is saved yet.", to };
  },
);

const remove = formAction({ access: "admin", form: "providers", backTo, input: one }, async ({ input: { id } }) => {
  const { providers } = getRuntime();
  const { name } = providers.get(id);
  await providers.remove(id);
  return { text: `${name} is removed. Favorites that came from it stay.`, to: "/providers" };
});

export async function testOneAction(form: FormData): Promise<void> {
  await test(form);
}

export async function enableOneAction(form: FormData): Promise<void> {
  await enable(form);
}

export async function disableOneAction(form: FormData): Promise<void> {
  await disable(form);
}

export async function saveConnectionAction(form: FormData): Promise<void> {
  await saveConnection(form);
}

export async function saveUsageAction(form: FormData): Promise<void> {
  await saveUsage(form);
}

export async function saveThresholdsAction(form: FormData): Promise<void> {
  await saveThresholds(form);
}

export async function removeProviderAction(form: FormData): Promise<void> {
  await remove(form);
}
