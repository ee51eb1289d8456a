import type { SearchKind } from "@/lib/search/search-kind";

interface KindWords {
  tab: string;
  /** Above the box before the first query. */
  heading: string;
  /** One hit. */
  noun: string;
  /** All hits, as the list is called. */
  list: string;
  /** What the box takes. */
  box: string;
  placeholder: string;
  examples: readonly { text: string; says: string }[];
}

/** What each kind of search is called, and what its box understands. */
export const KIND_WORDS = {
  works: {
    tab: "Manga & books",
    heading: "Search every shelf at once",
    noun: "work",
    list: "Works",
    box: "Title, author, or an id like mal:11",
    placeholder: "Title, author, or mal:11",
    examples: [
      { text: "berserk", says: "a title, in any spelling or script" },
      { text: "mal:11", says: "the number at MyAnimeList; also al: kt: mu: md: ol:" },
      { text: "https://mangadex.org/title/…", says: "the address of a page at a provider" },
    ],
  },
  films: {
    tab: "Films & series",
    heading: "Search films and series",
    noun: "title",
    list: "Films and series",
    box: "Film or series, or an id like tmdb:movie/603",
    placeholder: "Film, series, or tmdb:movie/603",
    examples: [
      { text: "the matrix", says: "a title, also the original one" },
      { text: "tmdb:tv/1396", says: "the number at TMDb, after movie/ or tv/" },
      { text: "https://www.themoviedb.org/movie/…", says: "the address of a page there" },
    ],
  },
  subtitles: {
    tab: "Subtitles",
    heading: "Search subtitles",
    noun: "subtitle",
    list: "Subtitles",
    box: "Film, series or episode",
    placeholder: "Film, series or episode",
    examples: [
      { text: "the matrix", says: "a film" },
      { text: "breaking bad s01e02", says: "an episode of a series" },
    ],
  },
  models: {
    tab: "Models",
    heading: "Search language models",
    noun: "model",
    list: "Models",
    box: "Name or maker of a model",
    placeholder: "Name or maker of a model",
    examples: [
      { text: "mini", says: "a part of a name" },
      { text: "deepseek", says: "who made it" },
    ],
  },
} as const satisfies Record<SearchKind, KindWords>;
