import { describe, expect, it } from "vitest";
import { PEER_HEADER, toClientAddress } from "./client-address";

const from = (peer: string | null, forwarded?: string) => {
  const headers = new Headers();
  if (peer !== null) headers.set(PEER_HEADER, peer);
  if (forwarded !== undefined) headers.set("x-forwarded-for", forwarded);
  return headers;
};

describe("the client's address", () => {
  it("is the peer's, whatever an untrusted client says in X-Forwarded-For", () => {
    expect(toClientAddress(from("203.0.113.9", "198.51.100.1"), [])).toBe("203.0.113.9");
    expect(toClientAddress(from("203.0.113.9", "198.51.100.1"), ["10.0.0.0/8"])).toBe("203.0.113.9");
  });

  it("is the last one that a trusted proxy did not write itself", () => {
    const trusted = ["10.0.0.0/8", "192.168.1.1"];
    expect(toClientAddress(from("10.0.0.2", "198.51.100.1"), trusted)).toBe("198.51.100.1");
    expect(toClientAddress(from("10.0.0.2", "1.1.1.1, 198.51.100.1, 192.168.1.1"), trusted)).toBe("198.51.100.1");
  });

  it("is the proxy's when it forwards nothing that is an address", () => {
    expect(toClientAddress(from("10.0.0.2"), ["10.0.0.0/8"])).toBe("10.0.0.2");
    expect(toClientAddress(from("10.0.0.2", "unknown"), ["10.0.0.0/8"])).toBe("10.0.0.2");
  });

  it("has one spelling, also over an IPv6 socket", () => {
    expect(toClientAddress(from("::ffff:10.0.0.2", "198.51.100.1"), ["10.0.0.0/8"])).toBe("198.51.100.1");
    expect(toClientAddress(from("2001:DB8:0:0::1"), [])).toBe("2001:db8::1");
    expect(toClientAddress(from("2001:db8::1", "198.51.100.1"), ["10.0.0.0/8", "2001:db8::/32"])).toBe("198.51.100.1");
  });

  it("is unknown without a peer", () => {
    expect(toClientAddress(from(null, "198.51.100.1"), ["0.0.0.0/0"])).toBe("unknown");
  });
});
