import { expect, it } from "vitest";
import { toTitles } from "./titles";

it("makes the first usable title the main one, which learns its language from a repeat", () => {
  expect(
    toTitles([
      { text: null, lang: "en", kind: "english" },
      { text: " Berserk " },
      { text: "Berserk", lang: "en", kind: "english" },
      { text: "ベルセルク", lang: "ja", kind: "native" },
      { text: "ベルセルク" },
    ]),
  ).toEqual([
    { text: "Berserk", lang: "en", kind: "main" },
    { text: "ベルセルク", lang: "ja", kind: "native" },
  ]);
});

it("has an end", () => {
  expect(toTitles(Array.from({ length: 500 }, (_, index) => ({ text: `Title ${index}` }))).length).toBe(60);
});
