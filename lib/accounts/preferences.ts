import "server-only";
import { z } from "zod";
import type { Client } from "@/lib/db/client";
import { THEMES, TITLE_LANGUAGES, type User, type UserChanges, updateUser } from "@/lib/db/users";
import { AppError, type FieldError } from "@/lib/errors";

/** Minutes that a person can choose between two checks of the providers. */
export const CHECK_INTERVAL_MINUTES = [30, 60, 120, 1440, 10_080, 43_200] as const;

const NAME_CHARS_MAX = 100;
const PROVIDERS_MAX = 1000;

const providerIds = z
  .array(z.string().min(1).max(100))
  .max(PROVIDERS_MAX)
  .transform((ids) => [...new Set(ids)]);

/** What people set for themselves, field by field. */
export const preferenceFields = {
  name: z.string().trim().min(1, "A name has at least one character.").max(NAME_CHARS_MAX),
  checkInterval: z.literal(CHECK_INTERVAL_MINUTES).nullable(),
  timeZone: z.string().refine(isTimeZone, "This is not a time zone of the IANA list."),
  theme: z.enum(THEMES),
  titleLanguage: z.enum(TITLE_LANGUAGES),
  showAdult: z.boolean(),
  hiddenProviders: providerIds,
  defaultProviders: providerIds,
};

export type Preferences = Omit<UserChanges, "passwordHash" | "role" | "disabledAt">;

/** Saves what is given and leaves the rest. AppError bad_request names providers that do not exist. */
export async function savePreferences(
  client: Client,
  viewerId: string,
  preferences: Preferences,
  knownProviders: ReadonlySet<string>,
): Promise<User> {
  const errors = [
    ...unknownProviders("/hidden_providers", preferences.hiddenProviders, knownProviders),
    ...unknownProviders("/default_providers", preferences.defaultProviders, knownProviders),
  ];
  if (errors.length > 0) throw new AppError("bad_request", "There is no such provider.", { errors });
  const user = await updateUser(client, viewerId, preferences);
  if (!user) throw new AppError("not_found", "There is no such account.");
  return user;
}

function unknownProviders(pointer: string, ids: readonly string[] = [], known: ReadonlySet<string>): FieldError[] {
  return ids.flatMap((id, at) =>
    known.has(id)
      ? []
      : [{ pointer: `${pointer}/${at}`, message: `There is no provider ${id}.`, code: "unknown_provider" }],
  );
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
