import { describe, expect, it } from "vitest";
import { buildUrl } from "./build-url";

const BASE = new URL("https://kitsu.app/api/edge");
const OPDS = new URL("https://host.example/opds?key=1");

describe("buildUrl", () => {
  it("appends the path to the base URL", () => {
    expect(buildUrl(BASE, { path: "/manga" }).href).toBe("https://kitsu.app/api/edge/manga");
    expect(buildUrl(BASE, { path: "manga" }).href).toBe("https://kitsu.app/api/edge/manga");
  });

  it("takes an empty path for the base URL itself, with its query", () => {
    expect(buildUrl(OPDS, { path: "" }).href).toBe("https://host.example/opds?key=1");
    expect(buildUrl(OPDS, { path: "/new" }).href).toBe("https://host.example/opds/new");
  });

  it("takes an absolute URL as it is", () => {
    expect(buildUrl(BASE, { path: "https://media.kitsu.app/a.jpg#x" }).href).toBe("https://media.kitsu.app/a.jpg");
  });

  it("percent-encodes brackets, repeats the name of an array and leaves out what is empty", () => {
    const query = {
      "filter[text]": "a&b c",
      "includes[]": ["x", "y"],
      none: null,
      missing: undefined,
      empty: [],
      zero: 0,
    };
    expect(buildUrl(BASE, { path: "/manga", query }).search).toBe(
      "?filter%5Btext%5D=a%26b%20c&includes%5B%5D=x&includes%5B%5D=y&zero=0",
    );
  });

  it("adds to a query that the path has", () => {
    expect(buildUrl(BASE, { path: "/manga?a=1", query: { b: true } }).search).toBe("?a=1&b=true");
  });
});
