import { describe, expect, it } from "vitest";
import type { SearchProvider } from "@/lib/search/events";
import { toEmptiness, toSummary } from "./search-summary";

function aProvider(name: string, changes: Partial<SearchProvider> = {}): SearchProvider {
  return {
    id: name.toLowerCase(),
    name,
    state: "ok",
    ms: 100,
    count: 0,
    hasMore: false,
    cached: false,
    ageMs: null,
    error: null,
    reason: null,
    retryAt: null,
    weight: 1,
    ...changes,
  };
}

type Seen = Parameters<typeof toSummary>[0];

function aState(providers: SearchProvider[], changes: Partial<Seen> = {}): Seen {
  const asked = providers.filter((provider) => provider.state !== "skipped");
  return {
    providers,
    cards: [],
    itemsByProvider: {},
    total: asked.length,
    deadlinePassed: false,
    ended: true,
    tookMs: 1200,
    ...changes,
  };
}

const TIMEOUT = { class: "timeout", message: "No answer within 10 s" } as const;

describe("toSummary", () => {
  it("names those still waited for only after the soft deadline", () => {
    const providers = [aProvider("AniList"), aProvider("Kitsu", { state: "waiting" })];
    const before = aState(providers, { ended: false });
    expect(toSummary(before)).toBe("1 of 2 answered, 0 works so far.");
    expect(toSummary({ ...before, deadlinePassed: true })).toBe(
      "1 of 2 answered, 0 works so far. Still waiting for Kitsu.",
    );
  });

  it("names who gave no answer at the end", () => {
    const providers = [aProvider("AniList"), aProvider("Kitsu", { state: "timeout", error: TIMEOUT })];
    expect(toSummary(aState(providers)).replaceAll("\u202f", " ")).toBe(
      "1 of 2 answered, 0 works in 1 s. No answer from Kitsu.",
    );
  });
});

describe("toEmptiness", () => {
  it("says nothing while an answer may still come", () => {
    expect(toEmptiness(aState([aProvider("Kitsu", { state: "waiting" })], { ended: false }))).toBeNull();
  });

  it("says that there is none only when every asked provider answered with none", () => {
    const off = aProvider("Jikan", { state: "skipped", reason: "Switched off" });
    expect(toEmptiness(aState([aProvider("AniList"), off]))).toMatchObject({ kind: "none", asked: 1, unasked: [off] });
  });

  it("is unsure when a provider failed", () => {
    const failed = aProvider("Kitsu", { state: "error", error: TIMEOUT });
    expect(toEmptiness(aState([aProvider("AniList"), failed]))).toEqual({ kind: "unsure", none: 1, failed: [failed] });
  });

  it("tells that nobody was asked from that nobody had anything", () => {
    const resting = aProvider("Kitsu", { state: "skipped", reason: "Resting" });
    const limited = aProvider("AniList", { state: "rate_limited" });
    expect(toEmptiness(aState([resting, limited]))?.kind).toBe("nobody");
  });

  it("blames the filters for what the filters hide", () => {
    const hits = aState([aProvider("AniList", { count: 2 })], { itemsByProvider: { anilist: [] } });
    expect(toEmptiness(hits)?.kind).toBe("none");
  });
});
