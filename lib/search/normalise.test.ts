import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { authorKey, digitsOf, titleKey, titleWords, toSearchText } from "./normalise";

describe("titleKey", () => {
  it.each([
    ["HUNTER×HUNTER", "Hunter x Hunter"],
    ["[Oshi No Ko]", "Oshi no Ko"],
    ["Pokémon", "pokemon"],
    ["JoJo’s Bizarre Adventure", "JoJo's bizarre adventure"],
    ["ﾄﾞﾗｺﾞﾝ", "ドラゴン"],
    ["Citrus+", "citrus plus"],
    ["Spice & Wolf", "Spice and Wolf"],
    ["Ranma ½", "Ranma 1/2"],
  ])("folds %s and %s to one key", (a, b) => {
    expect(titleKey(a)).toBe(titleKey(b));
  });

  it.each([
    ["カ", "ガ"],
    ["Citrus", "Citrus+"],
    ["Tokyo Ghoul", "Tokyo Ghoul:re"],
    ["हिन्दी", "हन्द"],
  ])("keeps %s and %s apart", (a, b) => {
    expect(titleKey(a)).not.toBe(titleKey(b));
  });

  it("never empties a text that says something", () => {
    expect(titleKey("…")).not.toBe("");
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => titleKey(text) !== "" || text.trim() === ""));
  });

  it("gives the key of a key unchanged", () => {
    fc.assert(fc.property(fc.string(), (text) => titleKey(titleKey(text)) === titleKey(text)));
  });
});

describe("authorKey", () => {
  it.each([
    ["Endou Tatsuya", "Tatsuya Endo"],
    ["Ohba Tsugumi", "Tsugumi Ooba"],
    ["Saitō Chiho", "SAITOU, Chiho"],
    ["Obata Takeshi (Art)", "Takeshi Obata"],
  ])("folds %s and %s to one key", (a, b) => {
    expect(authorKey(a)).toBe(authorKey(b));
  });
});

it("reads the digits of a title in order", () => {
  expect(digitsOf(titleKey("Mob Psycho 100 vol. 2"))).toBe("1002");
});

it("splits into folded words", () => {
  expect(titleWords("Spice & Wolf: It’s")).toEqual(["spice", "and", "wolf", "its"]);
});

it("makes a line that holds words and keys", () => {
  expect(toSearchText(["Spy × Family", "Spy × Family"])).toBe("spy x family | spyxfamily");
});
