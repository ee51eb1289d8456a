import { describe, expect, it } from "vitest";
import type { Provider, ProviderKind } from "@/lib/providers/provider";
import { fakeAdapter, fakeProvider } from "@/lib/providers/testing/fake-provider";
import type { WorkType } from "@/lib/providers/work";
import { chooseTargets } from "./choose-targets";
import { SEARCH_KINDS, typesOf } from "./search-kind";

const NOBODY = {
  id: "reader",
  showAdult: false,
  titleLanguage: "english",
  hiddenProviders: [],
  defaultProviders: [],
} as const;
const ALL = [
  aProvider("mangadex", "catalogue"),
  aProvider("kitsu", "catalogue"),
  aProvider("tmdb", "metadata"),
  aProvider("opensubtitles", "subtitles"),
  aProvider("openai", "ai"),
];

function aProvider(id: string, kind: ProviderKind, rest: Partial<Provider> = {}): Provider {
  const search = async () => ({ items: [], dropped: 0, nextPage: null, total: 0 });
  return fakeProvider({ id, adapter: fakeAdapter({ id, kind, search }), ...rest });
}

function idsOf(types: readonly WorkType[], viewer: Partial<Parameters<typeof chooseTargets>[1]["viewer"]> = {}) {
  const chosen = chooseTargets(ALL, { providers: null, viewer: { ...NOBODY, ...viewer }, filters: { types } });
  return chosen.map(({ provider }) => provider.id);
}

describe("who is asked when nobody is named", () => {
  it.each<[readonly WorkType[], readonly string[]]>([
    [[], ["mangadex", "kitsu"]],
    [
      ["manga", "book"],
      ["mangadex", "kitsu"],
    ],
    [["movie"], ["tmdb"]],
    [["tv", "movie"], ["tmdb"]],
    [
      ["novel", "movie"],
      ["mangadex", "kitsu", "tmdb"],
    ],
    [["subtitle"], ["opensubtitles"]],
    [["model"], ["openai"]],
  ])("for %j: %j", (types, ids) => {
    expect(idsOf(types)).toEqual(ids);
  });

  it("chooses among the searcher's default set for each kind alone", () => {
    expect(idsOf([], { defaultProviders: ["kitsu"] })).toEqual(["kitsu"]);
    expect(idsOf(["movie"], { defaultProviders: ["kitsu"] })).toEqual(["tmdb"]);
    expect(idsOf(["movie"], { hiddenProviders: ["tmdb"] })).toEqual([]);
  });

  it("says of one that was never set up what it needs, not that somebody switched it off", () => {
    const keyless = aProvider("tmdb", "metadata", { enabled: false, initialized: false, message: "Missing: API key." });
    const chosen = chooseTargets([keyless], { providers: null, viewer: NOBODY, filters: { types: ["tv"] } });
    expect(chosen.map(({ skipped }) => skipped)).toEqual(["Missing: API key."]);
  });
});

it("every type belongs to one kind of search", () => {
  const types = SEARCH_KINDS.flatMap(typesOf);
  expect(new Set(types).size).toBe(types.length);
});
