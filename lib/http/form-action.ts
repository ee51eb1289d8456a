import "server-only";
import type { Route } from "next";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { type ActionInput, action } from "./action";
import { setFlash } from "./flash";

/** What a form says when it worked; `secret` is shown once. */
export type FormSuccess = string | { text: string; secret: string };

/**
 * `action()` for a plain form on a page that is rendered by the server: it ends in a redirect back to the page, which reads what
 * to say from the flash. So it works the same with and without JavaScript.
 */
export function formAction<const Access extends "public" | "user" | "admin", Schema extends z.ZodType>(
  definition: {
    access: Access;
    input: Schema;
    form: string;
    backTo: string;
    /** Fields whose text comes back with a refusal; never a password. */
    keep?: readonly string[];
  },
  handle: (input: ActionInput<Access, Schema>) => Promise<FormSuccess>,
): (formData: FormData) => Promise<void> {
  const run = action(definition, handle);
  return async (formData) => {
    const result = await run(formData);
    const said = await setFlash({
      form: definition.form,
      ...toMessage(result),
      values: result.ok ? {} : pick(formData, definition.keep ?? []),
    });
    // Safe because `backTo` is a page of ours, named in code.
    redirect(`${definition.backTo}?said=${said}#${definition.form}` as Route);
  };
}

function toMessage(result: Awaited<ReturnType<ReturnType<typeof action<"user", z.ZodType, FormSuccess>>>>) {
  if (!result.ok) return { ok: false, text: result.error.title, errors: [...result.error.errors], secret: null };
  const { text, secret } = typeof result.value === "string" ? { text: result.value, secret: null } : result.value;
  return { ok: true, text, errors: [], secret };
}

function pick(formData: FormData, names: readonly string[]): Record<string, string> {
  const texts = names.map((name) => [name, formData.get(name)] as const);
  return Object.fromEntries(texts.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
