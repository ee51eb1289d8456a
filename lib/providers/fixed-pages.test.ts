import { expect, it } from "vitest";
import { nextFixedPage, toFixedPage } from "./fixed-pages";

it.each([
  [null, { page: 1, skip: 0 }],
  ["3", { page: 3, skip: 0 }],
  ["2.20", { page: 2, skip: 20 }],
  ["0", { page: 1, skip: 0 }],
  ["two", { page: 1, skip: 0 }],
])("reads %j as %j", (nextPage, expected) => {
  expect(toFixedPage(nextPage)).toEqual(expected);
});

it("goes on inside a page, then to the next one, and ends", () => {
  const at = { page: 2, skip: 0 };
  expect(nextFixedPage(at, { limit: 20, received: 25, more: true })).toBe("2.20");
  expect(nextFixedPage({ page: 2, skip: 20 }, { limit: 20, received: 25, more: true })).toBe("3");
  expect(nextFixedPage(at, { limit: 25, received: 25, more: false })).toBeNull();
  expect(nextFixedPage(at, { limit: 25, received: 0, more: true })).toBeNull();
});
