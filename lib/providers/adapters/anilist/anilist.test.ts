import { describe, expect, it } from "vitest";
import type { AnswerEvidence } from "@/lib/providers/provider";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import details from "./fixtures/details.json";
import disabled from "./fixtures/disabled.json";
import empty from "./fixtures/empty.json";
import notFound from "./fixtures/not-found.json";
import found from "./fixtures/search.json";
import { anilist } from "./index";

const config = { baseUrl: "https://graphql.anilist.co" };
const isSearch = { to: /^POST https:\/\/graphql\.anilist\.co\/$/ };

/** One address for everything: the answer has both a page and a work, of which each question takes its own. */
const both = { data: { ...found.data, ...details.data } };

describeAdapterContract(anilist, {
  config,
  answers: [{ ...isSearch, body: both }],
  search: {
    text: "berserk",
    externalIds: ["30002", "105398", "86218"],
    dropped: 2,
    nextPage: "2",
    requests: [
      {
        method: "POST",
        url: "https://graphql.anilist.co/",
        json: {
          query: expect.stringContaining("media(search: $search, type: MANGA, sort: [SEARCH_MATCH], isAdult: false)"),
          variables: { search: "berserk", page: 1, perPage: 20 },
        },
      },
    ],
  },
  details: { externalId: "30002" },
  minimal: [{ ...isSearch, body: { data: { Page: { media: [{ id: 1, title: { native: "A" } }] } } } }],
  empty: [{ ...isSearch, body: empty }],
});

describe("anilist", () => {
  it("maps a whole work", async () => {
    expect((await search()).items[0]).toEqual({
      externalId: "30002",
      titles: [
        { text: "Berserk", lang: "ja-Latn", kind: "main" },
        { text: "ベルセルク", lang: "ja", kind: "native" },
        { text: "Berserk: The Prototype", lang: null, kind: "synonym" },
        { text: "베르세르크", lang: null, kind: "synonym" },
      ],
      type: "manga",
      year: 1989,
      status: "ongoing",
      authors: ["Kentarou Miura", "Kouji Mori", "Studio Gaga"],
      description: 'His name is Guts, the Black Swordsman.\n\nHe seeks "sanctuary" — still.\n\n(Source: Dark Horse)',
      coverUrl: "https://s4.anilist.co/file/anilistcdn/media/manga/cover/large/bx30002-7EzO7o21jzeF.jpg",
      contentRating: "safe",
      tags: ["Action", "Adventure", "Horror", "Anti-Hero"],
      languages: [],
      ids: { mal: "2", al: "30002" },
      url: "https://anilist.co/manga/30002",
    });
  });

  it("lives with nulls, the default picture and statuses not heard before", async () => {
    expect((await search()).items[1]).toMatchObject({
      titles: [{ text: "Na Honjaman Level Up", lang: "ko-Latn", kind: "main" }],
      type: "manhwa",
      status: "unknown",
      year: null,
      authors: [],
      coverUrl: null,
      contentRating: "suggestive",
      url: "https://anilist.co/manga/105398",
    });
    expect((await search()).items[2]).toMatchObject({
      titles: [{ text: "A Novel & More", lang: "en", kind: "main" }, { text: "小説" }],
      type: "novel",
      status: "paused",
      contentRating: "pornographic",
      ids: { al: "86218" },
    });
  });

  it("filters by isAdult only when it should filter", async () => {
    const { context, sent } = arrange();
    await anilist.search?.(context, { text: "x", page: "3", limit: 80, adult: true });
    expect(sent[0]?.json).toMatchObject({
      query: expect.not.stringContaining("isAdult: "),
      variables: { search: "x", page: 3, perPage: 50 },
    });
  });

  it("does not ask for an id that cannot be one", async () => {
    const { context, sent } = arrange();
    await expect(anilist.details?.(context, "berserk")).rejects.toMatchObject({ failure: { class: "client" } });
    expect(sent).toEqual([]);
  });

  it.each<[string, number, unknown, string | null]>([
    ["a switched-off API is down, not locked", 403, disabled, "http_5xx"],
    ["any other 403 is left to the general rules", 403, { data: null, errors: [{ message: "Forbidden" }] }, null],
    ["no such work is left to the general rules", 404, notFound, null],
    ["no such work with 200 as well", 200, notFound, "client"],
    ["an error of the server with 200", 200, { data: null, errors: [{ message: "Oops", status: 500 }] }, "http_5xx"],
    ["switched off with 200", 200, disabled, "http_5xx"],
    ["too many requests with 200", 200, { errors: [{ message: "Too Many Requests.", status: 429 }] }, "throttled"],
    [
      "an error without a status with 200",
      200,
      { data: null, errors: [{ message: "Cannot query field" }] },
      "contract",
    ],
    ["errors beside a part of the data", 200, { data: { Page: {} }, errors: [{ message: "Partial" }] }, null],
    ["a page of the front server", 503, undefined, null],
    ["a good answer", 200, found, null],
  ])("%s", (_, status, json, expected) => {
    const evidence: AnswerEvidence = { status, json, headers: {}, text: "", operation: "search" };
    expect(anilist.judge?.(evidence)?.class ?? null).toBe(expected);
  });
});

function arrange(answers: readonly FakeAnswer[] = [{ ...isSearch, body: both }]) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(config.baseUrl, answers, signal);
  return { context: { http, signal, config }, sent };
}

async function search() {
  const page = await anilist.search?.(arrange().context, { text: "berserk", page: null, limit: 20, adult: false });
  if (!page) throw new Error("It has no search");
  return page;
}
