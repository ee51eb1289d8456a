import { describe, expect, it } from "vitest";
import { classifyAnswer } from "@/lib/providers/classify";
import type { DownloadInput } from "@/lib/providers/provider";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import overQuota from "./fixtures/over-quota.json";
import found from "./fixtures/search.json";
import { opensubtitles } from "./index";

const BASE = "https://api.opensubtitles.com/api/v1";
const KEY = "k3yOfTheTower0123456789";
const config = { baseUrl: BASE, api_key: KEY };
const formats: FakeAnswer = {
  to: /GET .*\/infos\/formats$/,
  body: { data: { output_formats: ["srt", "sub", "webvtt"] } },
};
const login: FakeAnswer = {
  to: /POST .*\/login$/,
  body: {
    user: { allowed_downloads: 100, vip: false },
    base_url: "api.opensubtitles.com",
    token: "t0ken",
    status: 200,
  },
};
const LINK = "https://www.opensubtitles.com/download/AB12/subfile/The.Matrix.srt";
const ready: FakeAnswer = {
  to: /POST .*\/download$/,
  body: {
    link: LINK,
    file_name: "The.Matrix.srt",
    requests: 3,
    remaining: 97,
    message: "Your quota will be renewed …",
  },
};
const file: FakeAnswer = {
  to: /GET .*\/subfile\//,
  contentType: "text/plain",
  body: "1\n00:00:01,000 --> 00:00:02,000\nHi\n",
};
const answers: readonly FakeAnswer[] = [formats, login, ready, file, { to: /GET .*\/subtitles\?/, body: found }];

describeAdapterContract(opensubtitles, {
  config,
  answers,
  search: {
    text: " The MATRIX ",
    externalIds: ["7061050.7995309", "198765.200101.200102", "555.556"],
    dropped: 2,
    nextPage: "2",
    requests: [{ method: "GET", url: `${BASE}/subtitles?query=the%20matrix`, json: undefined }],
  },
  minimal: [
    { to: /./, body: { data: [{ id: "1", attributes: { release: "A", files: [{ file_id: 2 }] } }], total_pages: 1 } },
  ],
  empty: [formats, { to: /./, body: { total_pages: 0, total_count: 0, per_page: 60, page: 1, data: [] } }],
});

