import { describe, expect, it } from "vitest";
import { configureProvider, type ProviderLayers, toRatePerSecond } from "./configure";
import type { ProviderAdapter } from "./provider";
import type { StoredProvider } from "./provider-store";
import type { EnvironmentSettings } from "./provider-variables";
import { fakeAdapter } from "./testing/fake-provider";

const apiKey = { key: "api_key", label: "API key", type: "secret", required: true, secret: true, help: "" } as const;

function configure(layers: {
  adapter?: Partial<ProviderAdapter>;
  stored?: Partial<StoredProvider>;
  environment?: Partial<EnvironmentSettings>;
}) {
  const adapter = fakeAdapter(layers.adapter);
  const stored: StoredProvider = {
    id: adapter.id,
    adapter: adapter.id,
    name: adapter.name,
    source: "builtin",
    settings: {},
    secrets: {},
    unreadableSecrets: [],
    ...layers.stored,
  };
  const environment = layers.environment && {
    id: adapter.id,
    adapter,
    settings: {},
    config: {},
    ratePerSecond: null,
    ...layers.environment,
  };
  const all: ProviderLayers = { adapter, stored, environment: environment ?? null, defaultTimeoutMs: 10_000 };
  return configureProvider(all);
}

describe("configureProvider", () => {
  it("gives the adapter's and the instance's defaults", () => {
    expect(configure({})).toMatchObject({
      enabled: true,
      initialized: true,
      message: null,
      priority: 50,
      timeoutMs: 10_000,
      checkInterval: 60,
      minCheckInterval: null,
      rate: { calls: 1000, intervalMs: 1000 },
      config: { baseUrl: "https://api.fake.example" },
      locked: [],
    });
  });

  it("lets the later layer win: default, admin, environment", () => {
    const adapter = { timeoutMs: 15_000 };
    const stored = { settings: { timeout_ms: 20_000, priority: 60 } };
    const environment = { settings: { timeout_ms: 30_000 } };
    expect(configure({ adapter }).timeoutMs).toBe(15_000);
    expect(configure({ adapter, stored }).timeoutMs).toBe(20_000);
    expect(configure({ adapter, stored, environment })).toMatchObject({ timeoutMs: 30_000, priority: 60 });
  });

  it("locks exactly what the environment decides", () => {
    const environment = {
      settings: { enabled: true, base_url: "http://a.example" },
      config: { api_key: "k" },
      ratePerSecond: 2,
    };
    expect(configure({ environment }).locked).toEqual(["enabled", "base_url", "rate_per_second", "api_key"]);
  });

  it("knows an interval that the admin gave back to the instance", () => {
    expect(configure({ stored: { settings: { check_interval: null } } }).checkInterval).toBeNull();
  });

  it.each([
    [2.5, { calls: 2, intervalMs: 1000 }],
    [1, { calls: 1, intervalMs: 1000 }],
    [0.5, { calls: 1, intervalMs: 2000 }],
  ])("turns %d calls a second into a rate", (ratePerSecond, rate) => {
    expect(configure({ environment: { ratePerSecond } }).rate).toEqual(rate);
    expect(configure({ stored: { settings: { rate_per_second: ratePerSecond } } }).rate).toEqual(rate);
  });

  it("lets the environment's rate win over the admin's", () => {
    const rates = { environment: { ratePerSecond: 1 }, stored: { settings: { rate_per_second: 9 } } };
    expect(configure(rates).rate).toEqual({ calls: 1, intervalMs: 1000 });
  });

  it.each([
    [{ calls: 5, intervalMs: 1000 }, 5],
    [{ calls: 1, intervalMs: 2000 }, 0.5],
    [{ calls: 90, intervalMs: 60_000 }, 1.5],
  ])("tells the rate %j as %d calls a second", (rate, perSecond) => {
    expect(toRatePerSecond(rate)).toBe(perSecond);
  });

  it.each([
    ["https://a.example/v1/", "https://a.example/v1"],
    ["https://a.example", "https://a.example"],
    ["https://a.example/opds?key=1#x", "https://a.example/opds?key=1"],
  ])("hands %s to the adapter as %s", (base_url, baseUrl) => {
    expect(configure({ stored: { settings: { base_url } } }).config.baseUrl).toBe(baseUrl);
  });

  it("lists a provider without its key as switched off, and giving it one switches it on", () => {
    const adapter = { configFields: [apiKey] };
    expect(configure({ adapter })).toMatchObject({
      enabled: false,
      initialized: false,
      message: "It is not set up yet. Missing: API key.",
    });
    expect(configure({ adapter, stored: { secrets: { api_key: "k" } } })).toMatchObject({
      enabled: true,
      initialized: true,
      config: { api_key: "k" },
    });
    expect(configure({ adapter, environment: { config: { api_key: "k" } } }).enabled).toBe(true);
  });

  it("asks again for a secret that cannot be opened any more", () => {
    const provider = configure({ adapter: { configFields: [apiKey] }, stored: { unreadableSecrets: ["api_key"] } });
    expect(provider).toMatchObject({ initialized: false, enabled: false });
    expect(provider.message).toContain("It must be given again: API key.");
  });

  it.each([
    [undefined, "It has no base URL yet."],
    ["htp:/x", "The base URL must start with http:// or https://."],
    ["nowhere", "The base URL is not a complete address such as https://example.org/api."],
  ])("says what is wrong with the base URL %s", (base_url, message) => {
    const provider = configure({
      adapter: { defaultBaseUrl: null },
      environment: { settings: base_url ? { base_url } : {} },
    });
    expect(provider).toMatchObject({ initialized: false, message, config: { baseUrl: "" } });
  });
});
