import { describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { createProviderCatalog, ProviderVariablesError } from "./catalog";
import type { ProviderAdapter } from "./provider";
import { providerAddSchema } from "./provider-patch";
import type { StoredProvider } from "./provider-store";
import { fakeAdapter } from "./testing/fake-provider";
import { createMemoryStore } from "./testing/memory-store";

const baseUrl = { key: "base_url", label: "Address", type: "url", required: true, secret: false, help: "" } as const;
const username = { key: "username", label: "User", type: "text", required: false, secret: false, help: "" } as const;
const password = {
  key: "password",
  label: "Password",
  type: "secret",
  required: false,
  secret: true,
  help: "",
} as const;
const apiKey = { key: "api_key", label: "API key", type: "secret", required: true, secret: true, help: "" } as const;

const mangadex = fakeAdapter({ id: "mangadex", name: "MangaDex" });
const tmdb = fakeAdapter({ id: "tmdb", name: "TMDb", configFields: [apiKey] });
const opds = fakeAdapter({
  id: "opds",
  name: "OPDS",
  multi: true,
  defaultBaseUrl: null,
  configFields: [baseUrl, username, password],
});

const compatible = fakeAdapter({
  id: "openai-compatible",
  name: "OpenAI-compatible",
  kind: "ai",
  multi: true,
  defaultBaseUrl: null,
  configFields: [baseUrl, { ...apiKey, required: false }],
  presets: [
    { id: "deepseek", name: "DeepSeek", defaultBaseUrl: "https://api.deepseek.example", configFields: [apiKey] },
  ],
});

async function setUp(
  variables: Record<string, string> = {},
  rows: StoredProvider[] = [],
  adapters: readonly ProviderAdapter[] = [opds, tmdb, mangadex],
) {
  const store = createMemoryStore(rows);
  const open = () => createProviderCatalog({ adapters, variables, store, defaultTimeoutMs: 10_000 });
  return { store, catalog: await open(), reopen: open };
}

async function refusal(promise: Promise<unknown>): Promise<{ code: string; pointers: string[] }> {
  const error = await promise.then(
    () => null,
    (thrown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`Expected an AppError, got ${String(error)}`);
  return { code: error.code, pointers: error.errors.map(({ pointer }) => pointer) };
}

const shelf = () =>
  providerAddSchema.parse({ adapter: "opds", name: "My Shélf", config: { base_url: "http://nas.local/opds" } });

describe("the instance's time-out", () => {
  it("holds at once for providers without one of their own", async () => {
    const { catalog } = await setUp();
    await catalog.update("tmdb", { timeout_ms: 3000 });
    const told = vi.fn();
    catalog.onChange(told);
    catalog.setDefaultTimeout(7000);
    expect(catalog.list().map(({ id, timeoutMs }) => [id, timeoutMs])).toEqual([
      ["tmdb", 3000],
      ["mangadex", 7000],
    ]);
    expect(told).toHaveBeenCalledTimes(2);
    catalog.setDefaultTimeout(7000);
    expect(told).toHaveBeenCalledTimes(2);
  });
});

describe("the list", () => {
  it("holds every built-in provider, and those of multi adapters that the environment gives an address", async () => {
    const { catalog, store } = await setUp({ PROVIDER_OPDS_HOME_BASE_URL: "http://127.0.0.1:8080/opds" });
    expect(catalog.list().map(({ id, source }) => [id, source])).toEqual([
      ["tmdb", "builtin"],
      ["mangadex", "builtin"],
      ["opds-home", "environment"],
    ]);
    expect([...store.rows.keys()].sort()).toEqual(["mangadex", "opds-home", "tmdb"]);
  });

  it("forgets a provider of the environment with its variables", async () => {
    const { store } = await setUp({ PROVIDER_OPDS_HOME_BASE_URL: "http://127.0.0.1:8080/opds" });
    const { catalog } = await setUp({}, [...store.rows.values()]);
    expect(catalog.find("opds-home")).toBeNull();
  });

  it("warns of variables that mean nothing or lack an address", async () => {
    const { catalog } = await setUp({ PROVIDER_OPDS_HOME_USERNAME: "ann", PROVIDER_X_ENABLED: "1" });
    expect(catalog.warnings).toEqual([
      "PROVIDER_X_ENABLED is not a setting of any provider.",
      "PROVIDER_OPDS_HOME_BASE_URL is missing: without it there is no provider opds-home.",
    ]);
  });

  it("stops the start with all values that cannot be used", async () => {
    const start = setUp({ PROVIDER_TMDB_PRIORITY: "x", PROVIDER_MANGADEX_TIMEOUT_MS: "1" });
    await expect(start).rejects.toThrow(ProviderVariablesError);
    await expect(start).rejects.toThrow(/PROVIDER_TMDB_PRIORITY.*\nPROVIDER_MANGADEX_TIMEOUT_MS/);
  });

  it("answers not_found for an unknown id", async () => {
    const { catalog } = await setUp();
    expect(catalog.find("nobody")).toBeNull();
    expect(() => catalog.get("nobody")).toThrow(AppError);
  });
});

describe("update", () => {
  it("changes the provider at once and for good, and tells who listens", async () => {
    const { catalog, reopen } = await setUp();
    const listener = vi.fn();
    const stop = catalog.onChange(listener);
    const before = catalog.get("mangadex");
    const now = await catalog.update("mangadex", { priority: 80, timeout_ms: 5000, circuit_window: 50 });
    expect(now).toMatchObject({ priority: 80, timeoutMs: 5000, thresholds: { circuitWindow: 50 } });
    expect(listener).toHaveBeenCalledExactlyOnceWith(now, before);
    expect((await reopen()).get("mangadex")).toMatchObject({ priority: 80, timeoutMs: 5000 });
    stop();
    await catalog.update("mangadex", { priority: 10 });
    expect(listener).toHaveBeenCalledOnce();
  });

  it("gives a default back for null, and leaves alone what is absent", async () => {
    const { catalog } = await setUp();
    await catalog.update("mangadex", { priority: 80, timeout_ms: 5000, base_url: "http://mirror.example" });
    const now = await catalog.update("mangadex", { timeout_ms: null, base_url: null, check_interval: null });
    expect(now).toMatchObject({
      priority: 80,
      timeoutMs: 10_000,
      checkInterval: null,
      config: { baseUrl: mangadex.defaultBaseUrl },
    });
  });

  it("keeps secrets out of the settings, and clears them with null", async () => {
    const { catalog, store } = await setUp();
    expect(catalog.get("tmdb").initialized).toBe(false);
    expect(await catalog.update("tmdb", { config: { api_key: "k" } })).toMatchObject({
      enabled: true,
      config: { api_key: "k" },
    });
    expect(store.rows.get("tmdb")).toMatchObject({ settings: { config: {} }, secrets: { api_key: "k" } });
    expect((await catalog.update("tmdb", { config: { api_key: null } })).initialized).toBe(false);
  });

  it("refuses what the environment decides, and changes nothing", async () => {
    const { catalog } = await setUp({ PROVIDER_TMDB_API_KEY: "k", PROVIDER_TMDB_PRIORITY: "70" });
    const patch = { priority: 1, timeout_ms: 5000, config: { api_key: "other" } };
    expect(await refusal(catalog.update("tmdb", patch))).toEqual({
      code: "conflict",
      pointers: ["/priority", "/config/api_key"],
    });
    expect(catalog.get("tmdb")).toMatchObject({ priority: 70, timeoutMs: 10_000, config: { api_key: "k" } });
  });

  it("refuses unknown fields and values that do not fit, and names them", async () => {
    const { catalog } = await setUp();
    const config = { colour: "red", api_key: "line\nbreak", base_url: "nowhere" };
    expect(await refusal(catalog.update("tmdb", { config }))).toEqual({
      code: "bad_request",
      pointers: ["/config/colour", "/config/api_key", "/config/base_url"],
    });
  });

  it("builds each change on the one before, also when they come at once", async () => {
    const { catalog } = await setUp();
    const refused = catalog.update("nobody", {}).catch(() => {});
    await Promise.all([
      refused,
      catalog.update("mangadex", { priority: 80 }),
      catalog.update("mangadex", { timeout_ms: 5000 }),
    ]);
    expect(catalog.get("mangadex")).toMatchObject({ priority: 80, timeoutMs: 5000 });
  });
});

describe("add and remove", () => {
  it("make one more of a multi adapter and take it away", async () => {
    const { catalog, store } = await setUp();
    const changed = vi.fn();
    const removed = vi.fn();
    catalog.onChange(changed);
    catalog.onRemove(removed);
    const added = await catalog.add(shelf());
    expect(added).toMatchObject({
      id: "opds-my-shelf",
      name: "My Shélf",
      source: "admin",
      enabled: true,
      initialized: true,
    });
    expect(changed).toHaveBeenCalledExactlyOnceWith(added, null);
    await catalog.remove("opds-my-shelf");
    expect(catalog.find("opds-my-shelf")).toBeNull();
    expect(removed).toHaveBeenCalledExactlyOnceWith(added);
    expect(store.rows.has("opds-my-shelf")).toBe(false);
  });

  it("refuses a second one of the same name", async () => {
    const { catalog } = await setUp();
    await catalog.add(shelf());
    expect((await refusal(catalog.add({ ...shelf(), name: "my shelf" }))).code).toBe("conflict");
  });

  it.each([
    [{ adapter: "mangadex" }, ["/adapter"]],
    [{ name: "漫画" }, ["/name"]],
    [{ config: {} }, ["/config/base_url"]],
    [{ config: { base_url: "nowhere" } }, ["/config/base_url"]],
    [{ config: { base_url: "http://a.example", colour: "red" } }, ["/config/colour"]],
  ])("refuses %j and names the field", async (part, pointers) => {
    const { catalog } = await setUp();
    expect(await refusal(catalog.add({ ...shelf(), ...part }))).toEqual({ code: "bad_request", pointers });
  });

  it("leaves built-in ones and those of the environment where they are", async () => {
    const { catalog } = await setUp({ PROVIDER_OPDS_HOME_BASE_URL: "http://127.0.0.1:8080/opds" });
    expect((await refusal(catalog.remove("mangadex"))).code).toBe("conflict");
    expect((await refusal(catalog.remove("opds-home"))).code).toBe("conflict");
    expect((await refusal(catalog.remove("nobody"))).code).toBe("not_found");
  });
});

describe("presets of a multi adapter", () => {
  const setUpPresets = (variables: Record<string, string> = {}, rows: StoredProvider[] = []) =>
    setUp(variables, rows, [opds, compatible, mangadex]);
  const added = () =>
    providerAddSchema.parse({
      adapter: "openai-compatible",
      name: "Attic",
      config: { base_url: "http://attic.local/v1" },
    });

  it("stand among the built-in ones, saying what they lack, until they are given a key", async () => {
    const { catalog, store, reopen } = await setUpPresets();
    expect(catalog.list().map(({ id }) => id)).toEqual(["deepseek", "mangadex"]);
    expect(catalog.get("deepseek")).toMatchObject({
      name: "DeepSeek",
      source: "builtin",
      adapter: { id: "openai-compatible" },
      enabled: false,
      initialized: false,
      message: "It is not set up yet. Missing: API key.",
    });
    const now = await catalog.update("deepseek", { config: { api_key: "k" } });
    expect(now).toMatchObject({
      enabled: true,
      initialized: true,
      config: { baseUrl: "https://api.deepseek.example", api_key: "k" },
    });
    expect(store.rows.get("deepseek")).toMatchObject({ adapter: "openai-compatible", source: "builtin" });
    expect((await reopen()).get("deepseek")).toMatchObject({ enabled: true, source: "builtin" });
  });

  it("take their key from the environment, and lock it", async () => {
    const { catalog } = await setUpPresets({ PROVIDER_DEEPSEEK_API_KEY: "k" });
    expect(catalog.get("deepseek")).toMatchObject({ enabled: true, source: "builtin", locked: ["api_key"] });
    expect(catalog.warnings).toEqual([]);
  });

  it("cannot be removed; others of the same adapter can", async () => {
    const { catalog, store } = await setUpPresets();
    expect((await refusal(catalog.remove("deepseek"))).code).toBe("conflict");
    expect((await catalog.add(added())).id).toBe("openai-compatible-attic");
    const { catalog: again } = await setUpPresets({}, [...store.rows.values()]);
    expect(again.list().map(({ id, source }) => [id, source])).toEqual([
      ["deepseek", "builtin"],
      ["mangadex", "builtin"],
      ["openai-compatible-attic", "admin"],
    ]);
    await again.remove("openai-compatible-attic");
    expect(again.find("openai-compatible-attic")).toBeNull();
  });
});
