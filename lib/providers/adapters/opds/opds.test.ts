import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import { opds } from "./index";

const read = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
const readJson = (name: string): unknown => JSON.parse(read(name));
const ROOT = "https://books.example.org/opds";
const COMIC = "urn:uuid:5b1c8ef2-7d37-4b68-9b87-7a56d5c0a001";
const NOVEL = "urn:uuid:5b1c8ef2-7d37-4b68-9b87-7a56d5c0a003";
const ATOM = "application/atom+xml;charset=utf-8";
const config = { baseUrl: ROOT };

const root: FakeAnswer = { to: /GET .*\/opds$/, contentType: ATOM, body: read("root.xml") };
const description: FakeAnswer = {
  to: /\/opds\/search$/,
  contentType: "application/xml",
  body: read("description.xml"),
};
const gone: FakeAnswer = { to: /\/opds\/gone$/, status: 404, body: "" };
const found: FakeAnswer = { to: /\/(series|all)\?/, contentType: ATOM, body: read("search.xml") };
const entry: FakeAnswer = { to: /\/opds\/entry\/3$/, contentType: ATOM, body: read("entry.xml") };
const answers = [root, description, gone, found, entry, { to: /./, status: 404, body: "" }];

describeAdapterContract(opds, {
  config,
  answers,
  search: {
    text: "berserk & co",
    externalIds: [COMIC, "0DBWV4T7SCS2K", NOVEL],
    dropped: 2,
    nextPage: "0 https://books.example.org/opds/series?search=berserk&lang=en&page=2",
    requests: [
      { method: "GET", url: ROOT, json: undefined },
      { method: "GET", url: `${ROOT}/search`, json: undefined },
      { method: "GET", url: `${ROOT}/series?search=berserk%20%26%20co&lang=en`, json: undefined },
    ],
  },
  details: { externalId: COMIC },
  minimal: [root, description, { ...found, body: "<feed><entry><id>1</id><title>A</title></entry></feed>" }],
  empty: [root, description, { ...found, body: read("empty.xml") }],
});

const ROOT_2 = "https://books.example.org/opds/v2/catalog";
const config2 = { baseUrl: ROOT_2 };
const OPDS_JSON = "application/opds+json";
const root2: FakeAnswer = { to: /v2\/catalog$/, contentType: OPDS_JSON, body: readJson("root.json") };
const found2: FakeAnswer = { to: /v2\/(search|series$)/, contentType: OPDS_JSON, body: readJson("search.json") };
const page2: FakeAnswer = { to: /v2\/search.*page=1$/, contentType: OPDS_JSON, body: readJson("empty.json") };
const entry2: FakeAnswer = {
  to: /v2\/books\/1$/,
  contentType: "application/opds-publication+json",
  body: readJson("publication.json"),
};
const books2: FakeAnswer = { to: /v2\/series\/7$/, contentType: OPDS_JSON, body: readJson("series.json") };
const answers2 = [root2, page2, found2, entry2, books2, { to: /./, status: 404, body: "" }];

describeAdapterContract(opds, {
  config: config2,
  answers: answers2,
  search: {
    text: "berserk & co",
    externalIds: [COMIC, "/opds/v2/books/2", "/opds/v2/series/7"],
    dropped: 1,
    nextPage: "0 https://books.example.org/opds/v2/search?query=berserk&page=1",
    requests: [
      { method: "GET", url: ROOT_2, json: undefined },
      { method: "GET", url: "https://books.example.org/opds/v2/search?query=berserk%20%26%20co", json: undefined },
    ],
  },
  details: { externalId: COMIC },
  minimal: [
    root2,
    { ...found2, body: { publications: [{ metadata: { title: "A" }, links: [{ rel: "self", href: "b" }] }] } },
  ],
  empty: [root2, { ...found2, body: readJson("empty.json") }],
});

