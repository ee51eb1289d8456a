import { z } from "zod";
import { listBuiltins } from "./builtins";
import type { ProviderAdapter } from "./provider";
import { CHECK_INTERVALS, type ProviderSettings, RATE_MAX, RATE_MIN } from "./provider-patch";

/** What the environment says of one provider. All of it is locked. */
export interface EnvironmentSettings {
  id: string;
  adapter: ProviderAdapter;
  settings: ProviderSettings;
  config: Readonly<Record<string, string>>;
  ratePerSecond: number | null;
}

interface ParsedVariables {
  providers: ReadonlyMap<string, EnvironmentSettings>;
  /** Names that mean nothing here, one sentence each. */
  warnings: string[];
  /** Values that cannot be used, `NAME: why`. */
  problems: string[];
}

const integer = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const flag = z.stringbool({ truthy: ["true", "1", "yes", "on"], falsy: ["false", "0", "no", "off"] });

/** A base URL that is none does not stop the start: its provider says so instead. */
const FIELDS = {
  ENABLED: flag.transform((enabled) => ({ settings: { enabled } })),
  BASE_URL: z.string().transform((base_url) => ({ settings: { base_url } })),
  TIMEOUT_MS: integer(1_000, 120_000).transform((timeout_ms) => ({ settings: { timeout_ms } })),
  PRIORITY: integer(0, 100).transform((priority) => ({ settings: { priority } })),
  CHECK_INTERVAL: z.coerce
    .number()
    .pipe(z.literal(CHECK_INTERVALS))
    .transform((check_interval) => ({ settings: { check_interval } })),
  RATE_PER_SECOND: z.coerce
    .number()
    .min(RATE_MIN)
    .max(RATE_MAX)
    .transform((ratePerSecond) => ({ ratePerSecond })),
} as const;

type Part = Partial<Pick<EnvironmentSettings, "settings" | "config" | "ratePerSecond">>;

/** `PROVIDER_<ID>_<FIELD>`: the id in capitals with `_` for `-`. */
export function toVariableName(providerId: string, field: string): string {
  return `PROVIDER_${toConstant(providerId)}_${toConstant(field)}`;
}

/** Reads `PROVIDER_<ID>_…` and, for multi adapters, `PROVIDER_<ID>_<NAME>_…`. Pure. */
export function parseProviderVariables(
  variables: Readonly<Record<string, string>>,
  adapters: readonly ProviderAdapter[],
): ParsedVariables {
  const providers = new Map<string, EnvironmentSettings>();
  const warnings: string[] = [];
  const problems: string[] = [];
  for (const [name, value] of Object.entries(variables)) {
    const target = findTarget(name, adapters);
    if (!target) {
      warnings.push(`${name} is not a setting of any provider.`);
      continue;
    }
    const part = parseField(target, value);
    if (typeof part === "string") problems.push(`${name}: ${part}`);
    else providers.set(target.id, merge(providers.get(target.id) ?? emptyOf(target), part));
  }
  return { providers, warnings, problems };
}

interface Target {
  id: string;
  adapter: ProviderAdapter;
  field: string;
}

/** `id` is a provider's, or of a multi adapter what stands before the name. */
function findTarget(variable: string, adapters: readonly ProviderAdapter[]): Target | null {
  const multi = adapters.filter((adapter) => adapter.multi).map((adapter) => ({ id: adapter.id, adapter }));
  for (const { id, adapter } of [...listBuiltins(adapters), ...multi].sort((a, b) => b.id.length - a.id.length)) {
    const prefix = `PROVIDER_${toConstant(id)}_`;
    if (!variable.startsWith(prefix)) continue;
    const rest = variable.slice(prefix.length);
    // The longest first, so that API_KEY is not taken for the KEY of a provider called "…-api".
    const field = fieldsOf(adapter).find((name) => (adapter.multi ? rest.endsWith(`_${name}`) : rest === name));
    if (!field) continue;
    if (!adapter.multi) return { id, adapter, field };
    const name = rest.slice(0, -field.length - 1);
    if (/^[A-Z0-9]+(_[A-Z0-9]+)*$/.test(name)) {
      return { id: `${id}-${name.toLowerCase().replaceAll("_", "-")}`, adapter, field };
    }
  }
  return null;
}

function fieldsOf(adapter: ProviderAdapter): string[] {
  const names = new Set([...Object.keys(FIELDS), ...adapter.configFields.map(({ key }) => toConstant(key))]);
  return [...names].sort((a, b) => b.length - a.length);
}

function parseField({ adapter, field }: Target, value: string): Part | string {
  if (!isField(field)) {
    const key = adapter.configFields.find((candidate) => toConstant(candidate.key) === field)?.key ?? field;
    return { config: { [key]: value } };
  }
  const parsed = FIELDS[field].safeParse(value);
  return parsed.success ? parsed.data : (parsed.error.issues[0]?.message ?? "cannot be read");
}

function isField(name: string): name is keyof typeof FIELDS {
  return Object.hasOwn(FIELDS, name);
}

function emptyOf({ id, adapter }: Target): EnvironmentSettings {
  return { id, adapter, settings: {}, config: {}, ratePerSecond: null };
}

function merge(known: EnvironmentSettings, part: Part): EnvironmentSettings {
  return {
    ...known,
    settings: { ...known.settings, ...part.settings },
    config: { ...known.config, ...part.config },
    ratePerSecond: part.ratePerSecond ?? known.ratePerSecond,
  };
}

function toConstant(text: string): string {
  return text.toUpperCase().replaceAll("-", "_");
}
