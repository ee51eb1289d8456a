import { expect, it } from "vitest";
import { nextOffset, toOffset } from "./paging";

it("goes on until the total, and without one as long as pages are full", () => {
  expect(nextOffset({ offset: 0, limit: 20, received: 20, total: 41 })).toBe("20");
  expect(nextOffset({ offset: 40, limit: 20, received: 1, total: 41 })).toBeNull();
  expect(nextOffset({ offset: 0, limit: 20, received: 20, total: null })).toBe("20");
  expect(nextOffset({ offset: 0, limit: 20, received: 19, total: null })).toBeNull();
  expect(nextOffset({ offset: 20, limit: 20, received: 0, total: 41 })).toBeNull();
});

it("begins at the beginning for a page that it did not make", () => {
  expect([null, "40", "", "-1", "x", "1e3"].map(toOffset)).toEqual([0, 40, 0, 0, 0, 0]);
});