describe("opds 2.0", () => {
  const arrange2 = () => arrange(answers2, config2);

  it("maps a publication", async () => {
    expect((await search(arrange2()))?.items[0]).toEqual({
      externalId: COMIC,
      titles: [
        { text: "Berserk & Friends", lang: "en", kind: "main" },
        { text: "ベルセルク", lang: "ja", kind: "synonym" },
      ],
      type: "manga",
      year: 1990,
      status: "unknown",
      authors: ["Kentaro Miura", "Studio Gaga"],
      description: "Guts & the sword.",
      coverUrl: "https://books.example.org/opds/v2/books/1/cover.jpg",
      contentRating: "unknown",
      tags: ["Manga", "Horror"],
      languages: ["en"],
      ids: {},
      url: "https://books.example.org/book/1",
    });
  });

  it("takes series from groups, and leaves lists that people made", async () => {
    const titles = (await search(arrange2()))?.items.map((item) => item.titles[0]?.text);
    expect(titles).toEqual(["Berserk & Friends", "Bare", "Berserk (series)"]);
  });

  it("reads the whole publication where there is one", async () => {
    expect(await opds.details?.(arrange2().context, COMIC)).toMatchObject({ description: "The whole text." });
  });
});

describe("files", () => {
  const FILE = { sizeBytes: null, language: "en" };

  it("are what an entry gives away, whatever the OPDS, found by a search for its title", async () => {
    const { context, sent } = arrange();
    expect(await opds.files?.(context, { externalId: COMIC, title: "Berserk" })).toEqual([
      {
        ...FILE,
        id: "https://books.example.org/opds/get/1.cbz",
        name: "Berserk & Friends, Vol. 1",
        mediaType: "application/x-cbz",
      },
    ]);
    expect(sent.at(-1)?.url).toContain("search=Berserk");
    const files = await opds.files?.(arrange(answers2, config2).context, { externalId: COMIC, title: "Berserk" });
    expect(files).toEqual([
      {
        ...FILE,
        id: "https://books.example.org/opds/v2/books/1/file",
        name: "Berserk & Friends",
        mediaType: "application/epub+zip",
        sizeBytes: 1234,
      },
    ]);
  });

  it("are left out where they lie at other doors of the host, or at other hosts", async () => {
    const at = (href: string) => ({ rel: "http://opds-spec.org/acquisition", href, type: "application/pdf" });
    const links = ["https://books.example.org:8443/a", "http://books.example.org/b", "https://evil.example/c", "d"].map(
      at,
    );
    const body = { publications: [{ metadata: { title: "A", identifier: "a" }, links }] };
    const { context } = arrange([root2, { ...found2, body }], config2);
    const files = await opds.files?.(context, { externalId: "a", title: "A" });
    expect(files?.map(({ id }) => id)).toEqual(["http://books.example.org/b", "https://books.example.org/opds/v2/d"]);
  });

  it("of a series are those of its books", async () => {
    const series = { externalId: "/opds/v2/series/7", title: "Berserk" };
    const files = await opds.files?.(arrange(answers2, config2).context, series);
    expect(files?.map(({ id, name }) => [new URL(id).pathname, name])).toEqual([
      ["/opds/v2/books/71/file", "Volume 1"],
      ["/opds/v2/books/72/file", "Volume 2"],
    ]);
  });

  it("are fetched with the credentials, for the catalogue's own origin only", async () => {
    const { context, sent } = arrange([{ to: /file/, contentType: "application/pdf", body: "a book" }], {
      ...config,
      username: "reader",
      password: "secret",
    });
    const limits = { part: null, bytesMax: 100, work: { externalId: COMIC, title: "" } };
    for (const host of ["books.example.org", "evil.example"])
      await opds.download?.(context, { ...limits, fileId: `https://${host}/file` });
    expect(sent.map(({ headers }) => "Authorization" in headers)).toEqual([true, false]);
  });
});

