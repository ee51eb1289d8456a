import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WORK_STATUSES, WORK_TYPES } from "@/lib/providers/work";
import { countFilters, parseSearchParams, toSearchHref } from "./search-params";

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
        fc.record({
          q: fc.string({ maxLength: 60 }),
          types: fc.subarray([...WORK_TYPES]),
          statuses: fc.subarray([...WORK_STATUSES]),
          year: fc.option(fc.integer({ min: 1000, max: 2999 })),
          page: fc.integer({ min: 1, max: 100 }),
          plain: fc.boolean(),
        }),
        (some) => {
          const params = { ...parseSearchParams({}), ...some, q: some.q.trim() };
          const address = new URL(toSearchHref(params), "http://localhost");
          expect(parseSearchParams(Object.fromEntries(address.searchParams))).toEqual(params);
        },
      ),
    );
  });

  it("counts each kind of filter once", () => {
    expect(countFilters(parseSearchParams({ q: "x" }))).toBe(0);
    expect(countFilters(parseSearchParams({ type: "manga,novel", year: "1989" }))).toBe(2);
  });
});
