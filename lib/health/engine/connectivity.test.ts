import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { looksCutOff } from "./connectivity";

const NOW = 1_000_000;
const hosts = (unreachable: number, answered: number, at = NOW) => [
  ...Array.from({ length: unreachable }, () => ({ at, unreachable: true })),
  ...Array.from({ length: answered }, () => ({ at, unreachable: false })),
];

describe("being cut off", () => {
  it.each([
    [2, 0, false],
    [3, 0, true],
    [1, 5, false],
    [5, 1, true],
    [4, 1, true],
    [3, 1, false],
    [5, 2, false],
    [5, 3, true],
    [4, 4, false],
    [6, 4, true],
    [3, 47, false],
    [50, 0, true],
  ])("with %i hosts silent and %i answering: %s", (unreachable, answered, expected) => {
    expect(looksCutOff(hosts(unreachable, answered), NOW)).toBe(expected);
  });

  it("looks at the last minute alone", () => {
    const old = hosts(0, 20, NOW - 60_001);
    expect(looksCutOff([...old, ...hosts(3, 0)], NOW)).toBe(true);
    expect(looksCutOff(hosts(20, 0, NOW - 60_001), NOW)).toBe(false);
  });

  it("is never said of fewer than three hosts, nor while half of them answer", () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.nat({ max: 60 }), (unreachable, answered) => {
        const said = looksCutOff(hosts(unreachable, answered), NOW);
        if (unreachable < 3 || unreachable <= answered) expect(said).toBe(false);
        if (unreachable >= 3 && answered === 0) expect(said).toBe(true);
      }),
    );
  });
});
