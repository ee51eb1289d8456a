import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Demo } from "../start-demo";
import { startDemo } from "../start-demo";
import type { ServiceId } from "./service-ids";

const KEYS = {
  openai: "sk-proj-tests-own-openai-key",
  deepseek: "sk-tests-own-deepseek-key",
  qwen: "sk-tests-own-qwen-key",
  anthropic: "sk-ant-tests-own-key",
  gemini: "AIza-tests-own-key",
  cursor: "crsr_tests_own_key",
};

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ serviceKeys: KEYS });
});
afterAll(() => demo.stop());

const get = (id: ServiceId, path: string, headers: Record<string, string> = {}) =>
  fetch(`${demo.upstreams[id].baseUrl}${path}`, { headers });
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` });
const claude = (key: string) => ({ "x-api-key": key, "anthropic-version": "2023-06-01" });
const google = (key: string) => ({ "x-goog-api-key": key });

describe.each([
  ["openai", bearer, 401],
  ["deepseek", bearer, 401],
  ["qwen", bearer, 401],
  ["anthropic", claude, 401],
  ["gemini", google, 400],
  ["cursor", basic, 401],
] as const)("%s", (id, headers, refusal) => {
  test("lists models to whoever has its key", async () => {
    const response = await get(id, "/models", headers(KEYS[id]));
    expect(response.status).toBe(200);
    const { data, models = data } = await response.json();
    expect(models.length).toBeGreaterThan(1);
  });

  test("refuses a wrong key, and none, in words of its own", async () => {
    const wrong = await get(id, "/models", headers("wrong-key-of-nobody"));
    expect(wrong.status).toBe(refusal);
    expect(await wrong.json()).toHaveProperty("error");
    expect((await get(id, "/models")).status).toBeGreaterThanOrEqual(401);
  });

  test("knows no other paths", async () => {
    expect((await get(id, "/chat/completions", headers(KEYS[id]))).status).toBe(404);
  });
});

test.each([
  ["openai", "/models?limit=3", bearer(KEYS.openai)],
  ["anthropic", "/models?limit=0", claude(KEYS.anthropic)],
  ["anthropic", "/models?limit=1001", claude(KEYS.anthropic)],
  ["anthropic", "/models?page=2", claude(KEYS.anthropic)],
  ["anthropic", "/models?after_id=nobody", claude(KEYS.anthropic)],
  ["anthropic", "/models", { "x-api-key": KEYS.anthropic }],
  ["anthropic", "/models", { "x-api-key": KEYS.anthropic, "anthropic-version": "2020-01-01" }],
  ["gemini", "/models?limit=3", google(KEYS.gemini)],
  ["gemini", "/models?pageSize=many", google(KEYS.gemini)],
  ["gemini", "/models?pageToken=bm9uZQ", google(KEYS.gemini)],
] as const)("%s refuses %s", async (id, path, headers) => {
  expect((await get(id, path, headers)).status).toBe(400);
});

test("OpenAI's refusal repeats a part of the key, as the real one's does", async () => {
  const { error } = await (await get("openai", "/models", bearer("sk-proj-abcdefgh-1234"))).json();
  expect(error).toMatchObject({ code: "invalid_api_key", message: expect.stringMatching(/sk-proj-\*+1234/) });
});

test("Gemini names the reason in its details", async () => {
  const { error } = await (await get("gemini", "/models", google("wrong"))).json();
  expect(error).toMatchObject({ status: "INVALID_ARGUMENT", details: [{ reason: "API_KEY_INVALID" }] });
});

test("Anthropic pages by the id of the last model, both ways", async () => {
  const page = async (query: string) => (await get("anthropic", `/models?${query}`, claude(KEYS.anthropic))).json();
  const first = await page("limit=4");
  expect(first).toMatchObject({ has_more: true, first_id: first.data[0].id, last_id: first.data[3].id });
  const second = await page(`limit=1000&after_id=${first.last_id}`);
  expect(second.has_more).toBe(false);
  const whole = await page("limit=1000");
  expect([...first.data, ...second.data]).toEqual(whole.data);
  expect((await page(`limit=2&before_id=${first.last_id}`)).data).toEqual(first.data.slice(1, 3));
});

test("Gemini pages by token", async () => {
  const page = async (query: string) => (await get("gemini", `/models?${query}`, google(KEYS.gemini))).json();
  const first = await page("pageSize=7");
  const second = await page(`pageSize=7&pageToken=${first.nextPageToken}`);
  expect(second).not.toHaveProperty("nextPageToken");
  expect([...first.models, ...second.models]).toEqual((await page("pageSize=1000")).models);
});

test("the attic's own server asks for no key, and lists an entry that is none", async () => {
  const { data } = await (await get("openai-compatible-attic", "/models")).json();
  expect(data.some((model: { id?: string }) => model.id === undefined)).toBe(true);
});

test("Cursor tells whose key it is", async () => {
  expect(await (await get("cursor", "/me", basic(KEYS.cursor))).json()).toHaveProperty("apiKeyName");
});
