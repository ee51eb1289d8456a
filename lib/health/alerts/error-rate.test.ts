import { describe, expect, it } from "vitest";
import { judgeErrorRate } from "./error-rate";
import type { Outcome } from "./outcomes";

const NOW = Date.UTC(2026, 10, 22, 12);

/** "..xx" is two successes, then two failures, the newest last, 10 s apart. */
function outcomes(text: string): Outcome[] {
  return [...text].map((sign, index) => ({ at: NOW - (text.length - index) * 10_000, failed: sign === "x" }));
}

function judge(ok: number, failed: number, newest: string, limitPercent = 50) {
  const classes = { ok, http_5xx: failed, throttled: 3 };
  return judgeErrorRate({ classes }, outcomes(newest).slice(-10), { limitPercent, now: NOW });
}

describe("the share of errors", () => {
  it.each([
    ["half of five minutes", 5, 5, ".x.x.x.x.x", true],
    ["less than half of a steady share", 11, 9, ".x.x.x.x..", false],
    ["four calls, all failed", 0, 4, "xxxx", false],
    ["five calls, all failed", 0, 5, "xxxxx", true],
    ["a rise: half of the newest ten", 20, 5, ".x.x.x.x.x", true],
    ["a rise, when calls are few: three of the newest five", 7, 3, ".......xxx", true],
    ["half, but the last two calls were good", 5, 7, "xxxxxxxx..", false],
    ["half by what an earlier process saw, and nothing bad since", 5, 7, ".", false],
    ["half by what an earlier process saw, and one more failure", 5, 7, "x", true],
  ])("is reached or not by %s", (_, ok, failed, newest, reached) => {
    expect(judge(ok, failed, newest).reached).toBe(reached);
  });

  it("does not take a steady share for a rise", () => {
    // 45 % all the time; half of the newest ten by chance.
    expect(judge(33, 27, ".x.x.x.x.x").reached).toBe(false);
  });

  it.each([
    ["40 % of five minutes are not yet below", 12, 8, "..x.x..x..", false],
    ["39 %, and fewer of the newest, are", 61, 39, "..x....x..", true],
    ["a calm five minutes with bad newest calls are not", 40, 5, "xx.x.x....", false],
    ["nothing is", 0, 0, "", true],
  ])("is below 80 %% of the limit: %s", (_, ok, failed, newest, below) => {
    expect(judge(ok, failed, newest).below).toBe(below);
  });

  it("leaves out what counts neither for nor against the provider", () => {
    expect(judge(3, 0, "...").told).toMatchObject({ judged: 3 });
  });
});
