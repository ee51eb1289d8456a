import { findBaseUrlProblem, normaliseBaseUrl } from "./base-url";
import type { AdapterConfig, Provider, ProviderAdapter, ProviderThresholds } from "./provider";
import type { ProviderSettings } from "./provider-patch";
import type { StoredProvider } from "./provider-store";
import type { EnvironmentSettings } from "./provider-variables";

const DEFAULT_PRIORITY = 50;

export interface ProviderLayers {
  adapter: ProviderAdapter;
  /** What the admin set, and who made the provider. */
  stored: StoredProvider;
  environment: EnvironmentSettings | null;
  /** The instance's time limit, where neither environment nor admin nor adapter has one. */
  defaultTimeoutMs: number;
}

/**
 * One provider out of its layers: the adapter's defaults, then the admin's settings, then the environment, of which the later wins. Never
 * throws: what is missing or wrong is said in `message`, and then the provider is neither initialized nor enabled. Pure.
 */
export function configureProvider({ adapter, stored, environment, defaultTimeoutMs }: ProviderLayers): Provider {
  const settings: ProviderSettings = { ...stored.settings, ...environment?.settings };
  const given: Record<string, string> = { ...stored.settings.config, ...stored.secrets, ...environment?.config };
  const baseUrl = settings.base_url ?? adapter.defaultBaseUrl;
  const message = findProblem({ adapter, stored, baseUrl, given });
  return {
    id: stored.id,
    name: stored.name,
    adapter,
    source: stored.source,
    enabled: message === null && (settings.enabled ?? (adapter.multi || adapter.enabledByDefault)),
    initialized: message === null,
    message,
    priority: settings.priority ?? DEFAULT_PRIORITY,
    timeoutMs: settings.timeout_ms ?? adapter.timeoutMs ?? defaultTimeoutMs,
    checkInterval: settings.check_interval === undefined ? adapter.checkInterval : settings.check_interval,
    minCheckInterval: settings.min_check_interval ?? null,
    thresholds: toThresholds(settings),
    rate: toRate(environment?.ratePerSecond ?? settings.rate_per_second) ?? adapter.rate,
    config: toConfig(adapter, baseUrl, given),
    locked: toLocked(environment),
  };
}

function findProblem(options: {
  adapter: ProviderAdapter;
  stored: StoredProvider;
  baseUrl: string | null;
  given: Readonly<Record<string, string>>;
}): string | null {
  const { adapter, stored, baseUrl, given } = options;
  if (!baseUrl) return "It has no base URL yet.";
  const problem = findBaseUrlProblem(baseUrl);
  if (problem) return problem;
  const fields = adapter.configFields.filter(({ key }) => key !== "base_url" && given[key] === undefined);
  const lost = fields.filter(({ key }) => stored.unreadableSecrets.includes(key)).map(({ label }) => label);
  if (lost.length > 0)
    return `It must be given again: ${lost.join(", ")}. The instance key has changed since it was stored.`;
  const missing = fields.filter(({ required }) => required).map(({ label }) => label);
  return missing.length > 0 ? `It is not set up yet. Missing: ${missing.join(", ")}.` : null;
}

function toConfig(
  adapter: ProviderAdapter,
  baseUrl: string | null,
  given: Readonly<Record<string, string>>,
): AdapterConfig {
  const config: Record<string, string> = {};
  for (const { key } of adapter.configFields) {
    const value = given[key];
    if (key !== "base_url" && value !== undefined) config[key] = value;
  }
  return { ...config, baseUrl: baseUrl && !findBaseUrlProblem(baseUrl) ? normaliseBaseUrl(baseUrl) : "" };
}

function toThresholds(settings: ProviderSettings): ProviderThresholds {
  return {
    maxConsecutiveFailures: settings.max_consecutive_failures ?? null,
    circuitFailureThreshold: settings.circuit_failure_threshold ?? null,
    circuitRecoveryTimeoutMs: settings.circuit_recovery_timeout_ms ?? null,
    circuitSuccessThreshold: settings.circuit_success_threshold ?? null,
    circuitWindow: settings.circuit_window ?? null,
    circuitMinRequests: settings.circuit_min_requests ?? null,
    autoDisableCooldownMinutes: settings.auto_disable_cooldown_minutes ?? null,
  };
}

/** To a hundredth. */
export function toRatePerSecond({ calls, intervalMs }: Provider["rate"]): number {
  return Math.round((calls * 100_000) / intervalMs) / 100;
}

/** Less than one call a second is one call in a longer span. */
function toRate(perSecond: number | null | undefined): Provider["rate"] | null {
  if (!perSecond) return null;
  return perSecond >= 1
    ? { calls: Math.floor(perSecond), intervalMs: 1000 }
    : { calls: 1, intervalMs: Math.ceil(1000 / perSecond) };
}

function toLocked(environment: EnvironmentSettings | null): string[] {
  if (!environment) return [];
  const rate = environment.ratePerSecond === null ? [] : ["rate_per_second"];
  return [...Object.keys(environment.settings), ...rate, ...Object.keys(environment.config)];
}
