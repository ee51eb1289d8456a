import { describe, expect, it } from "vitest";
import { searchQuerySchema, searchStreamQuerySchema } from "./search";

const bad = (query: Record<string, unknown>) =>
  searchQuerySchema.safeParse({ q: "x", ...query }).error?.issues.map(({ path }) => path[0]) ?? [];

describe("the query of a search", () => {
  it("takes lists with commas and repeated", () => {
    expect(
      searchQuerySchema.parse({ q: " berserk ", providers: "kitsu, anilist", type: ["manga", "novel,manga"] }),
    ).toMatchObject({
      q: "berserk",
      providers: ["kitsu", "anilist"],
      type: ["manga", "novel"],
      page: 1,
    });
  });

  it.each([
    ["q", { q: "  " }],
    ["q", { q: "x".repeat(501) }],
    ["type", { type: "manga,nonsense" }],
    ["year", { year: "soon" }],
    ["page", { page: "0" }],
    ["wait", { wait: "-1" }],
    ["fresh", { fresh: "perhaps" }],
    ["language", { language: "english!" }],
  ])("names %s when it is wrong", (name, query) => {
    expect(bad(query)).toEqual([name]);
  });

  it("knows retry in the stream alone", () => {
    expect(searchStreamQuerySchema.parse({ q: "x", retry: "1" }).retry).toBe(true);
    expect(searchQuerySchema.strict().safeParse({ q: "x", retry: "1" }).success).toBe(false);
  });
});
