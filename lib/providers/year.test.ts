import { expect, it } from "vitest";
import { parseYear } from "./year";

it.each<[unknown, number | null]>([
  ["2010-2015", 2010],
  ["1989-08-25", 1989],
  [2018, 2018],
  [" 1900 ", 1900],
  ["20185", null],
  ["1799", null],
  ["2100", null],
  ["around 1900", null],
  ["", null],
  [null, null],
  [undefined, null],
  [{ year: 2000 }, null],
])("reads the year of %j as %j", (raw, year) => {
  expect(parseYear(raw)).toBe(year);
});
