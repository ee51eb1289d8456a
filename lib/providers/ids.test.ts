import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMangaUpdatesId, toCrossIds, toMangaUpdatesSlug } from "./ids";

describe("toCrossIds", () => {
  it("makes texts of numbers, without leading zeros", () => {
    expect(toCrossIds({ mal: 2, al: "0030002", kt: " 8 " })).toEqual({ mal: "2", al: "30002", kt: "8" });
  });

  it("drops zeros, empty ones, slugs and values of other types", () => {
    const raw = { mal: 0, al: "", kt: "berserk", mu: null, md: "berserk", ol: "OL1M", tmdb: 550, imdb: "123" };
    expect(toCrossIds(raw)).toEqual({});
  });

  it("takes ids of every namespace in their one spelling", () => {
    expect(
      toCrossIds({
        mu: "m9j8pqm",
        md: "801513BA-A712-498C-8F57-CAE55B38CC92",
        ol: "/works/OL45804W",
        tmdb: "movie/0550",
        imdb: "tt0137523",
      }),
    ).toEqual({
      mu: "48465726286",
      md: "801513ba-a712-498c-8f57-cae55b38cc92",
      ol: "OL45804W",
      tmdb: "movie/550",
      imdb: "tt0137523",
    });
  });
});

describe("MangaUpdates ids", () => {
  it("are numbers in the API and base 36 in addresses", () => {
    expect(parseMangaUpdatesId("m9j8pqm")).toBe("48465726286");
    expect(toMangaUpdatesSlug("48465726286")).toBe("m9j8pqm");
    expect(parseMangaUpdatesId("48465726286")).toBe("48465726286");
  });

  it("of the old kind mean nothing any more", () => {
    expect(parseMangaUpdatesId("88")).toBeNull();
    expect(parseMangaUpdatesId("200591")).toBeNull();
    expect(parseMangaUpdatesId("200592")).toBe("200592");
    expect(parseMangaUpdatesId("series.html?id=88")).toBeNull();
  });

  it("come back from their slug unchanged", () => {
    fc.assert(
      fc.property(fc.integer({ min: 200_592, max: 78_364_164_095 }), (id) => {
        const slug = toMangaUpdatesSlug(String(id));
        // A slug of digits alone cannot be told from a number.
        fc.pre(/[a-z]/.test(slug));
        expect(parseMangaUpdatesId(slug)).toBe(String(id));
      }),
    );
  });
});
