import { describe, expect, it } from "vitest";
import { classifyAnswer } from "@/lib/providers/classify";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import found from "./fixtures/models.json";
import { cursor } from "./index";

const KEY = "crsr_0123456789abcdef";
const config = { baseUrl: "https://api.cursor.com/v1", api_key: KEY };
const me: FakeAnswer = {
  to: /GET .*\/me$/,
  body: { apiKeyName: "Tower", createdAt: "2026-01-15T10:30:00Z", userEmail: "keeper@example.org" },
};
const answers: readonly FakeAnswer[] = [me, { to: /GET .*\/models$/, body: found }];

describeAdapterContract(cursor, {
  config,
  answers,
  search: {
    text: "gpt",
    externalIds: ["gpt-5", "gpt-5-codex"],
    dropped: 3,
    nextPage: null,
    requests: [{ method: "GET", url: "https://api.cursor.com/v1/models", json: undefined }],
  },
  minimal: [{ to: /./, body: { models: ["gpt"] } }],
  empty: [{ to: /./, body: { models: [] } }],
});

describe("cursor", () => {
  it("reads models that are more than a name", async () => {
    const body = { items: [{ id: "gpt-5", displayName: "GPT-5" }, { displayName: "GPT nameless" }] };
    const { context } = arrange([{ to: /models$/, body }]);
    const page = await cursor.search?.(context, { text: "gpt", page: null, limit: 20, adult: false });
    expect(page).toMatchObject({
      items: [{ externalId: "gpt-5", titles: [{ text: "GPT-5" }, { text: "gpt-5" }] }],
      dropped: 1,
    });
  });

  it("sends the key as the user's name", async () => {
    const { context, sent } = arrange(answers);
    await cursor.check(context);
    expect(sent).toMatchObject([
      {
        url: "https://api.cursor.com/v1/me",
        headers: { Authorization: `Basic ${Buffer.from(`${KEY}:`).toString("base64")}` },
      },
    ]);
  });

  it.each([
    [401, { error: "Invalid API key" }, "auth"],
    [403, { error: { code: "plan_required", message: "x" } }, "auth"],
    [429, { error: "Too many requests" }, "throttled"],
    [500, { error: { code: "internal", message: "x" } }, "http_5xx"],
    [200, { error: "Something" }, "contract"],
    [200, { error: { code: "internal", message: "x" } }, "http_5xx"],
    [200, { error: { code: "rate_limit_exceeded", message: "x" } }, "throttled"],
  ] as const)("calls %i with %j: %s", (status, json, expected) => {
    const failure = classifyAnswer(
      { status, headers: {}, text: "", json, operation: "check" },
      { now: 0, judge: (evidence) => cursor.judge?.(evidence) ?? null },
    );
    expect(failure?.class).toBe(expected);
  });

  it("says that the plan is the reason", () => {
    const json = { error: { code: "plan_required", message: "x" } };
    const verdict = cursor.judge?.({ status: 403, headers: {}, text: "", json, operation: "check" });
    expect(verdict?.message).toMatch(/plan/);
  });
});

function arrange(given: readonly FakeAnswer[]) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(config.baseUrl, given, signal);
  return { context: { http, signal, config }, sent };
}
