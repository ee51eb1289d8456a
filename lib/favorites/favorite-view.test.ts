import { describe, expect, it } from "vitest";
import type { Favorite } from "@/lib/db/favorites";
import type { ProviderState } from "@/lib/health/health-view";
import { toFavoriteView } from "./favorite-view";

const NOW = Date.UTC(2026, 10, 22, 13, 0);
const HOUR_MS = 3_600_000;

const FAVORITE: Favorite = {
  id: "f1",
  userId: "u1",
  titleId: "t1",
  isFavorite: true,
  customTitle: null,
  ratingHalves: null,
  notes: null,
  readingStatus: null,
  progress: null,
  tags: [],
  createdAt: new Date(NOW),
  updatedAt: new Date(NOW),
  title: {
    id: "t1",
    title: "Berserk",
    titles: [{ text: "Berserk", lang: "en", kind: "main" }],
    description: null,
    hasCover: false,
    type: "manga",
    year: 1989,
    authors: [],
    ids: { kt: "8", al: "30002" },
    sources: [
      { providerId: "kitsu", externalId: "8", url: "https://kitsu.app/manga/berserk" },
      { providerId: "gone", externalId: "1", url: null },
    ],
  },
};

function viewOf(kitsu: { state: ProviderState; unwellHours: number | null }) {
  const unwellSince = kitsu.unwellHours === null ? null : NOW - kitsu.unwellHours * HOUR_MS;
  return toFavoriteView(FAVORITE, {
    viewer: { titleLanguage: "english" },
    providers: new Map([
      ["kitsu", { name: "Kitsu", state: kitsu.state, unwellSince }],
      ["anilist", { name: "AniList", state: "ACTIVE", unwellSince: null }],
    ]),
    now: NOW,
  });
}

describe("a favorite needs attention", () => {
  it("when none of its providers was well for a day, and names another one's page of it", () => {
    const view = viewOf({ state: "DOWN", unwellHours: 25 });
    expect(view).toMatchObject({ isStored: true, needsAttention: true });
    expect(view.links).toEqual({
      own: [{ name: "Kitsu", url: "https://kitsu.app/manga/berserk" }],
      elsewhere: { name: "AniList", url: "https://anilist.co/manga/30002" },
    });
  });

  it("not when one has only just failed; then the stored copy shows", () => {
    expect(viewOf({ state: "DOWN", unwellHours: 1 })).toMatchObject({ isStored: true, needsAttention: false });
  });

  it("not while one is well, whatever became of the others", () => {
    expect(viewOf({ state: "ACTIVE", unwellHours: null })).toMatchObject({ isStored: false, needsAttention: false });
  });

  it("still while a lost provider is being tested", () => {
    expect(viewOf({ state: "TESTING", unwellHours: 30 }).needsAttention).toBe(true);
  });
});
