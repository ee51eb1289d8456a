import { AppError, type FieldError } from "@/lib/errors";
import { unmaskAddress } from "./address-keys";
import { findBaseUrlProblem } from "./base-url";
import type { ConfigField, Provider } from "./provider";
import { type ProviderPatch, type ProviderSettings, providerSettingsSchema } from "./provider-patch";
import { toVariableName } from "./provider-variables";

interface AppliedPatch {
  settings: ProviderSettings;
  /** Only those that change; null clears. */
  secrets: Record<string, string | null>;
}

type Values = NonNullable<ProviderPatch["config"]>;
type Target = Pick<Provider, "id" | "adapter" | "locked">;

/**
 * What is stored after the patch. Throws `AppError`: `conflict` naming fields that the environment decides, else `bad_request` naming
 * values that do not fit. Pure.
 */
export function applyPatch(settings: ProviderSettings, patch: ProviderPatch, provider: Target): AppliedPatch {
  const { config = {}, ...fields } = patch;
  refuseLocked(fields, config, provider);
  refuseUnfit(config, provider);
  const { base_url: configUrl, ...values } = config;
  const given =
    configUrl === undefined ? fields : { ...fields, base_url: configUrl === null ? null : String(configUrl) };
  if (typeof given.base_url === "string") {
    given.base_url = withKeys(
      given.base_url,
      settings.base_url,
      configUrl === undefined ? "/base_url" : "/config/base_url",
    );
  }
  const applied: AppliedPatch = { settings: mergeFields(settings, given), secrets: {} };
  const plain = { ...settings.config };
  for (const field of provider.adapter.configFields) {
    const value = values[field.key];
    if (value === undefined) continue;
    if (field.secret) applied.secrets[field.key] = value === null ? null : String(value);
    else if (value === null) delete plain[field.key];
    else plain[field.key] = String(value);
  }
  return { ...applied, settings: { ...applied.settings, config: plain } };
}

function withKeys(text: string, before: string | null | undefined, pointer: string): string {
  const url = unmaskAddress(text, before);
  if (url !== null) return url;
  const message = "It must be given whole: the key that is hidden in it belongs to another address.";
  throw new AppError("bad_request", message, { errors: [{ pointer, message, code: "invalid" }] });
}

/** Null takes a field away, which brings its default back; of `check_interval` it is a value like others. */
function mergeFields(settings: ProviderSettings, fields: Omit<ProviderPatch, "config">): ProviderSettings {
  const merged = { ...settings, ...fields };
  const kept = Object.entries(merged).filter(([name, value]) => value !== null || name === "check_interval");
  return providerSettingsSchema.parse(Object.fromEntries(kept));
}

function refuseLocked(fields: Omit<ProviderPatch, "config">, config: Values, { id, locked }: Target): void {
  const named = [
    ...Object.keys(fields).map((field) => ({ field, pointer: `/${field}` })),
    ...Object.keys(config).map((field) => ({ field, pointer: `/config/${field}` })),
  ].filter(({ field }) => locked.includes(field));
  if (named.length === 0) return;
  const errors = named.map(({ field, pointer }) => ({
    pointer,
    message: `Set by ${toVariableName(id, field)} in the environment.`,
    code: "locked",
  }));
  const names = named.map(({ field }) => field).join(", ");
  throw new AppError("conflict", `The environment decides: ${names}.`, { errors });
}

function refuseUnfit(config: Values, { adapter }: Target): void {
  const errors = Object.entries(config).flatMap(([key, value]): FieldError[] => {
    const pointer = `/config/${key}`;
    const field = adapter.configFields.find((candidate) => candidate.key === key);
    if (key === "base_url") return toErrors(pointer, value === null ? null : findBaseUrlProblem(String(value)));
    if (!field) return [{ pointer, message: "This provider has no such field.", code: "unknown" }];
    return toErrors(pointer, value === null ? null : findValueProblem(field, String(value)));
  });
  if (errors.length > 0) throw new AppError("bad_request", "The settings do not fit this provider.", { errors });
}

function toErrors(pointer: string, problem: string | null): FieldError[] {
  return problem ? [{ pointer, message: problem, code: "invalid" }] : [];
}

function findValueProblem({ type }: ConfigField, value: string): string | null {
  switch (type) {
    case "url":
      return findBaseUrlProblem(value);
    case "number":
      return Number.isFinite(Number(value)) ? null : "It must be a number.";
    case "boolean":
      return value === "true" || value === "false" ? null : "It must be true or false.";
    case "text":
    case "secret":
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they would end a header
      return /[\x00-\x1f\x7f]/.test(value) ? "It must not hold line breaks or control characters." : null;
  }
}
