import { describe, expect, it } from "vitest";
import type { AnswerEvidence, Operation } from "@/lib/providers/provider";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import details from "./fixtures/details.json";
import empty from "./fixtures/empty.json";
import failed from "./fixtures/failed.json";
import found from "./fixtures/search.json";
import { jikan } from "./index";

const config = { baseUrl: "https://jikan.example.org/v4" };
const answers: readonly FakeAnswer[] = [
  { to: /GET .*\/manga\?/, body: found },
  { to: /GET .*\/manga\/\d+$/, body: details },
];

describeAdapterContract(jikan, {
  config,
  answers,
  search: {
    text: "berserk",
    externalIds: ["2", "121496"],
    dropped: 2,
    nextPage: "2",
    requests: [
      { method: "GET", url: "https://jikan.example.org/v4/manga?q=berserk&page=1&limit=20&sfw=true", json: undefined },
    ],
  },
  details: { externalId: "2" },
  minimal: [{ to: /./, body: { data: [{ mal_id: 1, title: "A" }] } }],
  empty: [{ to: /\/manga\?/, body: empty }, ...answers],
});

describe("jikan", () => {
  it("is off and without an address until somebody has one: the public instance is closed", () => {
    expect(jikan).toMatchObject({ enabledByDefault: false, defaultBaseUrl: null });
    expect(jikan.configFields).toContainEqual(expect.objectContaining({ key: "base_url", required: true }));
  });

  it("maps a whole work", async () => {
    expect((await search()).items[0]).toEqual({
      externalId: "2",
      titles: [
        { text: "Berserk", lang: "en", kind: "main" },
        { text: "Berserk: The Prototype", lang: null, kind: "synonym" },
        { text: "ベルセルク", lang: "ja", kind: "native" },
      ],
      type: "manga",
      year: 1989,
      status: "ongoing",
      authors: ["Kentarou Miura", "Studio Gaga"],
      description: "A swordsman hunts demons.\n\n[Written by MAL Rewrite]",
      coverUrl: "https://cdn.myanimelist.net/images/manga/1/157897l.webp",
      contentRating: "safe",
      tags: ["Action", "Horror", "Gore", "Seinen"],
      languages: [],
      ids: { mal: "2" },
      url: "https://myanimelist.net/manga/2/Berserk",
    });
  });

  it("lives with nulls, takes no stand-in for a cover, and knows Korean where Japanese is said", async () => {
    expect((await search()).items[1]).toMatchObject({
      titles: [{ text: "Solo Leveling" }, { text: "나 혼자만 레벨업", lang: "ko", kind: "native" }],
      type: "manhwa",
      year: null,
      status: "upcoming",
      coverUrl: null,
      contentRating: "erotica",
      url: "https://myanimelist.net/manga/121496",
    });
  });

  it("asks for everything when adult works are wanted, and for no more than 25", async () => {
    const { context, sent } = arrange();
    await jikan.search?.(context, { text: "x", page: "3", limit: 100, adult: true });
    expect(sent[0]?.url).toBe("https://jikan.example.org/v4/manga?q=x&page=3&limit=25");
  });

  it("shows its key to servers that want one, and no header to others", async () => {
    const { context, sent } = arrange({ ...config, api_key: "k-1" });
    await jikan.check(context);
    expect(sent[0]?.headers).toEqual({ "X-Server-Key": "k-1" });
    const open = arrange();
    await jikan.check(open.context);
    expect(open.sent[0]?.headers).toEqual({});
  });

  it.each<[number, object, Operation, string | undefined]>([
    [200, failed, "search", "http_5xx"],
    [504, failed, "search", "http_5xx"],
    [200, { status: 429, type: "RateLimitException", message: "You are being rate-limited." }, "search", "throttled"],
    [
      500,
      { status: 500, type: "RateLimitException", message: "MyAnimeList is rate-limiting us." },
      "search",
      "throttled",
    ],
    [200, { status: 500, type: "UpstreamException", error: "x" }, "search", "http_5xx"],
    [200, { status: 404, type: "BadResponseException", error: "x" }, "details", "client"],
    [200, { status: 404, type: "BadResponseException", error: "x" }, "check", "config"],
    [404, { status: 404, type: "BadResponseException", error: "x" }, "details", undefined],
    [200, { data: [], status: 200, type: "x" }, "search", undefined],
    [200, { pagination: {}, data: [] }, "search", undefined],
  ])("reads a %i with %j of a %s as %s", (status, json, operation, expected) => {
    const evidence: AnswerEvidence = { status, headers: {}, text: "", json, operation };
    expect(jikan.judge?.(evidence)?.class).toBe(expected);
  });
});

function arrange(given: { baseUrl: string; api_key?: string } = config) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(given.baseUrl, answers, signal);
  return { context: { http, signal, config: given }, sent };
}

async function search() {
  const page = await jikan.search?.(arrange().context, { text: "berserk", page: null, limit: 20, adult: false });
  if (!page) throw new Error("It has no search");
  return page;
}
