"use server";

import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { rememberSignIn } from "@/lib/accounts/remember-sign-in";
import { signIn } from "@/lib/accounts/sign-in";
import { action } from "@/lib/http/action";
import { getEdgeContext } from "@/lib/http/edge-context";
import { toLocalPath } from "@/lib/http/local-path";

const submit = action(
  {
    access: "public",
    input: z.object({ email: z.string(), password: z.string(), next: z.string().optional() }),
  },
  async ({ input, address }) => {
    const userAgent = (await headers()).get("user-agent") ?? "";
    const result = await signIn(getEdgeContext(), { ...input, address, userAgent });
    if (!result.ok) return result.failure.kind;
    await rememberSignIn(result.value.user, result.value.token);
    return null;
  },
);

/** Signs in and goes where the visitor was going; back to the form with the reason's name when it does not work. */
export async function signInAction(formData: FormData): Promise<void> {
  const next = toLocalPath(formData.get("next"));
  const result = await submit(formData);
  const refusal = result.ok ? result.value : "failed";
  // Safe because `toLocalPath` gives a path of this site.
  if (refusal === null) redirect(next as Route);
  redirect(`/sign-in?${new URLSearchParams({ error: refusal, ...(next !== "/" && { next }) })}`);
}