describe("a key in the address", () => {
  const KEY = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
  const kavita = { baseUrl: `https://kavita.example.org/api/opds/${KEY}` };
  const body = read("search.xml").replaceAll("https://books.example.org", "https://kavita.example.org");
  const keyed = body
    .replaceAll(COMIC, `urn:${KEY}:1`)
    .replaceAll(/\/book\/1"/g, `/book/1?apiKey=${KEY}"`)
    .replaceAll(/covers\/1\.jpg\?/g, `covers/1.jpg?apiKey=${KEY}&amp;`);
  const keyedAnswers = [
    { ...root, to: new RegExp(`opds/${KEY}$`), body: read("root.xml").replaceAll("/opds/", `/api/opds/${KEY}/`) },
    { ...description, to: /\/search$/ },
    { ...found, body: keyed },
    { to: /covers\/1/, contentType: "image/jpeg", body: "picture" },
    { to: /./, status: 404, body: "" },
  ];

  it("is in nothing that is stored or shown, and goes to the catalogue all the same", async () => {
    const { context, sent } = arrange(keyedAnswers, kavita);
    const [item] = (await search({ context }))?.items ?? [];
    expect(JSON.stringify(item)).not.toContain(KEY);
    expect(item).toMatchObject({ externalId: "urn:__key0__:1", url: null });
    await opds.cover?.(context, item?.coverUrl ?? "");
    expect(sent.at(-1)?.url).toContain(`apiKey=${KEY}`);
    const details = await opds.details?.(arrange(keyedAnswers, kavita).context, "urn:__key0__:1");
    expect(details).toMatchObject({ externalId: "urn:__key0__:1" });
  });
});

describe("opds", () => {
  it("maps an entry with a file", async () => {
    expect((await search(arrange()))?.items[0]).toEqual({
      externalId: COMIC,
      titles: [{ text: "Berserk & Friends, Vol. 1", lang: "en", kind: "main" }],
      type: "comic",
      year: 1990,
      status: "unknown",
      authors: ["Kentaro Miura"],
      description: "RATING: ★★★★★\n\nGuts & the sword.",
      coverUrl: "https://books.example.org/opds/covers/1.jpg?size=1&v=2",
      contentRating: "unknown",
      tags: ["Dark Fantasy", "Horror"],
      languages: ["en"],
      ids: {},
      url: "https://books.example.org/book/1",
    });
  });

  it("takes a navigation entry for a series, without cover and author", async () => {
    expect((await search(arrange()))?.items[1]).toMatchObject({
      externalId: "0DBWV4T7SCS2K",
      titles: [{ text: "Berserk (series)", lang: null, kind: "main" }],
      type: "unknown",
      authors: [],
      description: null,
      coverUrl: null,
    });
  });

  it("passes over data: pictures, reads old cover relations and CDATA", async () => {
    expect((await search(arrange()))?.items[2]).toMatchObject({
      externalId: NOVEL,
      type: "book",
      year: null,
      authors: [],
      languages: ["de", "fr"],
      description: "First & second.\n\nThird",
      coverUrl: "https://books.example.org/covers/3.jpg",
    });
  });

  it("takes a template in the link itself, and 404 for no hits", async () => {
    const link =
      '<link rel="search" type="application/atom+xml" href="/opds/search/{searchTerms}?library_id=calibre"/>';
    const calibre = { ...root, body: read("root.xml").replace(/<link rel="search"[^>]*>/, link) };
    const { context, sent } = arrange([calibre, { to: /\/search\/a%2Fb\?library_id=calibre$/, status: 404, body: "" }]);
    const page = await opds.search?.(context, { text: "a/b", page: null, limit: 20, adult: false });
    expect(page).toEqual({ items: [], dropped: 0, nextPage: null, total: 0 });
    expect(sent).toHaveLength(2);
  });

  it("does not lose what a page holds beyond the limit, and goes on without asking the root again", async () => {
    const { context, sent } = arrange();
    const first = await search({ context }, { limit: 2 });
    expect(first?.nextPage).toMatch(/^2 https:\/\/books\.example\.org\/opds\/series\?search=berserk/);
    sent.length = 0;
    const second = await search({ context }, { limit: 20, page: first?.nextPage ?? null });
    expect(second?.items.map(({ externalId }) => externalId)).toEqual([NOVEL]);
    expect(second?.nextPage).toMatch(/^0 .*page=2$/);
    expect(sent).toHaveLength(1);
  });

  it("reads the full entry where there is one", async () => {
    expect(await opds.details?.(arrange().context, NOVEL)).toMatchObject({
      externalId: NOVEL,
      year: 1901,
      authors: ["Somebody & Co"],
      description: "The whole text.",
    });
  });

  it("asks at the address that other entries suggest", async () => {
    const third = read("entry.xml").replaceAll(NOVEL, "urn:uuid:third");
    const addressed = read("search.xml").replace("/opds/entry/3", `/opds/entry/${NOVEL.slice("urn:uuid:".length)}`);
    const { context, sent } = arrange([
      root,
      gone,
      { ...found, body: addressed },
      { ...entry, to: /entry\/third$/, body: third },
    ]);
    expect(await opds.details?.(context, "urn:uuid:third")).toMatchObject({ externalId: "urn:uuid:third", year: 1901 });
    expect(sent.at(-1)?.url).toBe("https://books.example.org/opds/entry/third");
  });

  it("says that it does not know an entry that no section shows, after a bounded number of feeds", async () => {
    const endless = { ...found, body: read("search.xml").replace("page=2", "page=3") };
    const { context, sent } = arrange([root, gone, endless]);
    const failure = opds.details?.(context, "urn:uuid:nobody");
    await expect(failure).rejects.toMatchObject({ failure: { class: "client" } });
    expect(sent.length).toBeLessThanOrEqual(12);
  });

  it("sends its credentials to the catalogue's own origin only", async () => {
    const secret = { ...config, username: "reader", password: "pässword" };
    const elsewhere = read("root.xml").replace('href="/opds/search"', 'href="https://evil.example/opds/search"');
    const { context, sent } = arrange([{ ...root, body: elsewhere }, description, found], secret);
    await search({ context });
    const expected = `Basic ${Buffer.from("reader:pässword").toString("base64")}`;
    expect(sent.map(({ url, headers }) => [new URL(url).host, headers["Authorization"]])).toEqual([
      ["books.example.org", expected],
      ["evil.example", undefined],
      ["evil.example", undefined],
    ]);
  });

  it.each([
    ["an HTML page with 200", { contentType: "text/html", body: read("sign-in.html") }, "contract", /HTML page/],
    [
      "HTML that calls itself XML",
      { contentType: "application/xml", body: read("sign-in.html") },
      "contract",
      /HTML page/,
    ],
    ["a feed that is cut off", { contentType: ATOM, body: read("root.xml").slice(0, 900) }, "contract", /no XML/],
    ["XML of another kind", { contentType: ATOM, body: "<rss><channel/></rss>" }, "contract", /no feed/],
    ["JSON", { contentType: "application/json", body: "{}" }, "contract", /no feed/],
    ["JSON that is cut off", { contentType: "application/opds+json", body: '{"metadata":' }, "contract", /cut off/],
    [
      "an authentication document",
      { contentType: "application/opds-authentication+json", body: '{"id":"a","title":"A","authentication":[]}' },
      "auth",
      /credentials/,
    ],
    ["nothing", { contentType: ATOM, body: "" }, "contract", /no XML/],
    [
      "entities of its own",
      { contentType: ATOM, body: '<!DOCTYPE feed [<!ENTITY a "aaaa">]><feed><title>&a;</title></feed>' },
      "contract",
      /entities/,
    ],
  ])("refuses %s in place of the root feed", async (_, answer, failureClass, message) => {
    const { context } = arrange([{ ...root, ...answer }]);
    await expect(opds.check(context)).rejects.toMatchObject({
      failure: { class: failureClass, message: expect.stringMatching(message) },
    });
  });

  it("calls a feed without a search wrongly configured", async () => {
    const { context } = arrange([{ ...root, body: read("empty.xml") }]);
    await expect(search({ context })).rejects.toMatchObject({ failure: { class: "config" } });
  });
});

function arrange(
  given: readonly FakeAnswer[] = answers,
  settings: { baseUrl: string } & Record<string, string> = config,
) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(settings.baseUrl, given, signal);
  return { context: { http, signal, config: settings }, sent };
}

function search(
  { context }: Pick<ReturnType<typeof arrange>, "context">,
  given: { limit?: number; page?: string | null } = {},
) {
  return opds.search?.(context, { text: "berserk", page: null, limit: 20, adult: false, ...given });
}
