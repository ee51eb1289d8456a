import { describe, expect, it } from "vitest";
import { parseProviderVariables, toVariableName } from "./provider-variables";
import { fakeAdapter } from "./testing/fake-provider";

const field = (key: string, secret = false) =>
  ({ key, label: key, type: secret ? "secret" : "text", required: false, secret, help: "" }) as const;

const mangadex = fakeAdapter({ id: "mangadex" });
const tmdb = fakeAdapter({ id: "tmdb", configFields: [field("api_key", true)] });
const opds = fakeAdapter({ id: "opds", multi: true, configFields: [field("username"), field("password", true)] });
const compatible = fakeAdapter({
  id: "openai-compatible",
  multi: true,
  configFields: [field("api_key", true)],
  presets: [
    { id: "openai", name: "OpenAI", defaultBaseUrl: "https://api.openai.example/v1" },
    { id: "deepseek", name: "DeepSeek", defaultBaseUrl: "https://api.deepseek.example" },
  ],
});
const ADAPTERS = [mangadex, tmdb, opds, compatible];

const parse = (variables: Record<string, string>) => parseProviderVariables(variables, ADAPTERS);

describe("parseProviderVariables", () => {
  it("reads every setting of a provider", () => {
    const { providers, warnings, problems } = parse({
      PROVIDER_MANGADEX_ENABLED: "no",
      PROVIDER_MANGADEX_BASE_URL: "http://127.0.0.1:4001",
      PROVIDER_MANGADEX_TIMEOUT_MS: "2000",
      PROVIDER_MANGADEX_PRIORITY: "70",
      PROVIDER_MANGADEX_CHECK_INTERVAL: "30",
      PROVIDER_MANGADEX_RATE_PER_SECOND: "0.5",
    });
    expect(providers.get("mangadex")).toEqual({
      id: "mangadex",
      adapter: mangadex,
      settings: {
        enabled: false,
        base_url: "http://127.0.0.1:4001",
        timeout_ms: 2000,
        priority: 70,
        check_interval: 30,
      },
      config: {},
      ratePerSecond: 0.5,
    });
    expect([warnings, problems]).toEqual([[], []]);
  });

  it("gives credentials to the fields that the adapter declares", () => {
    expect(parse({ PROVIDER_TMDB_API_KEY: "k" }).providers.get("tmdb")?.config).toEqual({ api_key: "k" });
  });

  it("makes ids of multi adapters from the name in between", () => {
    const { providers } = parse({
      PROVIDER_OPDS_HOME_BASE_URL: "http://nas.local/opds",
      PROVIDER_OPDS_MY_SHELF_2_USERNAME: "ann",
      PROVIDER_OPENAI_COMPATIBLE_LOCAL_API_KEY: "k",
    });
    expect([...providers.keys()]).toEqual(["opds-home", "opds-my-shelf-2", "openai-compatible-local"]);
    expect(providers.get("opds-my-shelf-2")?.config).toEqual({ username: "ann" });
  });

  it("knows the presets of a multi adapter by their own plain names", () => {
    const { providers } = parse({
      PROVIDER_DEEPSEEK_API_KEY: "d",
      PROVIDER_OPENAI_BASE_URL: "http://127.0.0.1:4001",
      PROVIDER_OPENAI_COMPATIBLE_DEEPSEEK_API_KEY: "k",
    });
    expect([...providers.keys()]).toEqual(["deepseek", "openai", "openai-compatible-deepseek"]);
    expect(providers.get("deepseek")).toMatchObject({ adapter: { name: "DeepSeek" }, config: { api_key: "d" } });
  });

  it.each([
    "PROVIDER_NOBODY_ENABLED",
    "PROVIDER_OPENAI_COMPATIBLE_API_KEY",
    "PROVIDER_MANGADEX_COLOUR",
    "PROVIDER_MANGADEX_API_KEY",
    "PROVIDER_OPDS_BASE_URL",
    "PROVIDER_MANGADEX_EXTRA_ENABLED",
  ])("warns of %s, which means nothing", (name) => {
    const { providers, warnings } = parse({ [name]: "x" });
    expect(warnings).toEqual([`${name} is not a setting of any provider.`]);
    expect(providers.size).toBe(0);
  });

  it.each([
    ["PROVIDER_MANGADEX_ENABLED", "perhaps"],
    ["PROVIDER_MANGADEX_TIMEOUT_MS", "999"],
    ["PROVIDER_MANGADEX_TIMEOUT_MS", "120001"],
    ["PROVIDER_MANGADEX_PRIORITY", "101"],
    ["PROVIDER_MANGADEX_PRIORITY", "high"],
    ["PROVIDER_MANGADEX_CHECK_INTERVAL", "45"],
    ["PROVIDER_MANGADEX_RATE_PER_SECOND", "0"],
  ])("refuses %s=%s and names it", (name, value) => {
    const { problems } = parse({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: `));
  });
});

it("names the variable of a field", () => {
  expect(toVariableName("opds-my-shelf", "base_url")).toBe("PROVIDER_OPDS_MY_SHELF_BASE_URL");
});
