import { describe, expect, it } from "vitest";
import { findCoverMark, findNativeTitle, toFactLine, toLang } from "./work-words";

const TITLES = [
  { text: "Berserk", lang: "en", kind: "english" },
  { text: "ベルセルク", lang: "ja", kind: "native" },
  { text: "Beruseruku", lang: null, kind: "synonym" },
] as const;

describe("toFactLine", () => {
  it("leaves out what nobody knows", () => {
    expect(toFactLine({ type: "unknown", year: null, status: "unknown", authors: [] })).toBe("");
    expect(toFactLine({ type: "manga", year: 1989, status: "unknown", authors: ["Miura"] })).toBe(
      "1989 · Manga · Miura",
    );
  });

  it("puts the language first where it is what one looks for", () => {
    const facts = { year: 1999, status: "unknown", authors: ["uploader"], languages: ["pt-BR"] } as const;
    expect(toFactLine({ type: "subtitle", ...facts })).toBe("Brazilian Portuguese · 1999 · Subtitles · uploader");
    expect(toFactLine({ type: "manga", ...facts })).toBe("1999 · Manga · uploader");
  });

  it("counts the authors that it has no room for", () => {
    expect(toFactLine({ type: "book", year: null, status: "finished", authors: ["A", "B", "C", "D"] })).toBe(
      "Book · A, B +2 · finished",
    );
  });
});

it("marks the covers of what never has a picture", () => {
  expect(findCoverMark({ type: "subtitle", languages: ["en"] })).toBe("en");
  expect(findCoverMark({ type: "subtitle" })).toBe("CC");
  expect(findCoverMark({ type: "model" })).toBe("AI");
  expect(findCoverMark({ type: "movie", languages: ["en"] })).toBeNull();
});

describe("titles", () => {
  it("carry the language that their provider gave, or none", () => {
    expect(toLang("ベルセルク", TITLES)).toBe("ja");
    expect(toLang("Beruseruku", TITLES)).toBeUndefined();
    expect(toLang("Something else", TITLES)).toBeUndefined();
  });

  it("show the native one only beside another", () => {
    expect(findNativeTitle("Berserk", TITLES)?.text).toBe("ベルセルク");
    expect(findNativeTitle("ベルセルク", TITLES)).toBeNull();
  });
});
