import { expect, it } from "vitest";
import { createResolver } from "./json-api";

const person = { type: "people", id: "31", attributes: { name: "Kentarou Miura" } };
const resolve = createResolver([null, "x", { type: "people" }, person, { type: "genres", id: 1, attributes: null }]);
const NAMED = [{ attributes: { name: "Kentarou Miura" }, relationships: undefined }];

it("finds one reference, lists of them, and none where there are none", () => {
  expect(resolve({ person: { data: { type: "people", id: "31" } } }, "person")).toEqual(NAMED);
  expect(
    resolve({ staff: { data: [{ type: "people", id: 31 }, { type: "people", id: "99" }, null] } }, "staff"),
  ).toEqual(NAMED);
  expect(resolve({ genres: { data: [{ type: "genres", id: "1" }] } }, "genres")).toMatchObject([{ attributes: {} }]);
  for (const odd of [
    undefined,
    null,
    "x",
    [],
    { person: null },
    { person: { links: {} } },
    { person: { data: null } },
  ]) {
    expect(resolve(odd, "person")).toEqual([]);
  }
});

it("has nothing where nothing is included", () => {
  expect(createResolver(undefined)({ person: { data: { type: "people", id: "31" } } }, "person")).toEqual([]);
});
