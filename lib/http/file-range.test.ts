import { expect, it } from "vitest";
import { parseFileRange } from "./file-range";

it.each([
  ["bytes=0-499", "bytes=0-499"],
  ["bytes=500-", "bytes=500-"],
  ["bytes=-500", "bytes=-500"],
  ["Bytes = 0-0", "bytes=0-0"],
  ["bytes=5-2", null],
  ["bytes=-", null],
  ["bytes=0-1,4-5", null],
  ["lines=0-1", null],
  ["", null],
])("reads %j as %j", (given, range) => {
  expect(parseFileRange(new Headers({ range: given }))?.range ?? null).toBe(range);
});

it("keeps the condition that goes with a range", () => {
  expect(parseFileRange(new Headers({ range: "bytes=1-", "if-range": '"a"' }))?.ifRange).toBe('"a"');
  expect(parseFileRange(new Headers({ "if-range": '"a"' }))).toBeNull();
});
