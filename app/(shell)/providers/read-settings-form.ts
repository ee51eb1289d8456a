import { AppError, type FieldError } from "@/lib/errors";
import { toFieldErrors } from "@/lib/http/field-errors";
import { type ProviderPatch, providerPatchSchema } from "@/lib/providers/provider-patch";
import type { SettingsField } from "./settings-fields";

type Typed = Readonly<Record<string, unknown>>;

/** The checkbox that clears a secret. */
export function clearName(name: string): string {
  return `clear/${name}`;
}

/**
 * What a form asks to change: the fields that differ from what it showed. An empty field goes back to the default, an empty secret stays as
 * it is. Throws `AppError` bad_request that names fields.
 */
export function readSettingsForm(shown: readonly SettingsField[], typed: Typed): ProviderPatch {
  const patch: Record<string, unknown> = {};
  const config: Record<string, unknown> = {};
  const missing: FieldError[] = [];
  for (const field of shown) {
    const value = readField(field, typed);
    if (value === undefined) continue;
    const isRequired = field.required && field.kind !== "secret";
    if (value === null && isRequired)
      missing.push({ pointer: field.name, message: "It is required.", code: "required" });
    if (field.name.startsWith("config/")) config[field.name.slice("config/".length)] = value;
    else patch[field.name] = value;
  }
  if (missing.length > 0) throw refused(missing);
  const parsed = providerPatchSchema.safeParse(Object.keys(config).length > 0 ? { ...patch, config } : patch);
  if (parsed.success) return parsed.data;
  throw refused(toFieldErrors(parsed.error.issues, "body"));
}

/** Undefined: as it was. */
function readField({ name, kind, value: before, locked }: SettingsField, typed: Typed): unknown {
  const raw = typed[name];
  if (kind === "secret" && typed[clearName(name)] === "on") return null;
  if (locked !== null || typeof raw !== "string") return undefined;
  const text = raw.trim();
  if (kind === "secret") return text === "" ? undefined : text;
  if (text === before) return undefined;
  if (name === "enabled") return text === "on";
  if (text === "" || text === "instance") return null;
  return kind === "number" || name === "check_interval" ? toNumber(text) : text;
}

/** "10 000" and "0,5" are numbers too. NaN for what is none. */
function toNumber(text: string): number {
  return Number(text.replaceAll(/[\s\u2009\u202f]/g, "").replace(",", "."));
}

function refused(errors: readonly FieldError[]): AppError {
  return new AppError("bad_request", "Please check the form.", { errors });
}
