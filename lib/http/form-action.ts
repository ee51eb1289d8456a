import "server-only";
import type { Route } from "next";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { type ActionInput, action } from "./action";
import { setFlash } from "./flash";

const KEPT_CHARS = 300;

/** What a form says when it worked; `secret` is shown once, `to` is the page to go on to instead of back. */
export type FormSuccess = string | { text: string; secret?: string; to?: string };

/**
 * `action()` for a plain form on a page that is rendered by the server: it ends in a redirect back to the page, which reads what
 * to say from the flash. So it works the same with and without JavaScript.
 */
export function formAction<const Access extends "public" | "user" | "admin", Schema extends z.ZodType>(
  definition: {
    access: Access;
    input: Schema;
    form: string;
    /** The page of the form; from its fields where there is one page for each of many things. */
    backTo: string | ((formData: FormData) => string);
    /** Fields whose text comes back with a refusal; never a password. */
    keep?: readonly string[] | ((formData: FormData) => readonly string[]);
  },
  handle: (input: ActionInput<Access, Schema>) => Promise<FormSuccess>,
): (formData: FormData) => Promise<void> {
  const run = action(definition, handle);
  return async (formData) => {
    const { form, keep = [], backTo } = definition;
    const result = await run(formData);
    const kept = typeof keep === "function" ? keep(formData) : keep;
    const said = await setFlash({ form, ...toMessage(result), values: result.ok ? {} : pick(formData, kept) });
    const onTo = result.ok && typeof result.value !== "string" ? result.value.to : undefined;
    const page = onTo ?? (typeof backTo === "function" ? backTo(formData) : backTo);
    // Safe because these are pages of ours, named in code.
    redirect(`${page}${page.includes("?") ? "&" : "?"}said=${said}#${form}` as Route);
  };
}

function toMessage(result: Awaited<ReturnType<ReturnType<typeof action<"user", z.ZodType, FormSuccess>>>>) {
  if (!result.ok) return { ok: false, text: result.error.title, errors: [...result.error.errors], secret: null };
  const { text, secret = null } = typeof result.value === "string" ? { text: result.value } : result.value;
  return { ok: true, text, errors: [], secret };
}

/** Very long texts are left out: the cookie would be too large for a browser. */
function pick(formData: FormData, names: readonly string[]): Record<string, string> {
  const texts = names.map((name) => [name, formData.get(name)] as const);
  return Object.fromEntries(
    texts.filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1].length <= KEPT_CHARS),
  );
}
