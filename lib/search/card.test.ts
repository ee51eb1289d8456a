import { expect, it } from "vitest";
import { toCard } from "./card";
import { matchesFilters, NO_FILTERS } from "./filters";
import { merge } from "./merge";
import { anItem } from "./testing/items";

const items = [
  {
    ...anItem({
      provider: "mangadex",
      titles: ["Shingeki no Kyojin"],
      native: "進撃の巨人",
      ids: { mal: "1" },
      year: 2009,
    }),
    description: "short",
    authors: ["Isayama Hajime"],
    tags: ["Action"],
    languages: ["en-GB"],
    contentRating: "suggestive" as const,
  },
  {
    ...anItem({ provider: "kitsu", titles: ["Shingeki"], english: "Attack on Titan", ids: { mal: "1", kt: "9" } }),
    description: "a longer description",
    authors: ["Hajime Isayama"],
    tags: ["action", "Drama"],
    contentRating: "erotica" as const,
    coverUrl: "https://media.example/1.jpg",
  },
];
const [cluster] = merge(items);

it("unites lists and takes single values from the strongest source that has one", () => {
  if (!cluster) throw new Error("no cluster");
  expect(toCard(cluster, { titleLanguage: "english" })).toMatchObject({
    title: "Attack on Titan",
    year: 2009,
    authors: ["Isayama Hajime"],
    tags: ["Action", "Drama"],
    description: "a longer description",
    contentRating: "erotica",
    ids: { mal: "1", kt: "9" },
    coverImage: `/api/v1/titles/${encodeURIComponent(cluster.id)}/cover?w=320`,
    sources: [{ providerId: "mangadex" }, { providerId: "kitsu" }],
  });
});

it("shows the title in the language wanted", () => {
  if (!cluster) throw new Error("no cluster");
  expect(toCard(cluster, { titleLanguage: "native" }).title).toBe("進撃の巨人");
  expect(toCard(cluster, { titleLanguage: "romanised" }).title).toBe("Shingeki no Kyojin");
});

it("hides adult works until they are turned on, even where a filter names them", () => {
  if (!cluster) throw new Error("no cluster");
  const card = toCard(cluster, { titleLanguage: "english" });
  const erotica = { ...NO_FILTERS, ratings: ["erotica" as const] };
  expect(matchesFilters(card, erotica, { showAdult: false })).toBe(false);
  expect(matchesFilters(card, erotica, { showAdult: true })).toBe(true);
  expect(matchesFilters(card, { ...NO_FILTERS, languages: ["en"] }, { showAdult: true })).toBe(true);
  expect(matchesFilters(card, { ...NO_FILTERS, year: 2010 }, { showAdult: true })).toBe(false);
});
