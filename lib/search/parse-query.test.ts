import { describe, expect, it } from "vitest";
import { parseQuery } from "./parse-query";

describe("parseQuery", () => {
  it.each([
    ["mal:11", "mal", "11"],
    [" AL: 30002 ", "al", "30002"],
    ["mu:m9j8pqm", "mu", "48465726286"],
    [
      "https://mangadex.org/title/801513BA-a712-498c-8f57-cae55b38cc92/berserk",
      "md",
      "801513ba-a712-498c-8f57-cae55b38cc92",
    ],
    ["https://anilist.co/manga/30002/Berserk/", "al", "30002"],
    ["https://myanimelist.net/manga/2/Berserk", "mal", "2"],
    ["https://www.mangaupdates.com/series/njeqwry/berserk", "mu", "51239621230"],
    ["https://openlibrary.org/works/OL59800W/The_Left_Hand", "ol", "OL59800W"],
    ["https://kitsu.app/manga/8", "kt", "8"],
    ["tmdb:movie/603", "tmdb", "movie/603"],
    ["https://www.themoviedb.org/tv/1396-breaking-bad", "tmdb", "tv/1396"],
  ])("reads %s as an id", (query, namespace, id) => {
    expect(parseQuery(query)).toEqual({ kind: "id", namespace, id });
  });

  it.each([
    "berserk",
    "Re:Zero",
    "al: a story",
    "mal:eleven",
    "tmdb:603",
    "https://kitsu.app/manga/berserk",
    "https://example.org/manga/1",
    "http://",
    "",
  ])("takes %j as words", (query) => {
    expect(parseQuery(query)).toEqual({ kind: "text" });
  });
});
