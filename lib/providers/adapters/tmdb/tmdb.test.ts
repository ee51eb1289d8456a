import { describe, expect, it } from "vitest";
import type { AnswerEvidence, Operation } from "@/lib/providers/provider";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import empty from "./fixtures/empty.json";
import movie from "./fixtures/movie.json";
import found from "./fixtures/search.json";
import series from "./fixtures/tv.json";
import { tmdb } from "./index";

const OLD_KEY = "0123456789abcdef0123456789abcdef";
const config = { baseUrl: "https://api.themoviedb.org/3", api_key: "read.token.of-this-account" };
const ready = { to: /\/authentication/, body: { success: true, status_code: 1, status_message: "Success." } };
const answers: readonly FakeAnswer[] = [
  ready,
  { to: /GET .*\/search\/multi\?/, body: found },
  { to: /GET .*\/movie\/603\?/, body: movie },
  { to: /GET .*\/tv\/1429\?/, body: series },
];

describeAdapterContract(tmdb, {
  config,
  answers,
  search: {
    text: "the matrix",
    externalIds: ["movie/603", "tv/1429", "movie/777"],
    dropped: 2,
    nextPage: "2",
    requests: [
      {
        method: "GET",
        url: "https://api.themoviedb.org/3/search/multi?query=the%20matrix&include_adult=false&page=1",
        json: undefined,
      },
    ],
  },
  details: { externalId: "movie/603" },
  minimal: [{ to: /./, body: { results: [{ id: 1, media_type: "tv", name: "A" }] } }],
  empty: [ready, { to: /./, body: empty }],
});

describe("tmdb", () => {
  it("maps a hit, genres by their numbers", async () => {
    expect((await search()).items[0]).toEqual({
      externalId: "movie/603",
      titles: [{ text: "The Matrix", lang: "en", kind: "main" }],
      type: "movie",
      year: 1999,
      status: "unknown",
      authors: [],
      description: "A programmer learns what the world is made of.",
      coverUrl: "https://image.tmdb.org/t/p/w500/p96dm7sCMn4VYAStA6siNz30G1r.jpg",
      contentRating: "safe",
      tags: ["Action", "Science Fiction"],
      languages: [],
      ids: { tmdb: "movie/603" },
      url: "https://www.themoviedb.org/movie/603",
    });
  });

  it("lives with empty dates, texts and lists", async () => {
    const { items } = await search();
    expect(items[1]).toMatchObject({
      titles: [
        { text: "Attack on Titan", lang: "en", kind: "main" },
        { text: "進撃の巨人", lang: "ja", kind: "native" },
      ],
      type: "tv",
      year: null,
      description: null,
      coverUrl: null,
    });
    expect(items[2]).toMatchObject({ externalId: "movie/777", contentRating: "pornographic", tags: [] });
  });

  it("passes over people without counting them as unreadable", async () => {
    const { items, dropped } = await search();
    expect(items.flatMap(({ titles }) => titles).map(({ text }) => text)).not.toContain("Keanu Reeves");
    expect(dropped).toBe(2);
  });

  it("takes makers, other titles, status and ids from the details of a film", async () => {
    expect(await tmdb.details?.(arrange().context, "movie/603")).toMatchObject({
      titles: [{ text: "The Matrix" }, { text: "Matrix" }, { text: "マトリックス" }],
      status: "finished",
      authors: ["Lana Wachowski", "Lilly Wachowski"],
      ids: { tmdb: "movie/603", imdb: "tt0133093" },
    });
  });

  it("and of a series", async () => {
    expect(await tmdb.details?.(arrange().context, "tv/1429")).toMatchObject({
      titles: [{ text: "Attack on Titan" }, { text: "進撃の巨人" }, { text: "Shingeki no Kyojin" }],
      status: "finished",
      authors: ["Tetsuro Araki"],
      ids: { tmdb: "tv/1429" },
    });
  });

  it("does not ask for ids that are none", async () => {
    const { context, sent } = arrange();
    await expect(tmdb.details?.(context, "person/6384")).rejects.toMatchObject({ failure: { class: "client" } });
    expect(sent).toEqual([]);
  });

  it("does not lose what a page holds beyond the limit", async () => {
    const { context } = arrange();
    const ask = (page: string | null) => tmdb.search?.(context, { text: "x", page, limit: 4, adult: true });
    const first = await ask(null);
    const second = await ask(first?.nextPage ?? null);
    expect([first?.nextPage, second?.nextPage]).toEqual(["1.4", "2"]);
    expect([first, second].flatMap((page) => page?.items.map(({ externalId }) => externalId))).toEqual([
      "movie/603",
      "tv/1429",
      "movie/777",
    ]);
  });

  it("sends a read token as a header, and a key of the older kind in the address", async () => {
    const token = arrange();
    await tmdb.check(token.context);
    expect(token.sent[0]).toMatchObject({
      url: "https://api.themoviedb.org/3/authentication",
      headers: { Authorization: "Bearer read.token.of-this-account" },
    });
    const key = arrange({ ...config, api_key: OLD_KEY });
    await tmdb.check(key.context);
    expect(key.sent[0]).toMatchObject({
      url: `https://api.themoviedb.org/3/authentication?api_key=${OLD_KEY}`,
      headers: {},
    });
  });

  it.each<[number, number, Operation, string | undefined]>([
    [7, 200, "search", "auth"],
    [10, 200, "check", "auth"],
    [25, 200, "search", "throttled"],
    [11, 200, "search", "http_5xx"],
    [46, 200, "search", "http_5xx"],
    [34, 200, "details", "client"],
    [34, 200, "check", "config"],
    [5, 200, "search", "contract"],
    [7, 401, "search", undefined],
    [46, 503, "search", undefined],
  ])("reads its code %i with status %i of a %s as %s", (status_code, status, operation, expected) => {
    const json = { success: false, status_code, status_message: "x" };
    const evidence: AnswerEvidence = { status, headers: {}, text: "", json, operation };
    expect(tmdb.judge?.(evidence)?.class).toBe(expected);
  });
});

function arrange(given: { baseUrl: string; api_key: string } = config) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(given.baseUrl, answers, signal);
  return { context: { http, signal, config: given }, sent };
}

async function search() {
  const page = await tmdb.search?.(arrange().context, { text: "the matrix", page: null, limit: 20, adult: false });
  if (!page) throw new Error("It has no search");
  return page;
}
