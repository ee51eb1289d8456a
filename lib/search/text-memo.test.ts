import { expect, it } from "vitest";
import { memoByText } from "./text-memo";

it("works a result out once while it is asked for, and holds only the last ones", () => {
  const made: string[] = [];
  const lengthOf = memoByText((text) => {
    made.push(text);
    return text.length;
  }, 2);
  for (const text of ["a", "bb", "a", "ccc", "a", "dddd", "a", "bb"]) expect(lengthOf(text)).toBe(text.length);
  expect(made).toEqual(["a", "bb", "ccc", "dddd", "bb"]);
});
