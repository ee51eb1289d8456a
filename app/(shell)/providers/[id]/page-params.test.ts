import { describe, expect, it } from "vitest";
import { parsePageParams, toPageHref } from "./page-params";

describe("the address of a provider's page", () => {
  it("falls back on the defaults for what it cannot say", () => {
    const defaults = { range: "24h", page: 1, tried: null };
    for (const raw of [{}, { range: "2y", page: "0" }, { range: ["1h", "7d"], page: "1.5" }, { page: "x" }]) {
      expect(parsePageParams(raw)).toEqual(defaults);
    }
  });

  it("says again what it was asked", () => {
    const params = { range: "7d", page: 3, tried: { circuit_window: "40", circuit_min_requests: "" } } as const;
    const url = new URL(toPageHref("opds-tower", params, "thresholds"), "https://yagura.example");
    expect(url.pathname).toBe("/providers/opds-tower");
    expect(url.hash).toBe("#thresholds");
    expect(parsePageParams(Object.fromEntries(url.searchParams))).toEqual(params);
  });

  it("is short where all is as usual", () => {
    expect(toPageHref("kitsu", { range: "24h", page: 1, tried: null })).toBe("/providers/kitsu");
  });
});
