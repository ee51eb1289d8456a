"use server";

import { z } from "zod";
import { AppError } from "@/lib/errors";
import { formatList, formatMs } from "@/lib/format";
import { toTest } from "@/lib/health/to-wire";
import { formAction } from "@/lib/http/form-action";
import { CHECK_INTERVALS } from "@/lib/providers/provider-patch";
import { getRuntime } from "@/lib/runtime";

const about = { backTo: "/providers", form: "providers" } as const;
const one = z.object({ id: z.string() });

const test = formAction({ ...about, access: "user", input: one }, async ({ viewer, input: { id } }) => {
  const { providers, health } = getRuntime();
  const { name } = providers.get(id);
  const isAdmin = viewer.role === "admin";
  const { healthy, response_time, error } = toTest(await health.test(id, { paced: !isAdmin }), isAdmin);
  if (!healthy) throw new AppError("unavailable", `${name} did not pass the test: ${error?.message ?? ""}`);
  return `${name} answered after ${formatMs(response_time)}.`;
});

const testMany = formAction(
  { ...about, access: "admin", input: z.object({ only: z.enum(["all", "failed"]) }) },
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

const enable = formAction({ ...about, access: "admin", input: one }, async ({ viewer, input: { id } }) => {
  const { providers, health } = getRuntime();
  await health.enable(id, viewer.email);
  return `${providers.get(id).name} is in use again; a check has begun.`;
});

const disable = formAction({ ...about, access: "admin", input: one }, async ({ viewer, input: { id } }) => {
  const { providers, health } = getRuntime();
  await health.disable(id, viewer.email);
  return `${providers.get(id).name} is switched off.`;
});

const interval = z
  .union([z.literal("instance").transform(() => null), z.coerce.number().pipe(z.literal(CHECK_INTERVALS))])
  .optional();

const save = formAction(
  {
    ...about,
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
  await test(form);
}

export async function testProvidersAction(form: FormData): Promise<void> {
  await testMany(form);
}

export async function enableProviderAction(form: FormData): Promise<void> {
  await enable(form);
}

export async function disableProviderAction(form: FormData): Promise<void> {
  await disable(form);
}

export async function saveProviderAction(form: FormData): Promise<void> {
  await save(form);
}
