import { describe, expect, it } from "vitest";
import { merge } from "./merge";
import { rank, relevanceOf, titleMatch } from "./rank";
import { anItem } from "./testing/items";

const options = { query: "berserk", titleLanguage: "english" } as const;

describe("rank", () => {
  it("puts the exact title before a better place of another", () => {
    const clusters = merge([
      anItem({ provider: "kitsu", titles: ["Bersekker"], rank: 1 }),
      anItem({ provider: "kitsu", titles: ["Berserk"], rank: 3 }),
    ]);
    expect(rank(clusters, options).map((card) => card.title)).toEqual(["Berserk", "Bersekker"]);
  });

  it("prefers one first place to two twentieth places, but not to two tenth ones", () => {
    const at = (name: string, places: number[]) => ({
      id: name,
      items: places.map((place, index) => anItem({ provider: `p${index}`, id: name, titles: [name], rank: place })),
      mergedBecause: [],
      maybeSame: [],
    });
    const order = rank([at("last twice", [20, 20]), at("tenth twice", [10, 10]), at("first once", [1])], {
      ...options,
      query: "zzz",
    });
    expect(order.map((card) => card.id)).toEqual(["tenth twice", "first once", "last twice"]);
  });

  it("weighs a provider by its priority", () => {
    const clusters = merge([
      anItem({ provider: "a", titles: ["X1"], rank: 1 }),
      anItem({ provider: "b", titles: ["X2"], rank: 1 }),
    ]);
    const first = (weights: Record<string, number>) => rank(clusters, { ...options, weights })[0]?.title;
    expect(first({ a: 0.5, b: 1.5 })).toBe("X2");
    expect(first({ a: 1.5, b: 0.5 })).toBe("X1");
  });

  it("lifts and marks a favorite, whichever of its ids it hangs on", () => {
    const item = anItem({ provider: "kitsu", titles: ["B"], rank: 2 });
    const clusters = merge([anItem({ provider: "kitsu", titles: ["A"], rank: 1 }), item]);
    const [first] = rank(clusters, { ...options, favoriteIds: new Set([item.sourceId]) });
    expect(first).toMatchObject({ title: "B", isFavorite: true });
  });
});

describe("titleMatch", () => {
  const titles = [
    { text: "Berserk of Gluttony", lang: null, kind: "main" as const },
    { text: "暴食のベルセルク", lang: "ja", kind: "native" as const },
  ];

  it.each([
    ["berserk of GLUTTONY", 1],
    ["berserk", 0.6],
    ["gluttony berserk", 0.4],
    ["ベルセルク", 0.4],
    ["vinland", 0],
    ["", 0],
  ])("of %j is %d", (query, expected) => {
    expect(titleMatch(query, titles)).toBe(expected);
  });

  it("averages over a page and is null for an empty one", () => {
    expect(relevanceOf("berserk", [{ titles }, { titles: [] }])).toBe(0.3);
    expect(relevanceOf("berserk", [])).toBeNull();
  });
});
