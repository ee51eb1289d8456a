import { describe, expect, it } from "vitest";
import type { AnswerEvidence } from "@/lib/providers/provider";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import empty from "./fixtures/empty.json";
import found from "./fixtures/search.json";
import work from "./fixtures/work.json";
import { openlibrary } from "./index";

const config = { baseUrl: "https://openlibrary.org" };
const PRIDE = "OL66554W";
const FIELDS = "key%2Ctitle%2Calternative_title%2Cauthor_name%2Cfirst_publish_year%2Clanguage%2Csubject%2Ccover_i";
const answers: readonly FakeAnswer[] = [
  { to: /GET .*\/search\.json\?/, body: found },
  { to: /GET .*\/works\/OL66554W\.json$/, body: work },
];

describeAdapterContract(openlibrary, {
  config,
  answers,
  search: {
    text: "pride & prejudice",
    externalIds: [PRIDE, "OL19546285W", "OL27448W"],
    dropped: 3,
    nextPage: "20",
    requests: [
      {
        method: "GET",
        url: `https://openlibrary.org/search.json?q=pride%20%26%20prejudice&fields=${FIELDS}&limit=20&offset=0`,
        json: undefined,
      },
    ],
  },
  details: { externalId: PRIDE },
  minimal: [{ to: /./, body: { docs: [{ key: "/works/OL1W", title: "A" }] } }],
  empty: [{ to: /./, body: empty }],
});

describe("openlibrary", () => {
  it("maps a whole hit, without what only machines call subjects", async () => {
    expect((await search()).items[0]).toEqual({
      externalId: PRIDE,
      titles: [
        { text: "Pride and Prejudice", lang: null, kind: "main" },
        { text: "Orgullo y prejuicio", lang: null, kind: "synonym" },
        { text: "Stolz und Vorurteil", lang: null, kind: "synonym" },
      ],
      type: "book",
      year: 1813,
      status: "unknown",
      authors: ["Jane Austen"],
      description: null,
      coverUrl: "https://covers.openlibrary.org/b/id/14348537-L.jpg?default=false",
      contentRating: "unknown",
      tags: ["Courtship", "Love stories"],
      languages: ["en", "de", "es"],
      ids: { ol: PRIDE },
      url: "https://openlibrary.org/works/OL66554W",
    });
  });

  it("lives with fields that are missing or odd", async () => {
    const { items } = await search();
    expect(items[1]).toMatchObject({
      titles: [{ text: "Berserk & more" }],
      type: "manga",
      year: 1990,
      authors: [],
      coverUrl: null,
      languages: [],
    });
    expect(items[2]).toMatchObject({ authors: ["J.R.R. Tolkien"], languages: ["en"] });
  });

  it("takes the description from the work and the authors' names from the search index", async () => {
    const { context, sent } = arrange();
    expect(await openlibrary.details?.(context, PRIDE)).toMatchObject({
      description: expect.stringMatching(/^Five sisters and one entail\./),
      authors: ["Jane Austen"],
      year: 1813,
    });
    expect(new URL(sent[1]?.url ?? "").searchParams.get("q")).toBe("key:/works/OL66554W");
  });

  it("reads a work that the search index has lost from its own page", async () => {
    const { context } = arrange([{ to: /search/, body: empty }, ...answers]);
    expect(await openlibrary.details?.(context, PRIDE)).toMatchObject({
      externalId: PRIDE,
      titles: [{ text: "Pride and Prejudice" }],
      coverUrl: "https://covers.openlibrary.org/b/id/14348537-L.jpg?default=false",
      tags: ["Courtship", "Love stories"],
    });
  });

  it("follows a work that was joined to another, under the id that was asked for", async () => {
    const joined = { type: { key: "/type/redirect" }, location: `/works/${PRIDE}` };
    const { context } = arrange([{ to: /OL5W\.json/, body: joined }, ...answers]);
    expect(await openlibrary.details?.(context, "OL5W")).toMatchObject({
      externalId: "OL5W",
      titles: [{ text: "Pride and Prejudice" }, {}, {}],
    });
  });

  it("says that a deleted work is gone", async () => {
    const { context } = arrange([{ to: /OL5W\.json/, body: { type: { key: "/type/delete" } } }]);
    await expect(openlibrary.details?.(context, "OL5W")).rejects.toMatchObject({ failure: { class: "client" } });
  });

  it.each([
    [403, undefined, "blocked"],
    [200, { error: "Search engine returned invalid information." }, "contract"],
    [200, { docs: [], error: "partial" }, undefined],
    [200, { numFound: 0, docs: [] }, undefined],
    [500, { error: "x" }, undefined],
  ])("reads a %i with %j as %s", (status, json, expected) => {
    const evidence: AnswerEvidence = { status, headers: {}, text: "", json, operation: "search" };
    expect(openlibrary.judge?.(evidence)?.class).toBe(expected);
  });
});

function arrange(given: readonly FakeAnswer[] = answers) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(config.baseUrl, given, signal);
  return { context: { http, signal, config }, sent };
}

async function search() {
  const input = { text: "pride and prejudice", page: null, limit: 20, adult: false };
  const page = await openlibrary.search?.(arrange().context, input);
  if (!page) throw new Error("It has no search");
  return page;
}
