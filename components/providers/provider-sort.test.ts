import { describe, expect, it } from "vitest";
import { nextSort, parseProviderSort, SORT_COLUMNS, sortProviders, toSortText } from "./provider-sort";
import { buildProviderRow } from "./testing/build-provider-row";

const ROWS = [
  buildProviderRow({ id: "kitsu", name: "Kitsu", state: "ACTIVE", avgMs: 300, priority: 50, cacheHits: 3 }),
  buildProviderRow({ id: "anilist", name: "AniList", state: "DOWN", avgMs: null, priority: 70, cacheHits: 0 }),
  buildProviderRow({ id: "mangadex", name: "mangadex", state: "DEGRADED", avgMs: 100, priority: 80, cacheHits: 9 }),
  buildProviderRow({ id: "jikan", name: "Jikan", state: "DISABLED", avgMs: null, priority: 50, cacheHits: 0 }),
];

const order = (text: string) => sortProviders(ROWS, parseProviderSort(text)).join(" ");

describe("the order of providers", () => {
  it.each([
    { text: "", ids: "mangadex anilist kitsu jikan", what: "by priority" },
    { text: "name", ids: "anilist jikan kitsu mangadex", what: "by name, whatever its case" },
    { text: "state", ids: "anilist mangadex kitsu jikan", what: "the worst first" },
    { text: "avg", ids: "mangadex kitsu anilist jikan", what: "the fastest first, unknown last" },
    { text: "-avg", ids: "kitsu mangadex anilist jikan", what: "the slowest first, unknown last all the same" },
    { text: "-cached", ids: "mangadex kitsu anilist jikan", what: "equal ones by priority" },
  ])("$text: $what", ({ text, ids }) => {
    expect(order(text)).toBe(ids);
  });

  it("keeps every provider, whatever it is sorted by", () => {
    for (const column of SORT_COLUMNS) {
      expect([...sortProviders(ROWS, { column, direction: "up" })].sort()).toEqual(ROWS.map(({ id }) => id).sort());
    }
  });
});

describe("the address", () => {
  it("says the order both ways", () => {
    for (const text of ["p95", "-p95", "trend"]) {
      const sort = parseProviderSort(text);
      expect(sort && toSortText(sort)).toBe(text);
    }
  });

  it("is nothing when it makes no sense", () => {
    for (const given of [undefined, "", "-", "color", "--p95", ["p95", "avg"]]) {
      expect(parseProviderSort(given)).toBeNull();
    }
  });

  it("begins with the worst or the most, and turns around with the next click", () => {
    expect(nextSort(null, "p95")).toEqual({ column: "p95", direction: "down" });
    expect(nextSort(null, "success")).toEqual({ column: "success", direction: "up" });
    expect(nextSort({ column: "p95", direction: "down" }, "p95")).toEqual({ column: "p95", direction: "up" });
    expect(nextSort({ column: "p95", direction: "up" }, "avg")).toEqual({ column: "avg", direction: "down" });
  });
});
