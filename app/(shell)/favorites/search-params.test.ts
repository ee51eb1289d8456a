import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FAVORITE_HEALTH } from "@/lib/favorites/health-filter";
import { FAVORITE_SORTS } from "@/lib/favorites/list-query";
import { READING_STATUSES } from "@/lib/favorites/reading-status";
import {
  countFilters,
  FAVORITE_VIEWS,
  parseFavoritesParams,
  parseFavoritesQuery,
  toFavoritesHref,
  toFavoritesQuery,
} from "./search-params";

const word = fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.trim() || "x");
const params = fc.record({
  sort: fc.constantFrom(...FAVORITE_SORTS),
  q: fc.oneof(fc.constant(""), word),
  tag: fc.uniqueArray(word, { maxLength: 3 }),
  rating: fc.constantFrom(undefined, "none", "4.5", "3..", "..2", "1..5", "0"),
  reading_status: fc.constantFrom(undefined, "none" as const, ...READING_STATUSES),
  provider: fc.uniqueArray(word, { maxLength: 2 }),
  health: fc.constantFrom(undefined, ...FAVORITE_HEALTH),
  is_favorite: fc.boolean(),
  view: fc.constantFrom(...FAVORITE_VIEWS),
  page: fc.integer({ min: 1, max: 500 }),
});

describe("the address of the favorites page", () => {
  it("says everything and is read back the same", () => {
    fc.assert(
      fc.property(params, (given) => {
        const read = parseFavoritesQuery(toFavoritesQuery(given));
        expect(read).toMatchObject(JSON.parse(JSON.stringify(given)));
      }),
    );
  });

  it("is short when nothing is chosen", () => {
    expect(toFavoritesHref(parseFavoritesParams({}))).toBe("/favorites");
  });

  it("leaves out what makes no sense instead of failing", () => {
    const nonsense = {
      sort: "size",
      rating: "9",
      page: "-2",
      view: "3d",
      health: "fine",
      is_favorite: "maybe",
      q: ["a", "b"],
    };
    expect(parseFavoritesParams(nonsense)).toEqual(parseFavoritesParams({}));
  });

  it("takes empty fields of a sent form for nothing", () => {
    expect(parseFavoritesParams({ q: "", rating: "", tag: "", provider: "", health: "", reading_status: "" })).toEqual(
      parseFavoritesParams({}),
    );
  });

  it("goes to the first page when anything else changes", () => {
    const third = parseFavoritesParams({ q: "moon", page: "3" });
    expect(toFavoritesHref(third, { sort: "title" })).toBe("/favorites?q=moon&sort=title");
    expect(toFavoritesHref(third, { page: 4 })).toBe("/favorites?q=moon&page=4");
    expect(countFilters(parseFavoritesParams({ tag: ["a", "b"], rating: "4..", q: "x" }))).toBe(2);
  });
});
