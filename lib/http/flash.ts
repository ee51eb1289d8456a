import "server-only";
import { randomBytes } from "node:crypto";
import { cookies, headers } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { cameByHttps } from "@/lib/accounts/session-cookie";
import { getEdgeContext } from "./edge-context";

const COOKIE = "yagura.flash";
const SALT = "yagura flash";
const SECONDS = 60;

const flashSchema = z.object({
  id: z.string(),
  /** The form that it belongs to. */
  form: z.string(),
  ok: z.boolean(),
  text: z.string(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string(), code: z.string() })),
  /** Something shown this once, as a new API key. */
  secret: z.string().nullable(),
  /** What was typed, for the fields that a person should not have to type again. */
  values: z.record(z.string(), z.string()),
});

/** What a form says on the page that its sender is redirected to. */
export type Flash = z.infer<typeof flashSchema>;

/** Leaves a message for the next page, in an encrypted cookie that lives a minute. Returns the id for that page's `?said=`. */
export async function setFlash(flash: Omit<Flash, "id">): Promise<string> {
  const id = randomBytes(6).toString("base64url");
  const secret = getEdgeContext().secrets.nextAuthSecret;
  const value = await encode({ token: { flash: { ...flash, id } }, secret, salt: SALT, maxAge: SECONDS });
  const secure = cameByHttps(await headers());
  (await cookies()).set(COOKIE, value, { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge: SECONDS });
  return id;
}

/** The message that `?said=` names; null without one, so that a later visit to the page says nothing of an old form. */
export async function findFlash(said: string | string[] | undefined): Promise<Flash | null> {
  const value = (await cookies()).get(COOKIE)?.value;
  if (!value || typeof said !== "string") return null;
  const payload = await decode({ token: value, secret: getEdgeContext().secrets.nextAuthSecret, salt: SALT }).catch(
    // Forged, spoilt or a minute old: there is no message.
    () => null,
  );
  const flash = flashSchema.safeParse(payload?.["flash"]);
  return flash.success && flash.data.id === said ? flash.data : null;
}

/** What was wrong with one field of one form. */
export function findFieldError(flash: Flash | null, form: string, field: string): string | null {
  if (flash?.form !== form) return null;
  return flash.errors.find(({ pointer }) => pointer === field || pointer === `/${field}`)?.message ?? null;
}
