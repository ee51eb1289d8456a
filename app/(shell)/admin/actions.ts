"use server";

import { z } from "zod";
import { changeAccount, createAccount } from "@/lib/accounts/accounts";
import { emailSchema } from "@/lib/accounts/email";
import { ROLES } from "@/lib/accounts/viewer-type";
import { getEdgeContext } from "@/lib/http/edge-context";
import { formAction } from "@/lib/http/form-action";

const about = { access: "admin", backTo: "/admin" } as const;

const create = formAction(
  {
    ...about,
    form: "new-account",
    keep: ["email", "name", "role"],
    input: z.object({
      email: emailSchema,
      name: z.string().trim().max(100),
      password: z.string(),
      role: z.enum(ROLES),
    }),
  },
  async ({ input }) => {
    const user = await createAccount(getEdgeContext().db.client, input);
    return `${user.email} can sign in now.`;
  },
);

const change = formAction(
  {
    ...about,
    form: "accounts",
    input: z.object({ id: z.string(), change: z.enum(["make-admin", "make-user", "disable", "enable"]) }),
  },
  async ({ input }) => {
    const { db, clock } = getEdgeContext();
    const changes = {
      "make-admin": { role: "admin" },
      "make-user": { role: "user" },
      disable: { disabled: true },
      enable: { disabled: false },
    } as const;
    const user = await changeAccount(db.client, input.id, changes[input.change], clock());
    return `${user.email} is ${user.disabledAt ? "disabled" : `active as ${user.role === "admin" ? "an admin" : "a user"}`}.`;
  },
);

const setPassword = formAction(
  { ...about, form: "accounts", input: z.object({ id: z.string(), password: z.string() }) },
  async ({ input }) => {
    const { db, clock } = getEdgeContext();
    const user = await changeAccount(db.client, input.id, { password: input.password }, clock());
    return `The password of ${user.email} is changed and its sessions have ended.`;
  },
);

export async function createAccountAction(form: FormData): Promise<void> {
  await create(form);
}

export async function changeAccountAction(form: FormData): Promise<void> {
  await change(form);
}

export async function setPasswordAction(form: FormData): Promise<void> {
  await setPassword(form);
}
