import { describe, expect, it } from "vitest";
import { describeAdapterContract } from "@/lib/providers/testing/contract";
import { createFakeHttp } from "@/lib/providers/testing/fake-http";
import details from "./fixtures/details.json";
import empty from "./fixtures/empty.json";
import found from "./fixtures/search.json";
import { mangadex } from "./index";

const BERSERK = "801513ba-a712-498c-8f57-cae55b38cc92";
const PROTOTYPE = "6b1eb93e-473a-4ab3-9922-1a66d2a29a4a";
const config = { baseUrl: "https://api.mangadex.org" };
const ping = { to: /GET .*\/ping$/, contentType: "text/plain", body: "pong" };
const answers = [ping, { to: /GET .*\/manga\?/, body: found }, { to: /GET .*\/manga\/801513ba/, body: details }];

describeAdapterContract(mangadex, {
  config,
  answers,
  search: {
    text: "berserk & co",
    externalIds: [BERSERK, "32d76d19-8a05-4db0-9fc2-e0b0648fe9d0", PROTOTYPE],
    dropped: 2,
    nextPage: "20",
    requests: [
      {
        method: "GET",
        url:
          "https://api.mangadex.org/manga?title=berserk%20%26%20co&limit=20&offset=0" +
          "&includes%5B%5D=cover_art&includes%5B%5D=author&includes%5B%5D=artist&order%5Brelevance%5D=desc" +
          "&contentRating%5B%5D=safe&contentRating%5B%5D=suggestive&contentRating%5B%5D=erotica",
        json: undefined,
      },
    ],
  },
  details: { externalId: BERSERK },
  minimal: [{ to: /./, body: { data: [{ id: "1", attributes: { title: { ja: "題" } } }] } }],
  empty: [ping, { to: /\/manga/, body: empty }],
});

describe("mangadex", () => {
  it("maps a whole work", async () => {
    expect((await search({})).items[0]).toEqual({
      externalId: BERSERK,
      titles: [
        { text: "Berserk", lang: "en", kind: "main" },
        { text: "ベルセルク", lang: "ja", kind: "native" },
        { text: "Beruseruku", lang: "ja-Latn", kind: "romanised" },
        { text: "烙印勇士", lang: "zh-Hans", kind: "synonym" },
        { text: "烙印戰士", lang: "zh-Hant", kind: "synonym" },
      ],
      type: "manga",
      year: 1989,
      status: "ongoing",
      authors: ["Miura Kentarou", "Studio Gaga"],
      description: "Guts, known as the Black Swordsman, seeks sanctuary from demonic forces & vengeance.",
      coverUrl: `https://uploads.mangadex.org/covers/${BERSERK}/26e5b7d5-1f4b-4a3b-9c8a-9fd5a7c2b1f0.jpg.512.jpg`,
      contentRating: "erotica",
      tags: ["Action", "Fantasy"],
      languages: ["en", "pt-BR", "es-419", "zh-Hant"],
      ids: { mal: "2", al: "30002", kt: "8", mu: "51239621230", md: BERSERK },
      url: `https://mangadex.org/title/${BERSERK}`,
    });
  });

  it("lives with arrays for objects, nulls and unknown words", async () => {
    expect((await search({})).items[1]).toMatchObject({
      titles: [
        { text: "Na Honjaman Level-Up", lang: "ko-Latn", kind: "main" },
        { text: "나 혼자만 레벨업", lang: "ko", kind: "native" },
        { text: "Solo Leveling", lang: "en", kind: "english" },
      ],
      type: "manhwa",
      status: "finished",
      year: null,
      authors: [],
      description: null,
      coverUrl: null,
      contentRating: "unknown",
      languages: [],
    });
  });

  it("leaves out slugs, old numbers and zeros where ids should be", async () => {
    const { items } = await search({});
    expect(items[2]).toMatchObject({ externalId: PROTOTYPE, type: "one_shot", status: "paused", year: 1988 });
    expect(items[2]?.ids).toEqual({ md: PROTOTYPE });
  });

  it("asks for pornographic works only when they are wanted, and for the page it is told", async () => {
    const { context, sent } = arrange();
    await mangadex.search?.(context, { text: "x", page: "40", limit: 500, adult: true });
    const { searchParams } = new URL(sent[0]?.url ?? "");
    expect(searchParams.getAll("contentRating[]")).toContain("pornographic");
    expect(searchParams.get("offset")).toBe("40");
    expect(searchParams.get("limit")).toBe("100");
  });

  it("does not ask beyond the upstream's window", async () => {
    const { context, sent } = arrange();
    await mangadex.search?.(context, { text: "x", page: "9990", limit: 20, adult: false });
    expect(new URL(sent[0]?.url ?? "").searchParams.get("limit")).toBe("10");
    expect(await mangadex.search?.(context, { text: "x", page: "10000", limit: 20, adult: false })).toEqual({
      items: [],
      dropped: 0,
      nextPage: null,
      total: null,
    });
    expect(sent).toHaveLength(1);
  });

  it("takes covers from a mirror's own origin", async () => {
    const mirror = { baseUrl: "http://127.0.0.1:4010/api" };
    const { http } = createFakeHttp(mirror.baseUrl, answers, new AbortController().signal);
    const record = await mangadex.details?.({ http, signal: new AbortController().signal, config: mirror }, BERSERK);
    expect(record?.coverUrl).toMatch(/^http:\/\/127\.0\.0\.1:4010\/covers\/801513ba/);
  });

  it("does not take any text for the answer to a ping", async () => {
    const { context } = arrange([{ ...ping, body: "<html>maintenance</html>" }]);
    await expect(mangadex.check(context)).rejects.toMatchObject({ failure: { class: "contract" } });
  });
});

function arrange(given = answers) {
  const { signal } = new AbortController();
  const { http, sent } = createFakeHttp(config.baseUrl, given, signal);
  return { context: { http, signal, config }, sent };
}

async function search(given: { adult?: boolean }) {
  const page = await mangadex.search?.(arrange().context, {
    text: "berserk",
    page: null,
    limit: 20,
    adult: false,
    ...given,
  });
  if (!page) throw new Error("It has no search");
  return page;
}
