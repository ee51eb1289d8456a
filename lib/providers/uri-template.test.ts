import { describe, expect, it } from "vitest";
import { expandUriTemplate, hasVariable } from "./uri-template";

describe("expandUriTemplate", () => {
  it.each([
    ["/search{?query}", "/search?query=a%20%26%20b"],
    ["/search{?title,query,author}", "/search?query=a%20%26%20b"],
    ["/search?lang=en{&query}", "/search?lang=en&query=a%20%26%20b"],
    ["/search{/query}{?page}", "/search/a%20%26%20b"],
    ["/search/{query}", "/search/a%20%26%20b"],
    ["/search{?query*}", "/search?query=a%20%26%20b"],
    ["/search{?author}", "/search"],
    ["/plain", "/plain"],
  ])("expands %s", (template, expanded) => {
    expect(expandUriTemplate(template, { query: "a & b" })).toBe(expanded);
  });
});

it("knows whether a template takes a text", () => {
  expect(hasVariable("/s{?title,query}", ["query"])).toBe(true);
  expect(hasVariable("/s{?author}", ["query"])).toBe(false);
  expect(hasVariable("/s?query=1", ["query"])).toBe(false);
});
