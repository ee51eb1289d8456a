"use server";

import { z } from "zod";
import { AppError } from "@/lib/errors";
import { formatList, formatMs } from "@/lib/format";
import { toTest } from "@/lib/health/to-wire";
import { type ActionInput, type ActionResult, action } from "@/lib/http/action";
import { formAction } from "@/lib/http/form-action";
import { CHECK_INTERVALS } from "@/lib/providers/provider-patch";
import { getRuntime } from "@/lib/runtime";

/** With JavaScript the page stays and says what came of it; without, it comes anew and says the same. */
function bothWays<const Access extends "user" | "admin", Schema extends z.ZodType>(
  definition: { access: Access; input: Schema },
  handle: (input: ActionInput<Access, Schema>) => Promise<string>,
) {
  const form = formAction({ ...definition, backTo: "/providers", form: "providers" }, handle);
  return { form, now: action(definition, handle) };
}

const one = z.object({ id: z.string() });

const test = bothWays({ access: "user", input: one }, async ({ viewer, input: { id } }) => {
  const { providers, health } = getRuntime();
  const { name } = providers.get(id);
  const isAdmin = viewer.role === "admin";
  const { healthy, response_time, error } = toTest(await health.test(id, { paced: !isAdmin }), isAdmin);
  if (!healthy) throw new AppError("unavailable", `${name} did not pass the test: ${error?.message ?? ""}`);
  return `${name} answered after ${formatMs(response_time)}.`;
});

const testMany = bothWays(
  { access: "admin", input: z.object({ only: z.enum(["all", "failed"]) }) },
  async ({ input: { only } }) => {
    const { providers, health } = getRuntime();
    const results = await health.testAll(only === "failed" ? "failed" : undefined);
    if (results.length === 0) return "Nothing to test: none has failed.";
    const failed = results.filter(({ healthy }) => !healthy).map(({ id }) => providers.get(id).name);
    if (failed.length > 0) {
      const answered = `${results.length - failed.length} of ${results.length} passed the test.`;
      throw new AppError("unavailable", `${answered} Not so ${formatList(failed)}.`);
    }
    return results.length === 1 ? "It passed the test." : `All ${results.length} passed the test.`;
  },
);

const enable = bothWays({ access: "admin", input: one }, async ({ viewer, input: { id } }) => {
  const { providers, health } = getRuntime();
  await health.enable(id, viewer.email);
  return `${providers.get(id).name} is in use again; a check has begun.`;
});

const disable = bothWays({ access: "admin", input: one }, async ({ viewer, input: { id } }) => {
  const { providers, health } = getRuntime();
  await health.disable(id, viewer.email);
  return `${providers.get(id).name} is switched off.`;
});

const interval = z
  .union([z.literal("instance").transform(() => null), z.coerce.number().pipe(z.literal(CHECK_INTERVALS))])
  .optional();

const save = bothWays(
  {
    access: "admin",
    // A field that the environment decides is not sent.
    input: one.extend({ priority: z.coerce.number().int().min(0).max(100).optional(), check_interval: interval }),
  },
  async ({ viewer, input: { id, priority, check_interval } }) => {
    const patch = {
      ...(priority !== undefined && { priority }),
      ...(check_interval !== undefined && { check_interval }),
    };
    const { name } = await getRuntime().health.change(id, patch, viewer.email);
    return `The settings of ${name} are saved.`;
  },
);

export async function testProviderAction(form: FormData): Promise<void> {
  await test.form(form);
}

export async function testProviderNow(form: FormData): Promise<ActionResult<string>> {
  return test.now(form);
}

export async function testProvidersAction(form: FormData): Promise<void> {
  await testMany.form(form);
}

export async function testProvidersNow(form: FormData): Promise<ActionResult<string>> {
  return testMany.now(form);
}

export async function enableProviderAction(form: FormData): Promise<void> {
  await enable.form(form);
}

export async function enableProviderNow(form: FormData): Promise<ActionResult<string>> {
  return enable.now(form);
}

export async function disableProviderAction(form: FormData): Promise<void> {
  await disable.form(form);
}

export async function disableProviderNow(form: FormData): Promise<ActionResult<string>> {
  return disable.now(form);
}

export async function saveProviderAction(form: FormData): Promise<void> {
  await save.form(form);
}

export async function saveProviderNow(form: FormData): Promise<ActionResult<string>> {
  return save.now(form);
}
