import { describe, expect, it } from "vitest";
import { PEER_HEADER } from "./client-address";
import { isSameOrigin } from "./same-origin";

const rules = { trustedProxies: ["10.0.0.0/8"], publicUrl: undefined };
const headers = (values: Record<string, string>) => new Headers({ host: "tower.example:3000", ...values });

describe("the origin of an unsafe request", () => {
  it("is ours when it names the host that was asked, by http or https", () => {
    expect(isSameOrigin(headers({ origin: "http://tower.example:3000" }), rules)).toBe(true);
    expect(isSameOrigin(headers({ origin: "https://TOWER.example:3000" }), rules)).toBe(true);
  });

  it.each([
    ["another host", { origin: "https://evil.example" }],
    ["another port", { origin: "http://tower.example:4000" }],
    ["a sandbox", { origin: "null" }],
    ["no address", { origin: "tower.example:3000" }],
    ["a browser that says cross-site", { "sec-fetch-site": "cross-site" }],
    ["a neighbour of the same site", { origin: "http://tower.example:3000", "sec-fetch-site": "same-site" }],
  ])("is foreign when it comes from %s", (_name, values) => {
    expect(isSameOrigin(headers(values), rules)).toBe(false);
  });

  it("is no browser's when nothing names it", () => {
    expect(isSameOrigin(headers({}), rules)).toBe(true);
  });

  it("may be the host that a trusted proxy names, and no other's", () => {
    const values = { origin: "https://yagura.example", "x-forwarded-host": "yagura.example" };
    expect(isSameOrigin(headers({ ...values, [PEER_HEADER]: "10.1.2.3" }), rules)).toBe(true);
    expect(isSameOrigin(headers({ ...values, [PEER_HEADER]: "203.0.113.9" }), rules)).toBe(false);
    expect(isSameOrigin(headers(values), rules)).toBe(false);
  });

  it("may be the public address", () => {
    const publicUrl = "https://yagura.example/";
    expect(isSameOrigin(headers({ origin: "https://yagura.example" }), { ...rules, publicUrl })).toBe(true);
  });
});
