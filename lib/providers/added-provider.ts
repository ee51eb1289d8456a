import { AppError, type FieldError } from "@/lib/errors";
import { applyPatch } from "./apply-patch";
import type { ProviderAdapter } from "./provider";
import type { ProviderAddition } from "./provider-patch";
import type { ProviderRow } from "./provider-store";

/** Words that are routes below `/providers` and therefore no ids. */
const RESERVED_PROVIDER_IDS: ReadonlySet<string> = new Set([
  "status",
  "health",
  "stats",
  "history",
  "test",
  "adapters",
  "check-interval",
  "bulk",
]);

interface AddedProvider {
  adapter: ProviderAdapter;
  row: ProviderRow;
  secrets: Record<string, string | null>;
}

/** The row of one more provider of a multi adapter, called `<adapter>-<name>`. Throws `AppError` bad_request naming fields. Pure. */
export function toAddedProvider(addition: ProviderAddition, adapters: readonly ProviderAdapter[]): AddedProvider {
  const adapter = adapters.find(({ id, multi }) => multi && id === addition.adapter);
  if (!adapter) throw refused([invalid("/adapter", `It must be one of: ${multiIds(adapters)}.`)]);
  const slug = toSlug(addition.name);
  const id = `${adapter.id}-${slug}`;
  if (!slug || RESERVED_PROVIDER_IDS.has(id)) {
    throw refused([invalid("/name", "It must hold letters a–z or digits, to make an id of.")]);
  }
  const missing = adapter.configFields.filter(({ key, required }) => required && addition.config[key] === undefined);
  if (missing.length > 0)
    throw refused(missing.map(({ key }) => ({ ...invalid(`/config/${key}`, "It is required."), code: "required" })));
  const { settings, secrets } = applyPatch({}, { config: addition.config }, { id, adapter, locked: [] });
  return { adapter, row: { id, adapter: adapter.id, name: addition.name, source: "admin", settings }, secrets };
}

function toSlug(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
}

function multiIds(adapters: readonly ProviderAdapter[]): string {
  return adapters
    .filter(({ multi }) => multi)
    .map(({ id }) => id)
    .join(", ");
}

function invalid(pointer: string, message: string): FieldError {
  return { pointer, message, code: "invalid" };
}

function refused(errors: readonly FieldError[]): AppError {
  return new AppError("bad_request", "The provider cannot be added like this.", { errors });
}
