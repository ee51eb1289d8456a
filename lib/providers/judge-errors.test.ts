import { expect, it } from "vitest";
import { judgeErrors } from "./judge-errors";

it.each<[string, number, unknown, string | null]>([
  ["MangaDex's", 200, { result: "error", errors: [{ id: "x", status: 500, title: "Oops", detail: null }] }, "http_5xx"],
  ["JSON:API's, with a text for a status", 200, { errors: [{ title: "Oops", status: "429" }] }, "throttled"],
  ["GraphQL's, without a status", 200, { data: null, errors: [{ message: "Cannot query field" }] }, "contract"],
  ["a refusal", 200, { errors: [{ status: 403 }] }, "auth"],
  ["no such work", 200, { data: { Media: null }, errors: [{ status: 404 }] }, "client"],
  ["an odd status", 200, { errors: [{ status: {} }] }, "contract"],
  ["errors beside data", 200, { data: { Page: {} }, errors: [{ status: 500 }] }, null],
  ["errors beside a list", 200, { data: [], errors: [{ status: 500 }] }, null],
  ["an empty list of errors", 200, { errors: [] }, null],
  ["a status that speaks for itself", 500, { errors: [{ status: 404 }] }, null],
  ["no JSON", 200, undefined, null],
])("judges an error body with 200 by what it says: %s", (_, status, json, expected) => {
  expect(judgeErrors({ status, json, operation: "search" })?.class ?? null).toBe(expected);
});

it("takes 404 for a question's fault, but for wrong settings when the question was our own", () => {
  const evidence = { status: 200, json: { errors: [{ status: 404 }] } };
  expect(judgeErrors({ ...evidence, operation: "details" })?.class).toBe("client");
  expect(judgeErrors({ ...evidence, operation: "check" })?.class).toBe("config");
});

it("passes the upstream's words on, cut short and on one line", () => {
  const message = `one\n${"two ".repeat(200)}`;
  expect(judgeErrors({ status: 200, json: { errors: [{ message }] }, operation: "search" })?.message).toMatch(
    /^It says: one two.{0,200}$/,
  );
});
