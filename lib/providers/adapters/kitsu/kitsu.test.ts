import { describe, expect, it } from "vitest";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import details from "./fixtures/details.json";
import empty from "./fixtures/empty.json";
import found from "./fixtures/search.json";
import { kitsu } from "./index";

const config = { baseUrl: "https://kitsu.app/api/edge" };
const answers = [
  { to: /GET .*\/manga\?/, body: found },
  { to: /GET .*\/manga\/8\?/, body: details },
];
const slim = [{ to: /GET .*\/manga\?/, body: { data: found.data } }];

describeAdapterContract(kitsu, {
  config,
  // The details first: a mangled address of a list must not be answered with one work.
  answers: [...answers].reverse(),
  search: {
    text: "berserk",
    externalIds: ["8", "54114"],
    dropped: 2,
    nextPage: "20",
    requests: [
      {
        method: "GET",
        url:
          "https://kitsu.app/api/edge/manga?filter%5Btext%5D=berserk&page%5Blimit%5D=20&page%5Boffset%5D=0" +
          "&include=categories%2Cgenres%2Cmappings%2Cstaff.person",
        json: undefined,
      },
    ],
  },
  details: { externalId: "8" },
  minimal: [{ to: /./, body: { data: [{ id: "1", attributes: { canonicalTitle: "A" } }] } }],
  empty: [{ to: /\/manga/, body: empty }],
});

describe("kitsu", () => {
  it("maps a whole work, with what was included", async () => {
    expect((await search()).items[0]).toEqual({
      externalId: "8",
      titles: [
        { text: "Berserk", lang: "en", kind: "main" },
        { text: "ベルセルク", lang: "ja", kind: "native" },
        { text: "Berserk: The Prototype", lang: null, kind: "synonym" },
      ],
      type: "manga",
      year: 1989,
      status: "ongoing",
      authors: ["Kentarou Miura"],
      description:
        'Guts, a former mercenary now known as the "Black Swordsman," is out for revenge.\n\n[Written by MAL Rewrite]',
      coverUrl: "https://media.kitsu.app/manga/poster_images/8/large.jpg",
      contentRating: "suggestive",
      tags: ["Action", "Fantasy"],
      languages: [],
      ids: { mal: "2", al: "30002", kt: "8" },
      url: "https://kitsu.app/manga/berserk",
    });
  });

  it("lives with nulls, and takes no id of an anime for one of a manga", async () => {
    expect((await search()).items[1]).toMatchObject({
      titles: [
        { text: "Solo Leveling", lang: null, kind: "main" },
        { text: "Na Honjaman Level-Up", lang: "ko-Latn", kind: "romanised" },
        { text: "나 혼자만 레벨업", lang: "ko", kind: "native" },
      ],
      type: "manhwa",
      status: "upcoming",
      description: null,
      coverUrl: null,
      contentRating: "unknown",
      ids: { al: "105398", kt: "54114" },
      url: "https://kitsu.app/manga/54114",
    });
  });

  it("leaves works for adults out unless they are wanted, without counting them as unreadable", async () => {
    expect((await search()).items.map(({ externalId }) => externalId)).not.toContain("777");
    const all = await search({ adult: true });
    expect(all.items.at(-1)).toMatchObject({ externalId: "777", contentRating: "pornographic", type: "doujinshi" });
    expect(all.dropped).toBe(2);
  });

  it("asks for JSON:API and for no more than twenty", async () => {
    const { context, sent } = arrange();
    await kitsu.search?.(context, { text: "x", page: "20", limit: 100, adult: false });
    expect(sent[0]?.headers).toMatchObject({ Accept: "application/vnd.api+json" });
    expect(new URL(sent[0]?.url ?? "").searchParams.get("page[limit]")).toBe("20");
    expect(new URL(sent[0]?.url ?? "").searchParams.get("page[offset]")).toBe("20");
  });

  it("reads answers without included resources and counts", async () => {
    const { context } = arrange(slim);
    const page = await kitsu.search?.(context, { text: "x", page: null, limit: 5, adult: true });
    expect(page).toMatchObject({ total: null, nextPage: "5", dropped: 2 });
    expect(page?.items[0]).toMatchObject({ externalId: "8", authors: [], tags: [], ids: { kt: "8" } });
  });
});

function arrange(given: readonly FakeAnswer[] = answers) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(config.baseUrl, given, signal);
  return { context: { http, signal, config }, sent };
}

async function search(given: { adult?: boolean } = {}) {
  const page = await kitsu.search?.(arrange().context, {
    text: "berserk",
    page: null,
    limit: 20,
    adult: false,
    ...given,
  });
  if (!page) throw new Error("It has no search");
  return page;
}
