import { describe, expect, it } from "vitest";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp, type FakeAnswer } from "@/lib/providers/testing/fake-http";
import details from "./fixtures/details.json";
import empty from "./fixtures/empty.json";
import found from "./fixtures/search.json";
import { mangaupdates } from "./index";

const config = { baseUrl: "https://api.mangaupdates.com/v1" };
const BERSERK = "51239621230";
const time = {
  to: /GET .*\/misc\/time$/,
  body: { timestamp: 1795305600, as_rfc3339: "2026-11-22T00:00:00+00:00", as_string: "November 22nd 2026" },
};
const answers: readonly FakeAnswer[] = [
  time,
  { to: /POST .*\/series\/search$/, body: found },
  { to: /GET .*\/series\/51239621230$/, body: details },
];

describeAdapterContract(mangaupdates, {
  config,
  answers,
  search: {
    text: "berserk",
    externalIds: [BERSERK, "9284", "15180124327"],
    dropped: 2,
    nextPage: "2",
    requests: [
      {
        method: "POST",
        url: "https://api.mangaupdates.com/v1/series/search",
        json: { search: "berserk", stype: "title", page: 1, perpage: 25, exclude_genre: ["Adult", "Hentai"] },
      },
    ],
  },
  details: { externalId: BERSERK },
  minimal: [{ to: /./, body: { results: [{ record: { series_id: 1, title: "A" } }] } }],
  empty: [time, { to: /series\/search/, body: empty }],
});

describe("mangaupdates", () => {
  it("maps a hit, which has neither authors nor status", async () => {
    expect((await search()).items[0]).toEqual({
      externalId: BERSERK,
      titles: [
        { text: "Berserk", lang: null, kind: "main" },
        { text: "Beruseruku", lang: null, kind: "synonym" },
      ],
      type: "manga",
      year: 1989,
      status: "unknown",
      authors: [],
      description: "Guts, the Black Swordsman.\n\nFrom \"Dark Horse\": more 'n' été",
      coverUrl: "https://cdn.mangaupdates.com/image/i501230.png",
      contentRating: "suggestive",
      tags: ["Action", "Mature", "Seinen"],
      languages: [],
      ids: { mu: BERSERK },
      url: "https://www.mangaupdates.com/series/njeqwry/berserk",
    });
  });

  it("lives with nulls, year ranges and entities in titles", async () => {
    const { items } = await search();
    expect(items[1]).toMatchObject({
      titles: [
        { text: "Berserk & the Flame Dragon Knight (Novel)", kind: "main" },
        { text: "Berserk & the Flame Dragon Knight", kind: "synonym" },
        { text: "Berserk: Honoo Ryuu no Kishi", kind: "synonym" },
      ],
      type: "novel",
      year: 2017,
      description: null,
      coverUrl: null,
      contentRating: "unknown",
      ids: {},
      url: null,
    });
    expect(items[2]).toMatchObject({
      type: "comic",
      year: null,
      contentRating: "erotica",
      url: "https://www.mangaupdates.com/series/6z1uqw7",
    });
  });

  it("takes authors, status and alternative titles from the details", async () => {
    expect(await mangaupdates.details?.(arrange().context, BERSERK)).toMatchObject({
      titles: [{ text: "Berserk" }, { text: "Beruseruku" }, { text: "ベルセルク" }, { text: "Берсерк" }],
      status: "ongoing",
      authors: ["MIURA Kentaro", "Studio Gaga"],
    });
  });

  it.each([
    ["14 Volumes (Complete)", false, "finished"],
    ["20 Volumes (Ongoing)\n5 Bunko Volumes (Complete)", true, "ongoing"],
    ["S1: 50 Chapters (Complete)\nS2: 30 Chapters (Ongoing)", false, "ongoing"],
    ["**S1:** 50 Chapters (Complete)\n**S2:** 30 Chapters (Hiatus)", false, "paused"],
    ["3 Volumes (Discontinued)", false, "cancelled"],
    ["1 Volume (Canceled)", false, "cancelled"],
    ["Oneshot", true, "finished"],
    ["Oneshot", false, "unknown"],
    [null, null, "unknown"],
  ])("reads the status %j (all translated: %j) as %s", async (status, completed, expected) => {
    const { context } = arrange([{ to: /series/, body: { ...details, status, completed } }]);
    expect(await mangaupdates.details?.(context, BERSERK)).toMatchObject({ status: expected });
  });

  it("does not lose what a page holds beyond the limit", async () => {
    const { context, sent } = arrange();
    const ask = (page: string | null) => mangaupdates.search?.(context, { text: "x", page, limit: 2, adult: true });
    const first = await ask(null);
    const second = await ask(first?.nextPage ?? null);
    const third = await ask(second?.nextPage ?? null);
    expect([first?.nextPage, second?.nextPage, third?.nextPage]).toEqual(["1.2", "1.4", "2"]);
    expect([first, second, third].flatMap((page) => page?.items.map(({ externalId }) => externalId))).toEqual([
      BERSERK,
      "9284",
      "15180124327",
    ]);
    expect(sent[0]?.json).toEqual({ search: "x", stype: "title", page: 1, perpage: 25 });
  });

  it("checks by a search where the clock is for signed-in users", async () => {
    const locked = { ...time, status: 401, body: { status: "exception", reason: "Unauthorized" } };
    const { context, sent } = arrange([locked, ...answers]);
    await mangaupdates.check(context);
    expect(sent.map(({ method }) => method)).toEqual(["GET", "POST"]);
  });
});

function arrange(given: readonly FakeAnswer[] = answers) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(config.baseUrl, given, signal);
  return { context: { http, signal, config }, sent };
}

async function search() {
  const page = await mangaupdates.search?.(arrange().context, { text: "berserk", page: null, limit: 20, adult: false });
  if (!page) throw new Error("It has no search");
  return page;
}
