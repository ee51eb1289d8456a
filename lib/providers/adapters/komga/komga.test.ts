import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AdapterConfig, AnswerEvidence } from "@/lib/providers/provider";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import { komga } from "./index";

const read = (name: string) => JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8"));
const BASE = "https://komga.example.org";
const BERSERK = "0DBWV4T7SCS2K";
const config = { baseUrl: BASE };
const keyed = { ...config, api_key: "a-key-of-komga" };
const found = read("search.json");
const [berserk] = found.content;

const answers: FakeAnswer[] = [
  { to: /GET .*\/api\/v1\/claim$/, body: { isClaimed: true } },
  { to: /GET .*\/api\/v2\/users\/me$/, body: { id: "0DUSER", email: "reader@example.org", roles: [] } },
  { to: /POST .*\/api\/v1\/series\/list/, body: found },
  { to: new RegExp(`GET .*/api/v1/series/${BERSERK}$`), body: berserk },
  { to: /POST .*\/api\/v1\/books\/list/, body: read("books.json") },
  { to: /thumbnail$/, contentType: "image/jpeg", body: "picture" },
  { to: /\/file$/, contentType: "application/zip", body: "a book" },
];
const listOf = (content: unknown[]): FakeAnswer => ({
  to: /series\/list/,
  body: { content, number: 0, last: true, totalElements: content.length },
});

describeAdapterContract(komga, {
  config,
  answers,
  search: {
    text: "berserk: (deluxe)",
    externalIds: [BERSERK, "0DBWV4T7SCS3M"],
    dropped: 1,
    nextPage: "1",
    requests: [
      {
        method: "POST",
        url: `${BASE}/api/v1/series/list?page=0&size=20`,
        json: {
          fullTextSearch: "berserk\\: \\(deluxe\\)",
          condition: { deleted: { operator: "isFalse" } },
        },
      },
    ],
  },
  details: { externalId: BERSERK },
  minimal: [listOf([{ id: "1", name: "A", metadata: {} }])],
  empty: [listOf([])],
});

function arrange(settings: AdapterConfig = config) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(settings.baseUrl, answers, signal);
  return { context: { http, signal, config: settings }, sent };
}

const INPUT = { text: "berserk", page: null, limit: 20, adult: false };

describe("komga", () => {
  it("maps a series, with the ids that its links name, and never its place on the server's disk", async () => {
    const page = await komga.search?.(arrange().context, INPUT);
    expect(page?.items[0]).toEqual({
      externalId: BERSERK,
      titles: [
        { text: "Berserk", lang: null, kind: "main" },
        { text: "Berserk (1989)", lang: null, kind: "synonym" },
        { text: "ベルセルク", lang: null, kind: "synonym" },
      ],
      type: "manga",
      year: 1990,
      status: "ongoing",
      authors: ["Kentaro Miura"],
      description: "Guts & the sword.",
      coverUrl: `${BASE}/api/v1/series/${BERSERK}/thumbnail`,
      contentRating: "erotica",
      tags: ["dark fantasy", "swords"],
      languages: ["en"],
      ids: { al: "30002", mu: "51239621230" },
      url: `${BASE}/series/${BERSERK}`,
    });
    expect(JSON.stringify(page)).not.toContain("/data/");
    expect(page?.items[1]).toMatchObject({ type: "novel", status: "finished", description: "From the first book." });
  });

  it("goes on with the next page", async () => {
    const { context, sent } = arrange();
    await komga.search?.(context, { ...INPUT, page: "1" });
    expect(sent[0]?.url).toContain("page=1");
  });

  it("lists a series' books as files", async () => {
    const { context, sent } = arrange();
    const files = await komga.files?.(context, { externalId: BERSERK, title: "Berserk" });
    expect(files).toEqual([
      { id: "0DBOOK1", name: "Berserk v01.cbz", mediaType: "application/zip", sizeBytes: 104857600, language: null },
      {
        id: "0DBOOK2",
        name: "Berserk v02.cbr",
        mediaType: "application/x-rar-compressed; version=4",
        sizeBytes: null,
        language: null,
      },
      { id: "0DBOOK3", name: "Berserk v03", mediaType: "application/epub+zip", sizeBytes: null, language: null },
    ]);
    expect(sent[0]?.json).toEqual({
      condition: {
        allOf: [{ seriesId: { operator: "is", value: BERSERK } }, { deleted: { operator: "isFalse" } }],
      },
    });
  });

  it("fetches a book by its id, which is never a way to anywhere else", async () => {
    const { context, sent } = arrange(keyed);
    const work = { externalId: BERSERK, title: "Berserk" };
    await komga.download?.(context, {
      work,
      fileId: "../../x?y",
      part: { range: "bytes=1-", ifRange: null },
      bytesMax: 9,
    });
    expect(sent[0]).toMatchObject({
      url: `${BASE}/api/v1/books/..%2F..%2Fx%3Fy/file`,
      headers: { "X-API-Key": "a-key-of-komga", range: "bytes=1-", "accept-encoding": "identity" },
    });
  });

  it("sends its key, or name and password, to the server's own origin only", async () => {
    const basic = { ...config, username: "reader", password: "secret" };
    for (const [settings, header] of [
      [keyed, "X-API-Key"],
      [basic, "Authorization"],
    ] as const) {
      const { context, sent } = arrange(settings);
      await komga.search?.(context, INPUT);
      await komga.cover?.(context, `${BASE}/api/v1/series/1/thumbnail`);
      await komga.cover?.(context, "https://elsewhere.example/thumbnail");
      expect(sent.map(({ headers }) => header in headers)).toEqual([true, true, false]);
    }
  });

  it("checks the key where there is one, else that the server is there", async () => {
    const open = arrange();
    await komga.check(open.context);
    const secured = arrange(keyed);
    await komga.check(secured.context);
    expect([open.sent[0]?.url, secured.sent[0]?.url]).toEqual([`${BASE}/api/v1/claim`, `${BASE}/api/v2/users/me`]);
  });

  it.each<[string, Partial<AnswerEvidence>, object | null]>([
    [
      "violations of a search",
      { status: 400, json: { violations: [{ fieldName: "search.size", message: "must be positive" }] } },
      { class: "client", message: "Refused the request: search.size: must be positive" },
    ],
    ["violations of a check", { status: 400, json: { violations: [{}] }, operation: "check" }, { class: "config" }],
    ["a download that its account may not have", { status: 403, operation: "download" }, { class: "client" }],
    [
      "an error with 200",
      { status: 200, json: { status: 500, error: "Internal Server Error" } },
      { class: "http_5xx" },
    ],
    ["a refusal", { status: 401 }, null],
    ["an answer", { status: 200, json: { content: [] } }, null],
  ])("judges %s", (_, evidence, verdict) => {
    const judged = komga.judge?.({
      status: 200,
      headers: {},
      text: "",
      json: undefined,
      operation: "search",
      ...evidence,
    });
    if (verdict === null) expect(judged).toBeNull();
    else expect(judged).toMatchObject(verdict);
  });
});
