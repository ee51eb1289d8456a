import type { Provider, ProviderAdapter } from "../provider";

/** An adapter that answers at once; give it only what the test is about. */
export function fakeAdapter(overrides: Partial<ProviderAdapter> = {}): ProviderAdapter {
  return {
    id: "fake",
    name: "Fake",
    kind: "catalogue",
    multi: false,
    enabledByDefault: true,
    defaultBaseUrl: "https://api.fake.example",
    checkInterval: 60,
    rate: { calls: 1000, intervalMs: 1000 },
    configFields: [],
    check: async () => {},
    ...overrides,
  };
}

/** A provider that is ready to be called. */
export function fakeProvider(overrides: Partial<Provider> = {}): Provider {
  const adapter = overrides.adapter ?? fakeAdapter();
  return {
    id: adapter.id,
    name: adapter.name,
    adapter,
    source: "builtin",
    enabled: true,
    initialized: true,
    message: null,
    priority: 50,
    timeoutMs: 10_000,
    checkInterval: adapter.checkInterval,
    minCheckInterval: null,
    thresholds: {
      maxConsecutiveFailures: null,
      circuitFailureThreshold: null,
      circuitRecoveryTimeoutMs: null,
      circuitSuccessThreshold: null,
      circuitWindow: null,
      circuitMinRequests: null,
      autoDisableCooldownMinutes: null,
    },
    rate: adapter.rate,
    config: { baseUrl: adapter.defaultBaseUrl ?? "http://127.0.0.1:1" },
    locked: [],
    ...overrides,
  };
}
