"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { emailSchema } from "@/lib/accounts/email";
import { finishSetup } from "@/lib/accounts/first-admin";
import { preferenceFields } from "@/lib/accounts/preferences";
import { rememberSignIn } from "@/lib/accounts/remember-sign-in";
import { openSession } from "@/lib/accounts/sign-in";
import { getEdgeContext } from "@/lib/http/edge-context";
import { formAction } from "@/lib/http/form-action";

const finish = formAction(
  {
    access: "public",
    form: "setup",
    backTo: "/setup",
    keep: ["token", "name", "email"],
    input: z.object({
      token: z.string(),
      email: emailSchema,
      name: preferenceFields.name,
      password: z.string(),
      time_zone: preferenceFields.timeZone.optional(),
    }),
  },
  async ({ input: { token, time_zone: timeZone, ...account }, address }) => {
    const edge = getEdgeContext();
    const user = await finishSetup(edge.db.client, {
      dataDir: edge.env.DATA_DIR,
      token,
      account: { ...account, ...(timeZone && { timeZone }) },
    });
    edge.log.info({ event: "setup.finished", user_id: user.id, address }, "the first admin was made");
    const userAgent = (await headers()).get("user-agent") ?? "";
    await rememberSignIn(user, await openSession(edge, { user, address, userAgent }));
    redirect("/");
  },
);

/** Makes the first admin and signs in. */
export async function setupAction(formData: FormData): Promise<void> {
  await finish(formData);
}
