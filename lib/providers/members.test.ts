import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toId, toList, toMembers, toText, toTexts } from "./members";

describe("reading members", () => {
  it.each<[unknown, string | null]>([
    [" 7 ", "7"],
    [7, "7"],
    ["", null],
    ["  ", null],
    [0, null],
    [-1, null],
    [1.5, null],
    [{}, null],
  ])("takes the id %j for %j", (raw, id) => {
    expect(toId(raw)).toBe(id);
  });

  it("leaves out what is no text", () => {
    expect(toTexts({ en: "One", ja: null, fr: 2 })).toEqual([["en", "One"]]);
    expect(toTexts(["One"])).toEqual([]);
  });

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(typeof toMembers(value)).toBe("object");
        expect(Array.isArray(toList(value))).toBe(true);
        expect(toText(value) ?? "").toBeTypeOf("string");
        expect(toTexts(value).every(([, text]) => typeof text === "string")).toBe(true);
      }),
    );
  });
});
