import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Demo, startDemo } from "@/demo/start-demo";
import { isService, SERVICE_IDS, type ServiceId, SIMULATED_IDS } from "@/demo/upstreams/service-ids";
import { SERVICE_KEYS } from "@/demo/upstreams/services";
import { toVariableName } from "@/lib/providers/provider-variables";
import { type Api, apiOf } from "@/tests/support/api";
import { ADMIN, type App, startApp } from "@/tests/support/start-app";

interface Info {
  id: string;
  adapter: string;
  kind: string;
  url: string | null;
  enabled: boolean;
  initialized: boolean;
  message: string | null;
  capabilities: string[];
  config_fields: {
    key: string;
    required: boolean;
    secret: boolean;
    help: string;
    set?: boolean;
    value?: string | null;
  }[];
}
interface Tested {
  healthy: boolean;
  error: { class: string; message: string } | null;
}
interface Found {
  providers: { id: string; state: string; count: number | null; reason: string | null }[];
  items: { title: string; type: string; sources: { provider_id: string }[] }[];
}

type Keyed = Exclude<ServiceId, "openai-compatible-attic">;
const KEYED = SERVICE_IDS.filter((id): id is Keyed => id !== "openai-compatible-attic");
const TEXTS: Readonly<Record<ServiceId, string>> = {
  opensubtitles: "the matrix",
  openai: "gpt-4o",
  deepseek: "deepseek chat",
  qwen: "qwen max",
  "openai-compatible-attic": "gemma",
  anthropic: "sonnet",
  gemini: "gemini flash",
  cursor: "composer",
};
const QUIET = {
  HEALTH_STARTUP_GRACE_SECONDS: "0",
  PROVIDER_PROBE_INTERVALS_SECONDS: "3600",
  CONNECTIVITY_CANARIES: "off",
};

const UNLIMITED = Object.fromEntries(KEYED.map((id) => [toVariableName(id, "rate_per_second"), "100"]));

let demo: Demo;
let app: App;
let admin: Api;

/** The catalogues are simulated from the start; the services are nowhere in the environment. */
beforeAll(async () => {
  demo = await startDemo();
  const services = SERVICE_IDS.map((id) => toVariableName(id, ""));
  const catalogues = Object.entries(demo.environment).filter(([name]) => !services.some((own) => name.startsWith(own)));
  expect(catalogues.length).toBeGreaterThanOrEqual(SIMULATED_IDS.filter((id) => !isService(id)).length);
  app = await startApp({ env: { ...Object.fromEntries(catalogues), ...QUIET, ...UNLIMITED } });
  admin = await apiOf(app, ADMIN.email);
});
afterAll(async () => {
  await app?.dispose();
  await demo?.stop();
});

const info = async (id: string) => (await admin.get<Info>(`/api/v1/providers/${id}`)).body;
const test = async (id: string) => (await admin.send<Tested>("POST", `/api/v1/providers/${id}/test`)).body;

async function search(id: ServiceId, text = TEXTS[id]) {
  const query = new URLSearchParams({ q: text, providers: id, fresh: "1" });
  const { body } = await admin.get<Found>(`/api/v1/search?${query}`);
  return { provider: body.providers.find((provider) => provider.id === id), items: body.items };
}

async function expectFound(id: ServiceId) {
  const { provider, items } = await search(id);
  expect(provider).toMatchObject({ id, state: "ok" });
  expect(items[0]?.sources).toEqual([expect.objectContaining({ provider_id: id })]);
  expect(items[0]?.type).toBe(id === "opensubtitles" ? "subtitle" : "model");
}

describe.each(KEYED)("%s", (id) => {
  const wrongKey = `wrong-key-for-${id}-WxYz`;

  it("is listed from the start, and says what it lacks", async () => {
    const found = await info(id);
    expect(found).toMatchObject({
      id,
      enabled: false,
      initialized: false,
      message: expect.stringContaining("API key"),
    });
    expect(found.capabilities).toEqual(expect.arrayContaining(["check", "search"]));
    for (const { help } of found.config_fields) expect(help.length).toBeGreaterThan(10);
    expect((await search(id)).provider).toMatchObject({ state: "skipped" });
  });

  it("is switched on by a key, and says when that is a wrong one", async () => {
    const patch = { base_url: demo.upstreams[id].baseUrl, config: { api_key: wrongKey } };
    const { status, body } = await admin.send<Info>("PATCH", `/api/v1/providers/${id}`, patch);
    expect(status).toBe(200);
    expect(body).toMatchObject({ enabled: true, initialized: true });
    const tested = await test(id);
    expect(tested).toMatchObject({ healthy: false, error: { class: "auth" } });
    expect(JSON.stringify(tested)).not.toContain("WxYz");
  });

  it("works with the right one, which nobody sees again", async () => {
    const patch = { config: { api_key: SERVICE_KEYS[id] } };
    expect((await admin.send("PATCH", `/api/v1/providers/${id}`, patch)).status).toBe(200);
    expect(await test(id)).toMatchObject({ healthy: true, error: null });
    const found = await info(id);
    expect(found.config_fields.find(({ key }) => key === "api_key")).toMatchObject({ secret: true, set: true });
    expect(JSON.stringify(found)).not.toContain(SERVICE_KEYS[id]);
    await expectFound(id);
  });

  it.each([
    ["500", "http_5xx"],
    ["quota", "quota"],
    ["200-error-body", "http_5xx"],
  ] as const)("breaks by %s and is mended", async (kind, expected) => {
    await demo.upstreams[id].setFault({ kind });
    expect(await test(id)).toMatchObject({ healthy: false, error: { class: expected } });
    // Of what was asked before there would be an answer from the cache.
    expect((await search(id, `never asked before ${kind}`)).provider?.state).not.toBe("ok");
    await demo.upstreams[id].setFault({ kind: "none" });
    expect((await admin.send("POST", `/api/v1/providers/${id}/enable`)).status).toBe(200);
    expect(await test(id)).toMatchObject({ healthy: true });
    await expectFound(id);
  });

  it("is built in and stays", async () => {
    expect((await admin.send("DELETE", `/api/v1/providers/${id}`)).status).toBe(409);
  });
});

describe("another server that speaks OpenAI's API", () => {
  const id = "openai-compatible-attic";

  it("is added, searched and taken away again", async () => {
    const addition = { adapter: "openai-compatible", name: "Attic", config: { base_url: demo.upstreams[id].baseUrl } };
    const { status, body } = await admin.send<Info>("POST", "/api/v1/providers", addition);
    expect(status).toBe(201);
    expect(body).toMatchObject({ id, adapter: "openai-compatible", kind: "ai", enabled: true });
    expect(await test(id)).toMatchObject({ healthy: true });
    await expectFound(id);
    expect((await admin.send("DELETE", `/api/v1/providers/${id}`)).status).toBe(204);
    expect((await admin.get(`/api/v1/providers/${id}`)).status).toBe(404);
  });

  it("needs an address", async () => {
    const { status, body } = await admin.send("POST", "/api/v1/providers", {
      adapter: "openai-compatible",
      name: "Nowhere",
    });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain("/config/base_url");
  });

  it("shares its adapter with the presets", async () => {
    expect((await Promise.all(["openai", "deepseek", "qwen"].map(info))).map(({ adapter }) => adapter)).toEqual([
      "openai-compatible",
      "openai-compatible",
      "openai-compatible",
    ]);
  });
});

it("keeps every key out of the log", () => {
  for (const key of [...Object.values(SERVICE_KEYS), "WxYz"]) expect(app.output()).not.toContain(key);
});
