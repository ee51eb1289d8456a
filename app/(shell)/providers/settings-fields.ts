import { formatCount } from "@/lib/format";
import type { Thresholds } from "@/lib/health/engine/types";
import { maskAddress } from "@/lib/providers/address-keys";
import { toRatePerSecond } from "@/lib/providers/configure";
import type { ConfigField, Provider, ProviderAdapter, ProviderThresholds } from "@/lib/providers/provider";
import { toVariableName } from "@/lib/providers/provider-variables";

/** One field of a provider's settings as a form shows it. */
export interface SettingsField {
  /** As in the patch: `priority`, `config/username`; an error's pointer is this behind a slash. */
  name: string;
  label: string;
  hint: string;
  kind: "text" | "url" | "number" | "secret" | "choice";
  /** What is set; of a secret nothing. */
  value: string;
  /** What holds while nothing is set. */
  placeholder: string;
  required: boolean;
  /** Why it cannot be changed here; null when it can. */
  locked: string | null;
  /** Of a secret: whether one is stored. */
  set: boolean;
  options: readonly { value: string; label: string }[];
}

const MINUTE_MS = 60_000;
const ON_OFF = [
  { value: "on", label: "Yes" },
  { value: "off", label: "No" },
];
const INTERVALS = [
  { value: "30", label: "Every 30 minutes" },
  { value: "60", label: "Every hour" },
  { value: "120", label: "Every 2 hours" },
  { value: "1440", label: "Every day" },
  { value: "10080", label: "Every week" },
  { value: "43200", label: "Every month" },
];

function field(given: Pick<SettingsField, "name" | "label"> & Partial<SettingsField>): SettingsField {
  const empty = { hint: "", value: "", placeholder: "", required: false, locked: null, set: false, options: [] };
  return { kind: "text", ...empty, ...given };
}

/** Address and credentials, as the adapter declares them; of one that declares no address the base URL comes first. */
export function connectionFields(provider: Provider): SettingsField[] {
  const { adapter, config } = provider;
  const isDefault = config.baseUrl === adapter.defaultBaseUrl;
  const own = adapter.configFields.map((declared) => ({
    ...configField(declared),
    ...(declared.key === "base_url"
      ? { value: isDefault ? "" : maskAddress(config.baseUrl), placeholder: adapter.defaultBaseUrl ?? "" }
      : storedValue(declared, config[declared.key] ?? "")),
    locked: lockOf(provider, declared.key),
  }));
  if (adapter.configFields.some(({ key }) => key === "base_url")) return own;
  const baseUrl = field({
    name: "base_url",
    label: "Base URL",
    kind: "url",
    hint: "Where its API is; empty for the usual address.",
    value: isDefault ? "" : maskAddress(config.baseUrl),
    placeholder: adapter.defaultBaseUrl ?? "",
    locked: lockOf(provider, "base_url"),
  });
  return [baseUrl, ...own];
}

/** Those of a provider that is still to be added. */
export function newConnectionFields({ configFields }: Pick<ProviderAdapter, "configFields">): SettingsField[] {
  return configFields.map(configField);
}

function configField({ key, label, type, required, secret, help }: ConfigField): SettingsField {
  const common = field({ name: `config/${key}`, label, hint: help, required });
  if (secret || type === "secret") return { ...common, kind: "secret" };
  if (type === "boolean") {
    const options = [
      { value: "", label: "Not set" },
      ...ON_OFF.map(({ value, label: word }) => ({ value: String(value === "on"), label: word })),
    ];
    return { ...common, kind: "choice", options };
  }
  return { ...common, kind: type };
}

function storedValue({ secret, type }: ConfigField, stored: string): Pick<SettingsField, "value" | "set"> {
  return secret || type === "secret" ? { value: "", set: stored !== "" } : { value: stored, set: false };
}

