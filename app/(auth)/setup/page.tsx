import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Field, fieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PASSWORD_CHARS_MIN } from "@/lib/accounts/password";
import { hasUsers } from "@/lib/db/users";
import { getEdgeContext } from "@/lib/http/edge-context";
import { findFieldError, findFlash } from "@/lib/http/flash";
import { setupAction } from "./actions";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage({ searchParams }: PageProps<"/setup">) {
  if (await hasUsers(getEdgeContext().db.client)) redirect("/sign-in");
  const flash = await findFlash((await searchParams)["said"]);
  const error = (field: string) => findFieldError(flash, "setup", field);
  const passwordHint = `At least ${PASSWORD_CHARS_MIN} characters. A few words are better than one with signs in it.`;
  const tokenHint = "One time only; printed where Yagura was started, and in its log.";

  return (
    <>
      <h1 className="text-lg">Set up Yagura</h1>
      <p className="mt-1.5 text-ink-2">
        The first account is the admin: it sets up providers and makes other accounts.
      </p>
      <form id="setup" action={setupAction} className="mt-5 flex flex-col gap-4">
        {flash ? (
          <Notice tone="bad" role="alert">
            {flash.text}
          </Notice>
        ) : null}
        <Field label="Set-up token" id="token" hint={tokenHint} error={error("token")}>
          <Input
            {...fieldControl("token", { hint: tokenHint, error: error("token") })}
            name="token"
            defaultValue={flash?.values["token"]}
            autoComplete="off"
            spellCheck={false}
            required
            autoFocus
          />
        </Field>
        <Field label="Name" id="name" error={error("name")}>
          <Input
            {...fieldControl("name", { error: error("name") })}
            name="name"
            defaultValue={flash?.values["name"]}
            autoComplete="name"
            required
          />
        </Field>
        <Field label="E-mail address" id="email" error={error("email")}>
          <Input
            {...fieldControl("email", { error: error("email") })}
            name="email"
            defaultValue={flash?.values["email"]}
            type="email"
            autoComplete="username"
            required
          />
        </Field>
        <Field label="Password" id="password" hint={passwordHint} error={error("password")}>
          <Input
            {...fieldControl("password", { hint: passwordHint, error: error("password") })}
            name="password"
            type="password"
            autoComplete="new-password"
            minLength={PASSWORD_CHARS_MIN}
            required
          />
        </Field>
        <Button type="submit" variant="primary" size="lg">
          Make the account
        </Button>
      </form>
    </>
  );
}
