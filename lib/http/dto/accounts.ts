import { z } from "zod";
import { emailSchema } from "@/lib/accounts/email";
import { PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN } from "@/lib/accounts/password";
import { type Preferences, preferenceFields } from "@/lib/accounts/preferences";
import { ROLES, SCOPES, type Viewer } from "@/lib/accounts/viewer-type";
import type { ApiKey } from "@/lib/db/api-keys";
import type { SessionRow } from "@/lib/db/sessions";
import { THEMES, TITLE_LANGUAGES, type User } from "@/lib/db/users";

export const meSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    provider_check_interval: z.number().nullable().meta({ description: "Minutes." }),
    time_zone: z.string(),
    theme: z.enum(THEMES),
    title_language: z.enum(TITLE_LANGUAGES),
    show_adult: z.boolean(),
    hidden_providers: z.array(z.string()),
    default_providers: z.array(z.string()),
  })
  .meta({ id: "Me" });

export function toMe(account: Omit<Viewer, "credential">): z.infer<typeof meSchema> {
  return {
    id: account.id,
    email: account.email,
    name: account.name,
    role: account.role,
    provider_check_interval: account.providerCheckInterval,
    time_zone: account.timeZone,
    theme: account.theme,
    title_language: account.titleLanguage,
    show_adult: account.showAdult,
    hidden_providers: [...account.hiddenProviders],
    default_providers: [...account.defaultProviders],
  };
}

export const mePatchSchema = z
  .strictObject({
    name: preferenceFields.name,
    provider_check_interval: preferenceFields.checkInterval,
    time_zone: preferenceFields.timeZone,
    theme: preferenceFields.theme,
    title_language: preferenceFields.titleLanguage,
    show_adult: preferenceFields.showAdult,
    hidden_providers: preferenceFields.hiddenProviders,
    default_providers: preferenceFields.defaultProviders,
  })
  .partial();

export function toPreferences(patch: z.infer<typeof mePatchSchema>): Preferences {
  return {
    ...(patch.name !== undefined && { name: patch.name }),
    ...(patch.provider_check_interval !== undefined && { providerCheckInterval: patch.provider_check_interval }),
    ...(patch.time_zone !== undefined && { timeZone: patch.time_zone }),
    ...(patch.theme !== undefined && { theme: patch.theme }),
    ...(patch.title_language !== undefined && { titleLanguage: patch.title_language }),
    ...(patch.show_adult !== undefined && { showAdult: patch.show_adult }),
    ...(patch.hidden_providers !== undefined && { hiddenProviders: patch.hidden_providers }),
    ...(patch.default_providers !== undefined && { defaultProviders: patch.default_providers }),
  };
}

export const sessionSchema = z
  .object({
    id: z.string(),
    current: z.boolean(),
    created_at: z.iso.datetime(),
    last_seen_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    user_agent: z.string(),
    address: z.string(),
  })
  .meta({ id: "Session" });

export function toSessionDto(session: SessionRow, currentId: string | null): z.infer<typeof sessionSchema> {
  return {
    id: session.id,
    current: session.id === currentId,
    created_at: session.createdAt.toISOString(),
    last_seen_at: session.lastSeenAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
    user_agent: session.userAgent,
    address: session.address,
  };
}

export const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().meta({ description: "The part of the key that is shown in lists." }),
    scopes: z.array(z.enum(SCOPES)).nullable().meta({ description: "Null: all that the owner may do." }),
    expires_at: z.iso.datetime().nullable(),
    last_used_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "ApiKey" });

export const newApiKeySchema = apiKeySchema
  .extend({ key: z.string().meta({ description: "The key itself, for this one time." }) })
  .meta({ id: "NewApiKey" });

export function toApiKeyDto(key: ApiKey): z.infer<typeof apiKeySchema> {
  return {
    id: key.id,
    name: key.name,
    prefix: `ygr_${key.prefix}`,
    scopes: key.scopes && [...key.scopes],
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    created_at: key.createdAt.toISOString(),
  };
}

export const apiKeyPostSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .transform((scopes) => [...new Set(scopes)])
    .nullish(),
  expires_at: z.iso.datetime({ offset: true }).nullish(),
});

export const userSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    disabled: z.boolean(),
    last_active_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "User" });

export function toUserDto(user: User): z.infer<typeof userSchema> {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    disabled: user.disabledAt !== null,
    last_active_at: user.lastActiveAt?.toISOString() ?? null,
    created_at: user.createdAt.toISOString(),
  };
}

const passwordSchema = z
  .string()
  .min(PASSWORD_CHARS_MIN)
  .max(PASSWORD_CHARS_MAX * 2);

export const userPostSchema = z.strictObject({
  email: emailSchema,
  password: passwordSchema,
  name: preferenceFields.name.optional(),
  role: z.enum(ROLES).default("user"),
});

export const userPatchSchema = z
  .strictObject({
    name: preferenceFields.name,
    role: z.enum(ROLES),
    disabled: z.boolean(),
    password: passwordSchema,
  })
  .partial();
