import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WORK_STATUSES } from "@/lib/providers/work";
import { SEARCH_KINDS, typesOf } from "@/lib/search/search-kind";
import { countFilters, parseSearchParams, toApiQuery, toSearchHref } from "./search-params";

describe("parseSearchParams", () => {
  it("leaves out what makes no sense", () => {
    const params = parseSearchParams({ q: " berserk ", year: "soon", type: "castle", language: "<b>", page: "-3" });
    expect(params).toMatchObject({ q: "berserk", year: null, types: [], languages: [], page: 1, plain: false });
  });

  it("reads lists as a form sends them and as we write them", () => {
    expect(parseSearchParams({ type: ["novel", "manga"] }).types).toEqual(["manga", "novel"]);
    expect(parseSearchParams({ providers: "kitsu,anilist,kitsu" }).providers).toEqual(["kitsu", "anilist"]);
  });

  it("reads back every address that it writes", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SEARCH_KINDS).chain((kind) =>
          fc.record({
            q: fc.string({ maxLength: 60 }),
            kind: fc.constant(kind),
            types: fc.subarray(typesOf(kind)),
            statuses: fc.subarray([...WORK_STATUSES]),
            year: fc.option(fc.integer({ min: 1000, max: 2999 })),
            page: fc.integer({ min: 1, max: 100 }),
            plain: fc.boolean(),
          }),
        ),
        (some) => {
          const params = { ...parseSearchParams({}), ...some, q: some.q.trim() };
          const address = new URL(toSearchHref(params), "http://localhost");
          expect(parseSearchParams(Object.fromEntries(address.searchParams))).toEqual(params);
        },
      ),
    );
  });

  it("takes the tab from its name, else from the types, and leaves out types of other tabs", () => {
    expect(parseSearchParams({ q: "x" })).toMatchObject({ kind: "works", types: [] });
    expect(parseSearchParams({ kind: "films", type: "movie,manga" })).toMatchObject({
      kind: "films",
      types: ["movie"],
    });
    expect(parseSearchParams({ type: "model" })).toMatchObject({ kind: "models", types: ["model"] });
    expect(parseSearchParams({ kind: "castles" })).toMatchObject({ kind: "works" });
  });

  it("asks the API for the tab's types, and in the first tab for no type at all", () => {
    const asked = (raw: Record<string, string>) => toApiQuery(parseSearchParams({ q: "x", ...raw }));
    expect(asked({})).toBe("q=x");
    expect(asked({ kind: "films" })).toBe("q=x&type=movie%2Ctv");
    expect(asked({ kind: "films", type: "tv" })).toBe("q=x&type=tv");
    expect(asked({ kind: "subtitles" })).toBe("q=x&type=subtitle");
    expect(asked({ kind: "models" })).toBe("q=x&type=model");
  });

  it("counts each kind of filter once", () => {
    expect(countFilters(parseSearchParams({ q: "x" }))).toBe(0);
    expect(countFilters(parseSearchParams({ type: "manga,novel", year: "1989" }))).toBe(2);
  });
});
