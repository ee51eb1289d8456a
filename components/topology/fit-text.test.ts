import { describe, expect, it } from "vitest";
import { fitText } from "./fit-text";

describe("fitText", () => {
  it("leaves what fits, and keeps both ends of what does not", () => {
    expect(fitText("kitsu.app", { widthPx: 200, charPx: 7.6 })).toBe("kitsu.app");
    expect(fitText("api.mangaupdates.com", { widthPx: 80, charPx: 7.6 })).toBe("api.m….com");
  });

  it("never cuts a letter of two code units in half", () => {
    expect(fitText("𠮷𠮷𠮷𠮷𠮷𠮷", { widthPx: 30, charPx: 7.6 })).toBe("𠮷…𠮷");
  });
});
