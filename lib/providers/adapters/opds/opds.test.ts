import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import { opds } from "./index";

const read = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
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
    ["JSON", { contentType: "application/json", body: "{}" }, "contract", /no XML/],
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
