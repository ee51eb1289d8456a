import fc from "fast-check";
import { expect, it } from "vitest";
import { tidyLine, tidyText } from "./tidy-text";

const text = fc.string({
  unit: fc.constantFrom("a", "é", "塔", " ", "\n", "\t", "\r", "\u00a0", "\u3000", "\ufeff", "\u0085"),
});

it("makes one line with single blanks of any text", () => {
  fc.assert(
    fc.property(text, (raw) => {
      expect(tidyLine(raw)).toBe(raw.replace(/\s+/g, " ").trim());
    }),
    { numRuns: 1000 },
  );
});

it("leaves at most one empty line and no blanks around line breaks", () => {
  fc.assert(
    fc.property(text, (raw) => {
      const slowly = raw
        .replace(/\r\n?/g, "\n")
        .replace(/[^\S\n]+/g, " ")
        .replace(/ ?\n ?/g, "\n")
        .replace(/\n{3,}/g, "\n\n")
        .trim();
      expect(tidyText(raw)).toBe(slowly);
    }),
    { numRuns: 1000 },
  );
});
