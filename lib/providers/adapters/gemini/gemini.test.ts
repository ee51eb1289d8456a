import { describe, expect, it } from "vitest";
import { classifyAnswer } from "@/lib/providers/classify";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import badKey from "./fixtures/bad-key.json";
import found from "./fixtures/models.json";
import { gemini } from "./index";

const KEY = "AIzaSy0123456789abcdefghij";
const config = { baseUrl: "https://generativelanguage.googleapis.com/v1beta", api_key: KEY };
const answers: readonly FakeAnswer[] = [{ to: /GET .*\/models\?pageSize=/, body: found }];
const NOW = 1_790_000_000_000;

describeAdapterContract(gemini, {
  config,
  answers,
  search: {
    text: "gemini",
    externalIds: ["gemini-2.5-pro", "gemini-embedding-001", "tunedModels/gemini-lantern-x1"],
    dropped: 1,
    nextPage: null,
    requests: [
      {
        method: "GET",
        url: "https://generativelanguage.googleapis.com/v1beta/models?pageSize=1000",
        json: undefined,
      },
    ],
  },
  minimal: [{ to: /./, body: { models: [{ name: "models/gemini-1" }] } }],
  empty: [{ to: /./, body: {} }],
});

describe("gemini", () => {
  it("maps a model, with its limits and methods", async () => {
    expect((await search("2.5 pro")).items).toMatchObject([
      {
        externalId: "gemini-2.5-pro",
        titles: [{ text: "Gemini 2.5 Pro" }, { text: "gemini-2.5-pro" }],
        type: "model",
        authors: ["Google"],
        description: "Stable release of Gemini 2.5 Pro\n\nReads up to 1048576 tokens, writes up to 65536.",
        tags: ["generateContent", "countTokens"],
      },
    ]);
    expect((await search("embedContent")).items).toMatchObject([{ externalId: "gemini-embedding-001" }]);
  });

  it("follows the token of the next page", async () => {
    const { context, sent } = arrange([
      { to: /pageToken=t%3D1$/, body: { models: [{ name: "models/gemini-b" }] } },
      { to: /models/, body: { models: [{ name: "models/gemini-a" }], nextPageToken: "t=1" } },
    ]);
    const page = await gemini.search?.(context, { text: "gemini", page: null, limit: 20, adult: false });
    expect(page?.items.map(({ externalId }) => externalId)).toEqual(["gemini-a", "gemini-b"]);
    expect(sent).toHaveLength(2);
  });

  it("sends the key as a header, never in the address", async () => {
    const { context, sent } = arrange(answers);
    await gemini.check(context);
    expect(sent[0]?.headers).toEqual({ "x-goog-api-key": KEY });
    expect(sent[0]?.url).not.toContain(KEY);
  });

  const exhausted = (quotaId: string, retryDelay?: string) => ({
    error: {
      code: 429,
      status: "RESOURCE_EXHAUSTED",
      details: [
        { "@type": "type.googleapis.com/google.rpc.QuotaFailure", violations: [{ quotaId }] },
        ...(retryDelay ? [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay }] : []),
      ],
    },
  });

  it.each([
    [400, badKey, "auth", null],
    [400, { error: { code: "api_key_invalid", message: "x" } }, "auth", null],
    [400, { error: { code: 400, status: "INVALID_ARGUMENT" } }, "config", null],
    [400, { error: { code: 400, status: "FAILED_PRECONDITION" } }, "blocked", null],
    [403, { error: { code: 403, status: "PERMISSION_DENIED" } }, "auth", null],
    [429, exhausted("GenerateRequestsPerMinutePerProjectPerModel", "36.5s"), "throttled", NOW + 36_500],
    [429, exhausted("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "12s"), "quota", null],
    [429, { error: { code: 429, status: "RESOURCE_EXHAUSTED" } }, "throttled", null],
    [503, { error: { code: 503, status: "UNAVAILABLE" } }, "http_5xx", null],
    [504, { error: { code: 504, status: "DEADLINE_EXCEEDED" } }, "timeout", null],
    [200, [{ error: { code: 503, status: "UNAVAILABLE" } }], "http_5xx", null],
    [200, { error: { code: "not_heard_of", message: "x" } }, "contract", null],
  ] as const)("calls %i with %j: %s", (status, json, expected, retryAt) => {
    const failure = classifyAnswer(
      { status, headers: {}, text: "", json, operation: "check" },
      { now: NOW, judge: (evidence) => gemini.judge?.(evidence) ?? null },
    );
    expect(failure).toMatchObject({ class: expected, retryAt });
  });
});

function arrange(given: readonly FakeAnswer[]) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(config.baseUrl, given, signal);
  return { context: { http, signal, config }, sent };
}

async function search(text: string) {
  const page = await gemini.search?.(arrange(answers).context, { text, page: null, limit: 20, adult: false });
  if (!page) throw new Error("It has no search");
  return page;
}