/** How the provider is used. `instanceInterval`: "every 30 s". */
export function usageFields(provider: Provider, instanceInterval: string): SettingsField[] {
  const fields = [
    field({
      name: "enabled",
      label: "In use",
      kind: "choice",
      options: ON_OFF,
      value: provider.enabled ? "on" : "off",
      locked: provider.initialized ? null : (provider.message ?? "It is not set up yet."),
    }),
    field({
      name: "priority",
      label: "Priority",
      kind: "number",
      hint: "0 to 100; higher counts for more in the order of results.",
      value: String(provider.priority),
      required: true,
    }),
    field({
      name: "timeout_ms",
      label: "Time limit, ms",
      kind: "number",
      hint: "1 000 to 120 000; empty for the default.",
      value: String(provider.timeoutMs),
    }),
    field({
      name: "check_interval",
      label: "Check",
      kind: "choice",
      options: [{ value: "instance", label: `As the instance does (${instanceInterval})` }, ...INTERVALS],
      value: provider.checkInterval === null ? "instance" : String(provider.checkInterval),
    }),
    field({
      name: "min_check_interval",
      label: "Never check more often than, minutes",
      kind: "number",
      hint: "Whatever users wish; empty for no such limit.",
      value: toText(provider.minCheckInterval),
    }),
    field({
      name: "rate_per_second",
      label: "Calls a second at most",
      kind: "number",
      hint: "0.5 is one call in two seconds; empty for the default.",
      value: String(toRatePerSecond(provider.rate)),
    }),
  ];
  return fields.map((one) => ({ ...one, locked: lockOf(provider, one.name) ?? one.locked }));
}

type ThresholdKey = keyof ProviderThresholds;

/** Thresholds that a provider may have of its own: patch field, then its name in the engine. */
export const THRESHOLD_FIELDS = [
  {
    name: "max_consecutive_failures",
    key: "maxConsecutiveFailures",
    label: "Failures in a row until it is down",
    hint: "1 to 20.",
  },
  {
    name: "circuit_failure_threshold",
    key: "circuitFailureThreshold",
    label: "Failures in a row until it rests",
    hint: "1 to 50. Twice as many disable it.",
  },
  {
    name: "circuit_recovery_timeout_ms",
    key: "circuitRecoveryTimeoutMs",
    label: "First rest, ms",
    hint: "1 000 to 3 600 000. Twice as long each time.",
  },
  {
    name: "circuit_success_threshold",
    key: "circuitSuccessThreshold",
    label: "Good trials until it is used again",
    hint: "1 to 20.",
  },
  {
    name: "circuit_window",
    key: "circuitWindow",
    label: "Calls that the share of failures looks at",
    hint: "5 to 1 000.",
  },
  {
    name: "circuit_min_requests",
    key: "circuitMinRequests",
    label: "Calls that the share of failures needs",
    hint: "1 to 1 000, at most as many as it looks at.",
  },
  {
    name: "auto_disable_cooldown_minutes",
    key: "autoDisableCooldownMinutes",
    label: "First disabling, minutes",
    hint: "1 to 10 080.",
  },
] as const satisfies readonly { name: string; key: ThresholdKey; label: string; hint: string }[];

/** Empty ones follow the instance, whose numbers stand in them as placeholders. */
export function thresholdFields(provider: Provider, instance: Thresholds): SettingsField[] {
  const { autoDisableCooldownMs, ...rest } = instance;
  const defaults: Record<ThresholdKey, number> = {
    ...rest,
    autoDisableCooldownMinutes: autoDisableCooldownMs / MINUTE_MS,
  };
  return THRESHOLD_FIELDS.map(({ name, key, label, hint }) =>
    field({
      name,
      label,
      hint,
      kind: "number",
      value: toText(provider.thresholds[key]),
      placeholder: `${formatCount(defaults[key])} (instance)`,
      locked: lockOf(provider, name),
    }),
  );
}

function lockOf({ id, locked }: Provider, name: string): string | null {
  return locked.includes(name) ? `Set by ${toVariableName(id, name)} in the environment.` : null;
}

function toText(value: number | null): string {
  return value === null ? "" : String(value);
}
