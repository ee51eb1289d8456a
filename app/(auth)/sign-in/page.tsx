import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Field, fieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { TOO_MANY_ATTEMPTS } from "@/lib/accounts/auth-options";
import { findViewer } from "@/lib/accounts/viewer";
import { hasUsers } from "@/lib/db/users";
import { getEdgeContext } from "@/lib/http/edge-context";
import { toLocalPath } from "@/lib/http/local-path";
import { signInAction } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

/** By the name in `?error=`: our own, and next-auth's for those who come from its endpoints. */
const REFUSALS: Readonly<Record<string, string>> = {
  wrong: "E-mail address or password is wrong.",
  CredentialsSignin: "E-mail address or password is wrong.",
  limited: "There were too many attempts. Wait a quarter of an hour, then try again.",
  [TOO_MANY_ATTEMPTS]: "There were too many attempts. Wait a quarter of an hour, then try again.",
};
const OTHER_REFUSAL = "Signing in did not work. Please try again.";

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { next: wanted, callbackUrl, error } = await searchParams;
  const next = toLocalPath(wanted ?? toPath(callbackUrl));
  // Safe because `toLocalPath` gives a path of this site.
  if (await findViewer()) redirect(next as Route);
  if (!(await hasUsers(getEdgeContext().db.client))) redirect("/setup");
  const refusal = typeof error === "string" ? (REFUSALS[error] ?? OTHER_REFUSAL) : null;

  return (
    <>
      <h1 className="text-lg">Sign in</h1>
      <form action={signInAction} className="mt-5 flex flex-col gap-4">
        {refusal ? (
          <Notice tone="bad" role="alert">
            {refusal}
          </Notice>
        ) : null}
        <input type="hidden" name="next" value={next} />
        <Field label="E-mail address" id="email">
          <Input {...fieldControl("email")} name="email" type="email" autoComplete="username" required autoFocus />
        </Field>
        <Field label="Password" id="password">
          <Input
            {...fieldControl("password")}
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
        </Field>
        <Button type="submit" variant="primary" size="lg">
          Sign in
        </Button>
      </form>
      <p className="mt-5 text-ink-3 text-xs">
        Forgotten the password? An admin can set a new one, or whoever runs this server with{" "}
        <code>npm run admin -- user reset-password</code>.
      </p>
    </>
  );
}

/** next-auth hands on whole addresses; what counts is the path. */
function toPath(callbackUrl: unknown): string | undefined {
  if (typeof callbackUrl !== "string" || !URL.canParse(callbackUrl)) return undefined;
  const { pathname, search } = new URL(callbackUrl);
  return pathname + search;
}
