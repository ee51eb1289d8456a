"use server";

import { z } from "zod";
import { AppError } from "@/lib/errors";
import { toFieldErrors } from "@/lib/http/field-errors";
import { formAction } from "@/lib/http/form-action";
import type { ProviderAdapter } from "@/lib/providers/provider";
import { providerAddSchema } from "@/lib/providers/provider-patch";
import { getRuntime } from "@/lib/runtime";
import { toPageHref } from "../[id]/page-params";
import { readSettingsForm } from "../read-settings-form";
import { newConnectionFields } from "../settings-fields";

function findAdapter(id: FormDataEntryValue | null): ProviderAdapter | null {
  const adapters = getRuntime().providers.adapters();
  return adapters.find(({ multi, id: own }) => multi && own === id) ?? null;
}

function backTo(form: FormData): string {
  const adapter = findAdapter(form.get("adapter"));
  return adapter ? `/providers/new?adapter=${adapter.id}` : "/providers/new";
}

/** All that was typed but secrets. */
function keep(form: FormData): string[] {
  const fields = newConnectionFields(findAdapter(form.get("adapter")) ?? { configFields: [] });
  return ["name", ...fields.flatMap(({ name, kind }) => (kind === "secret" ? [] : name))];
}

const add = formAction(
  { access: "admin", form: "status", backTo, keep, input: z.looseObject({ adapter: z.string(), name: z.string() }) },
  async ({ viewer, input }) => {
    const { providers, log } = getRuntime();
    const fields = newConnectionFields(findAdapter(input.adapter) ?? { configFields: [] });
    const { config = {} } = readSettingsForm(fields, input);
    const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));
    const parsed = providerAddSchema.safeParse({ adapter: input.adapter, name: input.name, config: given });
    if (!parsed.success) {
      throw new AppError("bad_request", "Please check the form.", {
        errors: toFieldErrors(parsed.error.issues, "body"),
      });
    }
    const { id, name } = await providers.add(parsed.data);
    log.info({ event: "provider.added", provider: id, actor: viewer.email }, `${id}: added`);
    return { text: `${name} is added; a check has begun.`, to: toPageHref(id) };
  },
);

export async function addProviderAction(form: FormData): Promise<void> {
  await add(form);
}
