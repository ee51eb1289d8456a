import { describe, expect, it } from "vitest";
import { classifyAnswer } from "@/lib/providers/classify";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import found from "./fixtures/models.json";
import { anthropic } from "./index";

const KEY = "sk-ant-api03-0123456789";
const config = { baseUrl: "https://api.anthropic.com/v1", api_key: KEY };
const answers: readonly FakeAnswer[] = [{ to: /GET .*\/models\?limit=/, body: found }];

describeAdapterContract(anthropic, {
  config,
  answers,
  search: {
    text: "claude",
    externalIds: [
      "claude-opus-4-1-20250805",
      "claude-sonnet-4-5-20250929",
      "claude-3-5-haiku-20241022",
      "claude-unknown",
    ],
    dropped: 2,
    nextPage: null,
    requests: [{ method: "GET", url: "https://api.anthropic.com/v1/models?limit=1000", json: undefined }],
  },
  minimal: [{ to: /./, body: { data: [{ id: "claude-1" }] } }],
  empty: [{ to: /./, body: { data: [], has_more: false, first_id: null, last_id: null } }],
});

describe("anthropic", () => {
  it("maps a model", async () => {
    expect((await search("sonnet 4.5")).items).toEqual([
      {
        externalId: "claude-sonnet-4-5-20250929",
        titles: [
          { text: "Claude Sonnet 4.5", lang: null, kind: "main" },
          { text: "claude-sonnet-4-5-20250929", lang: null, kind: "synonym" },
        ],
        type: "model",
        year: 2025,
        status: "unknown",
        authors: ["Anthropic"],
        description: null,
        coverUrl: null,
        contentRating: "unknown",
        tags: [],
        languages: [],
        ids: {},
        url: "https://docs.claude.com/en/docs/about-claude/models/overview",
      },
    ]);
  });

  it("does not take the epoch for a year", async () => {
    expect((await search("unknown")).items[0]).toMatchObject({ externalId: "claude-unknown", year: null });
  });

  it("reads on where there is more, and no further than it must", async () => {
    const first = { data: [{ id: "claude-a" }], has_more: true, last_id: "claude-a" };
    const { context, sent } = arrange([
      { to: /after_id=claude-a$/, body: { data: [{ id: "claude-b" }], has_more: true, last_id: "claude-b" } },
      { to: /after_id=claude-b$/, body: { data: [{ id: "claude-c" }], has_more: true, last_id: "claude-b" } },
      { to: /models/, body: first },
    ]);
    const page = await anthropic.search?.(context, { text: "claude", page: null, limit: 20, adult: false });
    expect(page?.items.map(({ externalId }) => externalId)).toEqual(["claude-a", "claude-b", "claude-c"]);
    expect(sent).toHaveLength(3);
  });

  it("sends key and version as headers, never in the address", async () => {
    const { context, sent } = arrange(answers);
    await anthropic.check(context);
    expect(sent).toMatchObject([
      {
        url: "https://api.anthropic.com/v1/models?limit=1",
        headers: { "x-api-key": KEY, "anthropic-version": "2023-06-01" },
      },
    ]);
  });

  it.each([
    [401, { type: "authentication_error", message: "invalid x-api-key" }, "auth"],
    [403, { type: "permission_error", message: "x" }, "auth"],
    [402, { type: "billing_error", message: "x" }, "quota"],
    [429, { type: "rate_limit_error", message: "x" }, "throttled"],
    [429, { type: "rate_limit_error", message: "x", details: { error_code: "enforced_spend_limit_reached" } }, "quota"],
    [
      400,
      {
        type: "invalid_request_error",
        message: "You have reached your specified API usage limits. You will regain access on 2026-12-01.",
      },
      "quota",
    ],
    [400, { type: "invalid_request_error", message: "Your credit balance is too low to access the API." }, "quota"],
    [400, { type: "invalid_request_error", message: "limit: too large" }, "config"],
    [529, { type: "overloaded_error", message: "Overloaded" }, "http_5xx"],
    [500, { type: "api_error", message: "x" }, "http_5xx"],
    [504, { type: "timeout_error", message: "x" }, "timeout"],
    [200, { type: "rate_limit_error", message: "x" }, "throttled"],
    [200, { type: "something_new", message: "x" }, "contract"],
  ] as const)("calls %i with %j: %s", (status, error, expected) => {
    const json = { type: "error", error, request_id: "req_1" };
    const failure = classifyAnswer(
      { status, headers: {}, text: "", json, operation: "check" },
      { now: 0, judge: (evidence) => anthropic.judge?.(evidence) ?? null },
    );
    expect(failure?.class).toBe(expected);
  });
});

function arrange(given: readonly FakeAnswer[]) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(config.baseUrl, given, signal);
  return { context: { http, signal, config }, sent };
}

async function search(text: string) {
  const page = await anthropic.search?.(arrange(answers).context, { text, page: null, limit: 20, adult: false });
  if (!page) throw new Error("It has no search");
  return page;
}