describe("opensubtitles", () => {
  it("maps a film's subtitle, with the film's ids in their usual spelling", async () => {
    expect((await search()).items[0]).toEqual({
      externalId: "7061050.7995309",
      titles: [
        { text: "The Matrix", lang: null, kind: "main" },
        { text: "1999 - The Matrix", lang: null, kind: "synonym" },
        { text: "The.Matrix.1999.1080p.BluRay.x264", lang: null, kind: "synonym" },
      ],
      type: "subtitle",
      year: 1999,
      status: "unknown",
      authors: ["lanternkeeper"],
      description: "Synced & corrected\n\nDownloads: 697844.",
      coverUrl: null,
      contentRating: "unknown",
      tags: ["for the hard of hearing", "trusted source"],
      languages: ["en"],
      ids: { imdb: "tt0133093", tmdb: "movie/603" },
      url: "https://www.opensubtitles.com/en/subtitles/legacy/7061050",
    });
  });

  it("says which episode it is for, and in which language by its proper tag", async () => {
    expect((await search()).items[1]).toMatchObject({
      titles: [
        { text: "Breaking Bad S01E02 Cat's in the Bag..." },
        { text: "Breaking Bad - S01E02 Cat's in the Bag..." },
      ],
      languages: ["es-419"],
      tags: ["translated by AI"],
      ids: { imdb: "tt1054725" },
    });
  });

  it("lives with a subtitle of nobody knows what", async () => {
    expect((await search()).items[2]).toMatchObject({
      titles: [{ text: "matrix.dvdrip" }],
      year: null,
      languages: [],
      ids: {},
      url: null,
    });
  });

  it("asks for ids as numbers, for the languages of the settings, and in the order of the alphabet", async () => {
    const { context, sent } = arrange(answers, { languages: "en, PT-br,de,en" });
    await opensubtitles.search?.(context, { text: "tt0133093", page: "3.40", limit: 20, adult: false });
    expect(sent[0]).toMatchObject({
      url: `${BASE}/subtitles?imdb_id=133093&languages=de%2Cen%2Cpt-br&page=3`,
      headers: { "Api-Key": KEY },
    });
  });

  it("names the files that a subtitle has", async () => {
    const files = (externalId: string) => opensubtitles.files?.(arrange().context, { externalId, title: "The Matrix" });
    expect(await files("7061050.7995309")).toMatchObject([{ id: "7995309", name: "The Matrix" }]);
    expect(await files("198765.200101.200102")).toMatchObject([
      { id: "200101", name: "The Matrix (1 of 2)" },
      { id: "200102", name: "The Matrix (2 of 2)" },
    ]);
    await expect(files("7061050")).rejects.toMatchObject({ failure: { class: "client" } });
  });

  it("orders a file and fetches it where it is told to, without its key", async () => {
    const { context, sent } = arrange();
    const stream = await opensubtitles.download?.(context, wanted);
    expect(stream).toMatchObject({ status: 200, fileName: "The.Matrix.srt" });
    expect(await new Response(stream?.body).text()).toContain("Hi");
    expect(sent.map(({ method, url, json }) => [method, url, json])).toEqual([
      ["POST", `${BASE}/download`, { file_id: 7995309 }],
      ["GET", LINK, undefined],
    ]);
    expect(Object.keys(sent[1]?.headers ?? {})).not.toContain("Api-Key");
  });

  it("signs in for a download where there is an account, and for nothing else", async () => {
    const { context, sent } = arrange(answers, { username: "keeper", password: "lantern" });
    await opensubtitles.download?.(context, wanted);
    expect(sent.map(({ url }) => url)).toEqual([`${BASE}/login`, `${BASE}/download`, LINK]);
    expect(sent[0]?.json).toEqual({ username: "keeper", password: "lantern" });
    expect(sent[1]?.headers).toEqual({ "Api-Key": KEY, Authorization: "Bearer t0ken" });
    sent.length = 0;
    await opensubtitles.search?.(context, { text: "x", page: null, limit: 1, adult: false });
    await opensubtitles.check(context);
    expect(sent).toHaveLength(2);
  });

  const RESET = Date.parse("2026-11-22T23:59:59Z");
  it.each([
    [406, overQuota, "quota", RESET],
    [401, overQuota, "quota", RESET],
    [406, { message: "Not acceptable" }, "quota", null],
    [401, { message: "Unauthorized" }, "auth", null],
    [403, { message: "You cannot consume this service" }, "auth", null],
    [400, { errors: ["Not enough parameters"] }, "client", null],
    [410, { message: "Invalid or expired link" }, "client", null],
    [200, { errors: ["Internal error"], status: 500 }, "http_5xx", null],
    [200, { message: "x", status: "403" }, null, null],
    [200, { message: "x", status: 403 }, "auth", null],
    [200, { errors: ["x"] }, "contract", null],
    [200, login.body, null, null],
    [200, ready.body, null, null],
    [200, [], null, null],
  ] as const)("calls %i with %j: %s", (status, json, expected, retryAt) => {
    const failure = classifyAnswer(
      { status, headers: {}, text: "", json, operation: "search" },
      { now: 0, judge: (evidence) => opensubtitles.judge?.(evidence) ?? null },
    );
    expect(failure && { class: failure.class, retryAt: failure.retryAt }).toEqual(
      expected && { class: expected, retryAt },
    );
  });
});

const wanted: DownloadInput = {
  work: { externalId: "7061050.7995309", title: "The Matrix" },
  fileId: "7995309",
  part: null,
  bytesMax: 1_000_000,
};

function arrange(given: readonly FakeAnswer[] = answers, settings: Record<string, string> = {}) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(BASE, given, signal);
  return { context: { http, signal, config: { ...config, ...settings } }, sent };
}

async function search() {
  const page = await opensubtitles.search?.(arrange().context, { text: "x", page: null, limit: 20, adult: false });
  if (!page) throw new Error("It has no search");
  return page;
}
