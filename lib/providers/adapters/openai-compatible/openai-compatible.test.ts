import { describe, expect, it } from "vitest";
import { listBuiltins } from "@/lib/providers/builtins";
import { classifyAnswer } from "@/lib/providers/classify";
import type { ProviderAdapter } from "@/lib/providers/provider";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import local from "./fixtures/local.json";
import found from "./fixtures/openai.json";
import { openAiCompatible } from "./index";

const KEY = "sk-proj-0123456789abcdef";
const config = { baseUrl: "https://api.openai.com/v1", api_key: KEY };
const answers: readonly FakeAnswer[] = [{ to: /GET .*\/models$/, body: found }];
const presets = new Map(listBuiltins([openAiCompatible]).map(({ id, adapter }) => [id, adapter]));

const fixtures = {
  config,
  answers,
  search: {
    text: "gpt 4",
    externalIds: [
      "gpt-4o",
      "gpt-4o-mini",
      "gpt-4o-audio-preview-2024-10-01",
      "gpt-4-0613",
      "ft:gpt-4o-mini-2024-07-18:tower-library::AbC123",
    ],
    dropped: 2,
    nextPage: null,
    requests: [{ method: "GET", url: "https://api.openai.com/v1/models", json: undefined }],
  },
  minimal: [{ to: /./, body: { data: [{ id: "gpt-4" }] } }],
  empty: [{ to: /./, body: { object: "list", data: [] } }],
};
describeAdapterContract(openAiCompatible, fixtures);

describe.each([...presets])("the preset %s", (_, adapter) => {
  describeAdapterContract(adapter, fixtures);

  it("needs a key and an address of its own only where it moved", () => {
    const required = adapter.configFields.filter((field) => field.required).map(({ key }) => key);
    expect(required).toEqual(["api_key"]);
    expect(adapter.configFields.every(({ help }) => help.length > 10)).toBe(true);
  });
});

describe("openai-compatible", () => {
  it("has the presets that everyone looks for", () => {
    expect([...presets.keys()]).toEqual(["openai", "deepseek", "qwen"]);
  });

  it("maps a model, with the page of its provider", async () => {
    const page = await search(presets.get("openai") ?? openAiCompatible, "audio preview");
    expect(page?.items[0]).toMatchObject({
      externalId: "gpt-4o-audio-preview-2024-10-01",
      titles: [{ text: "gpt-4o-audio-preview-2024-10-01", lang: null, kind: "main" }],
      type: "model",
      year: 2024,
      authors: ["system"],
      description: "To be shut down on 2026-10-23.",
      languages: [],
      url: "https://platform.openai.com/docs/models",
    });
  });

  it("reads what other servers add or leave out", async () => {
    const page = await search(openAiCompatible, "gpt", [{ to: /models$/, body: local }]);
    expect(page?.items).toMatchObject([
      { externalId: "gpt-oss:20b", year: null, authors: ["library"], url: null },
      {
        externalId: "mistralai/mixtral-gpt",
        titles: [{ text: "Mixtral & GPT" }, { text: "mistralai/mixtral-gpt" }],
        description: "A mixture.\n\nContext: 32768 tokens.",
        year: 2023,
      },
    ]);
    expect(await search(openAiCompatible, "gpt", [{ to: /models$/, body: { data: null } }])).toMatchObject({
      items: [],
    });
  });

  it("sends the key as a header, and none where there is none", async () => {
    const withKey = arrange(answers);
    await openAiCompatible.check(withKey.context);
    expect(withKey.sent[0]?.headers).toEqual({ Authorization: `Bearer ${KEY}` });
    expect(withKey.sent[0]?.url).not.toContain(KEY);
    const without = arrange(answers, { baseUrl: "http://127.0.0.1:11434/v1" });
    await openAiCompatible.check(without.context);
    expect(without.sent[0]?.headers).toEqual({});
  });

  it("takes names from the settings where the server lists none, and only there", async () => {
    const typed = { ...config, models: "qwen-max, qwen-plus ,," };
    const none: FakeAnswer[] = [{ to: /models$/, status: 404, body: {} }];
    const { context } = arrange(none, typed);
    await expect(openAiCompatible.check(context)).resolves.toBeUndefined();
    const page = await openAiCompatible.search?.(context, { text: "qwen", page: null, limit: 20, adult: false });
    expect(page?.items.map(({ externalId }) => externalId)).toEqual(["qwen-max", "qwen-plus"]);
    await expect(openAiCompatible.check(arrange(none).context)).rejects.toMatchObject({ failure: { httpStatus: 404 } });
    const broken = arrange([{ to: /models$/, status: 500, body: {} }], typed);
    await expect(openAiCompatible.check(broken.context)).rejects.toMatchObject({ failure: { httpStatus: 500 } });
  });

  it.each([
    [
      401,
      {
        message: `Incorrect API key provided: sk-proj-****cdef.`,
        type: "invalid_request_error",
        code: "invalid_api_key",
      },
      "auth",
    ],
    [401, { message: "Authentication Fails", type: "authentication_error", code: "invalid_request_error" }, "auth"],
    [
      429,
      { message: "You exceeded your current quota", type: "insufficient_quota", code: "insufficient_quota" },
      "quota",
    ],
    [429, { message: "x", type: "insufficient_quota", code: "project_spend_limit_exceeded" }, "quota"],
    [429, { message: "x", type: "x", code: "credit_balance_exhausted" }, "quota"],
    [429, { message: "x", type: "requests", code: "rate_limit_exceeded" }, "throttled"],
    [402, { message: "Insufficient Balance", type: "unknown_error", code: "invalid_request_error" }, "quota"],
    [400, { message: "Access denied, …", type: "Arrearage", code: "Arrearage" }, "quota"],
    [403, { message: "x", type: "request_forbidden", code: "unsupported_country_region_territory" }, "blocked"],
    [503, { message: "x", type: "server_error", code: null }, "throttled"],
    [500, "x", "http_5xx"],
    [200, { message: "x", type: "server_error", code: null }, "http_5xx"],
    [200, { message: "x", type: "y", code: 3 }, "contract"],
    [200, "unauthorized", "contract"],
  ] as const)("calls %i with %j: %s, without the error's own text", (status, error, expected) => {
    const failure = classifyAnswer(
      { status, headers: { "retry-after": "20" }, text: "", json: { error }, operation: "search" },
      { now: 0, judge: (evidence) => openAiCompatible.judge?.(evidence) ?? null },
    );
    expect(failure?.class).toBe(expected);
    expect(failure?.message).not.toContain("cdef");
    expect(failure?.retryAt).toBe(expected === "throttled" || expected === "quota" ? 20_000 : null);
  });

  it("has nothing to say of a list", () => {
    expect(
      openAiCompatible.judge?.({ status: 200, headers: {}, text: "", json: found, operation: "check" }),
    ).toBeNull();
  });
});

function arrange(given: readonly FakeAnswer[], settings: { baseUrl: string } & Record<string, string> = config) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(settings.baseUrl, given, signal);
  return { context: { http, signal, config: settings }, sent };
}

function search(adapter: ProviderAdapter, text: string, given = answers) {
  return adapter.search?.(arrange(given).context, { text, page: null, limit: 20, adult: false });
}
