import { describe, expect, it } from "vitest";
import { type Canary, createReachability, parseCanary } from "./connectivity-canaries";

type Dialled = "connected" | "refused" | "silent";

function createSim(options: { canaries?: string[]; dial?: Record<string, Dialled>; names?: Record<string, string[]> }) {
  const { canaries = [], dial = {}, names = {} } = options;
  let now = 0;
  const resolved: string[] = [];
  const reachability = createReachability({
    canaries: canaries.flatMap((text) => parseCanary(text) ?? []),
    clock: () => now,
    resolve: async (name) => {
      resolved.push(name);
      const found = names[name];
      if (!found) throw new Error("ENOTFOUND");
      return found;
    },
    dial: async (host, port) => dial[`${host}:${port}`] ?? "silent",
  });
  function pass(ms: number): void {
    now += ms;
  }
  return { reachability, resolved, pass };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("a canary", () => {
  it.each<[string, Canary | null]>([
    ["one.one.one.one", { kind: "name", name: "one.one.one.one" }],
    ["1.1.1.1", { kind: "address", host: "1.1.1.1", port: 443 }],
    ["9.9.9.9:53", { kind: "address", host: "9.9.9.9", port: 53 }],
    ["[2001:db8::1]:853", { kind: "address", host: "2001:db8::1", port: 853 }],
    ["2001:db8::1", { kind: "address", host: "2001:db8::1", port: 443 }],
    ["dns.example:53", { kind: "address", host: "dns.example", port: 53 }],
    ["https://example.org", null],
    ["example.org:0", null],
    ["example.org:70000", null],
    ["a b", null],
  ])("%s", (text, expected) => {
    expect(parseCanary(text)).toEqual(expected);
  });
});

describe("the internet", () => {
  it("is there when one of the addresses can be connected to, whatever names do", async () => {
    const sim = createSim({ canaries: ["dns.google", "1.1.1.1", "8.8.8.8"], dial: { "8.8.8.8:443": "connected" } });
    expect(await sim.reachability.askCanaries()).toBe(true);
  });

  it("is not there when a firewall refuses for them", async () => {
    const sim = createSim({ canaries: ["1.1.1.1", "8.8.8.8"], dial: { "1.1.1.1:443": "refused" } });
    expect(await sim.reachability.askCanaries()).toBe(false);
  });

  it("is judged by names where there are no addresses", async () => {
    const canaries = ["dns.google"];
    expect(await createSim({ canaries, names: { "dns.google": ["8.8.8.8"] } }).reachability.askCanaries()).toBe(true);
    expect(await createSim({ canaries }).reachability.askCanaries()).toBe(false);
  });

  it("is not judged without canaries", async () => {
    expect(await createSim({}).reachability.askCanaries()).toBeNull();
  });
});

describe("a host", () => {
  it("is reached when it answers, be it by refusing", async () => {
    const { reachability } = createSim({ dial: { "a.example:443": "connected", "b.example:8080": "refused" } });
    expect(await reachability.reach("https://a.example")).toBe(true);
    expect(await reachability.reach("http://b.example:8080")).toBe(true);
    expect(await reachability.reach("http://a.example")).toBe(false);
  });

  it.each([
    ["http://127.0.0.1:8080", false],
    ["http://[::1]:8080", false],
    ["http://192.168.1.5", false],
    ["http://localhost:25600", false],
    ["http://komga:25600", false],
    ["http://nas.local", false],
    ["http://books.home.arpa", false],
    ["https://kitsu.app", true],
    ["https://1.1.1.1", true],
  ])("%s is on the internet: %s", (origin, expected) => {
    expect(createSim({}).reachability.isPublic(origin)).toBe(expected);
  });

  it("of the home network is known by its addresses, once they were looked up", async () => {
    const sim = createSim({
      names: { "books.example": ["192.168.1.5"], "kitsu.app": ["93.184.216.34", "192.168.1.5"] },
    });
    expect(sim.reachability.isPublic("https://books.example")).toBe(true);
    await settled();
    expect(sim.reachability.isPublic("https://books.example")).toBe(false);
    expect(sim.resolved).toEqual(["books.example"]);
    sim.reachability.isPublic("https://kitsu.app");
    await settled();
    expect(sim.reachability.isPublic("https://kitsu.app")).toBe(true);
  });

  it("keeps what was known of it while its name cannot be looked up", async () => {
    const names: Record<string, string[]> = { "books.example": ["192.168.1.5"] };
    const sim = createSim({ names });
    sim.reachability.isPublic("https://books.example");
    await settled();
    delete names["books.example"];
    sim.pass(2 * 60 * 60_000);
    expect(sim.reachability.isPublic("https://books.example")).toBe(false);
    await settled();
    expect(sim.reachability.isPublic("https://books.example")).toBe(false);
  });
});
