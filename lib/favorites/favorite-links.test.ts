import { describe, expect, it } from "vitest";
import type { ProviderState } from "@/lib/health/health-view";
import { toFavoriteLinks } from "./favorite-links";

const IDS = { mal: "2", al: "30002", kt: "8" };
const providersOf = (states: Record<string, ProviderState>) =>
  new Map(Object.entries(states).map(([id, state]) => [id, { name: id.toUpperCase(), state }]));

describe("links of a favorite", () => {
  it("keeps the pages of its own providers, also of one that is no longer set up", () => {
    const sources = [
      { providerId: "kitsu", url: "https://kitsu.app/manga/berserk" },
      { providerId: "gone", url: "https://gone.example/8" },
      { providerId: "kitsu", url: null },
    ];
    const { own } = toFavoriteLinks({ sources, ids: {} }, providersOf({ kitsu: "DOWN" }));
    expect(own).toEqual([
      { name: "KITSU", url: "https://kitsu.app/manga/berserk" },
      { name: "gone", url: "https://gone.example/8" },
    ]);
  });

  it("suggests another provider that is well before a site that is no provider here", () => {
    const work = { sources: [{ providerId: "kitsu", url: null }], ids: IDS };
    expect(toFavoriteLinks(work, providersOf({ kitsu: "DOWN", anilist: "ACTIVE" })).elsewhere?.name).toBe("AniList");
    expect(toFavoriteLinks(work, providersOf({ kitsu: "DOWN", anilist: "DOWN" })).elsewhere?.name).toBe("MyAnimeList");
  });

  it("suggests the site of a provider that is switched off here only after those that can be asked", () => {
    const work = { sources: [{ providerId: "kitsu", url: null }], ids: IDS };
    expect(toFavoriteLinks(work, providersOf({ jikan: "DISABLED", anilist: "ACTIVE" })).elsewhere?.name).toBe(
      "AniList",
    );
    expect(toFavoriteLinks(work, providersOf({ jikan: "DISABLED", anilist: "DOWN" })).elsewhere?.name).toBe(
      "MyAnimeList",
    );
  });

  it("suggests nothing where nothing else is known", () => {
    const work = { sources: [{ providerId: "kitsu", url: null }], ids: { kt: "8" } };
    expect(toFavoriteLinks(work, providersOf({ kitsu: "DOWN" }))).toEqual({ own: [], elsewhere: null });
  });
});
