import { describe, expect, it } from "vitest";
import { ID_NAMESPACES } from "@/lib/providers/work";
import { parseQuery } from "@/lib/search/parse-query";
import { toCrossLinks } from "./cross-links";

const IDS = {
  mal: "2",
  al: "30002",
  kt: "8",
  mu: "48465726286",
  md: "801513ba-a712-498c-8f57-cae55b38cc92",
  ol: "OL1017798W",
  tmdb: "tv/1396",
  imdb: "tt0318871",
};

describe("links to other catalogues", () => {
  it("has one for every namespace, and none for an id that is not known", () => {
    expect(toCrossLinks(IDS).map(({ namespace }) => namespace)).toEqual([...ID_NAMESPACES]);
    expect(toCrossLinks({})).toEqual([]);
  });

  it("leads to addresses that the search box takes back as the same ids", () => {
    const { tmdb: _tmdb, imdb: _imdb, ...searchable } = IDS;
    for (const { namespace, id, url } of toCrossLinks(searchable)) {
      expect(parseQuery(url)).toEqual({ kind: "id", namespace, id });
    }
  });
});
