import { describe, expect, it } from "vitest";
import { z } from "zod";
import { pageQuery, toLinkHeader } from "./paged";

const url = new URL("http://yagura.example/api/v1/favorites?tag=a+b&page=2");

describe("a page of a list", () => {
  it("links to its neighbours and keeps the other parameters", () => {
    expect(toLinkHeader(url, { total: 45, page: 2, limit: 20 })).toBe(
      [
        '</api/v1/favorites?tag=a+b&page=1&limit=20>; rel="first"',
        '</api/v1/favorites?tag=a+b&page=1&limit=20>; rel="prev"',
        '</api/v1/favorites?tag=a+b&page=3&limit=20>; rel="next"',
        '</api/v1/favorites?tag=a+b&page=3&limit=20>; rel="last"',
      ].join(", "),
    );
  });

  it("has no next at the end, and leads back to the last one from beyond it", () => {
    expect(toLinkHeader(url, { total: 40, page: 2, limit: 20 })).not.toContain('rel="next"');
    expect(toLinkHeader(url, { total: 40, page: 9, limit: 20 })).toContain('page=2&limit=20>; rel="prev"');
    expect(toLinkHeader(url, { total: 0, page: 1, limit: 20 })).not.toMatch(/rel="(next|prev)"/);
  });

  it("cuts a limit that is too large and refuses one that is none", () => {
    const schema = z.object(pageQuery);
    expect(schema.parse({})).toEqual({ page: 1, limit: 20 });
    expect(schema.parse({ limit: "5000" })).toEqual({ page: 1, limit: 200 });
    for (const bad of [{ limit: "0" }, { page: "0" }, { page: "x" }, { limit: "1.5" }]) {
      expect(schema.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
    }
  });
});
