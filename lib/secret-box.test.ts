import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSecretBox } from "./secret-box";

const KEY = "an instance key of at least thirty-two characters";

describe("createSecretBox", () => {
  it("opens what it sealed, whatever the text", () => {
    const box = createSecretBox(KEY);
    const opensAgain = fc.property(fc.string(), (text) => box.open(box.seal(text)) === text);
    fc.assert(opensAgain, { examples: [[""], ["鍵 🔑 é"], ["x".repeat(10_000)]] });
  });

  it("never gives the same seal twice and never shows the text", () => {
    const box = createSecretBox(KEY);
    expect(box.seal("hunter2")).not.toBe(box.seal("hunter2"));
    expect(box.seal("hunter2")).not.toContain("hunter2");
  });

  it("answers null for another key, an altered seal and a text that is no seal", () => {
    const box = createSecretBox(KEY);
    const sealed = box.seal("hunter2");
    const altered = `${sealed.slice(0, 30)}${sealed[30] === "A" ? "B" : "A"}${sealed.slice(31)}`;
    expect(createSecretBox(`${KEY}!`).open(sealed)).toBeNull();
    expect(box.open(altered)).toBeNull();
    expect(box.open("hunter2")).toBeNull();
    expect(box.open("v1.AAAA")).toBeNull();
    expect(box.open("")).toBeNull();
  });
});
