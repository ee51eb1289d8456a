import { describe, expect, it } from "vitest";
import { findPasswordFault, hashPassword, verifyPassword } from "./password";

const EMAIL = "reader@yagura.example";

describe("a new password", () => {
  it.each([
    ["words", "a lamp by the door"],
    ["another script", "櫓の上の灯りが見える"],
    ["200 characters", "lamp".repeat(50)],
    ["8 of them", "12-Tortu"],
  ])("may be %s", (_name, password) => {
    expect(findPasswordFault(password, EMAIL)).toBeNull();
  });

  it.each([
    ["seven characters", "abc-def", /at least 8/],
    ["too long", "ab".repeat(101), /at most 200/],
    ["on everyone's list", "Password123", /first that anyone/],
    ["one character again and again", "zzzzzzzzzzzz", /first that anyone/],
    ["the e-mail address", "Reader@yagura.example", /e-mail/],
  ])("may not be %s", (_name, password, fault) => {
    expect(findPasswordFault(password, EMAIL)).toMatch(fault);
  });

  it("may be common when whoever runs the server says so, but not short", () => {
    expect(findPasswordFault("password123", EMAIL, "operator")).toBeNull();
    expect(findPasswordFault("short", EMAIL, "operator")).not.toBeNull();
  });
});

describe("a stored password", () => {
  it("is argon2id with OWASP's parameters, and each hash is new", async () => {
    const [first, second] = await Promise.all([hashPassword("a lamp by the door"), hashPassword("a lamp by the door")]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await verifyPassword(first, "a lamp by the door")).toBe(true);
    expect(await verifyPassword(first, "a lamp by the window")).toBe(false);
  });

  it("is the same however a keyboard composes its accents", async () => {
    expect(await verifyPassword(await hashPassword("cafe\u0301 au lait"), "caf\u00e9 au lait")).toBe(true);
  });

  it("is compared at the same cost when there is no account", async () => {
    const hash = await hashPassword("a lamp by the door");
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 10; round++) {
      for (const kind of ["known", "unknown"] as const) {
        const startedAt = performance.now();
        expect(await verifyPassword(kind === "known" ? hash : null, "wrong")).toBe(false);
        times[kind].push(performance.now() - startedAt);
      }
    }
    // The fastest of interleaved rounds: what else the machine does can only add.
    const [known, unknown] = [Math.min(...times.known), Math.min(...times.unknown)];
    expect(unknown / known).toBeGreaterThan(0.3);
    expect(unknown / known).toBeLessThan(3);
  });
});
