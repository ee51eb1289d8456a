import { describe, expect, it } from "vitest";
import { fitText } from "./fit-text";

describe("fitText", () => {
  it("leaves what fits, and keeps both ends of what does not", () => {
    expect(fitText("kitsu.app", 200)).toBe("kitsu.app");
    expect(fitText("api.mangaupdates.com", 80)).toBe("api.m….com");
  });

  it("never cuts a letter of two code units in half", () => {
    expect(fitText("𠮷𠮷𠮷𠮷𠮷𠮷", 30)).toBe("𠮷…𠮷");
  });
});
