import { describe, expect, it } from "vitest";
import { findRetryAt } from "./retry-hint";

const NOW = Date.parse("2026-11-22T12:00:00Z");

describe("findRetryAt", () => {
  it.each<[string, Record<string, string>, number | null]>([
    ["seconds", { "retry-after": "60" }, NOW + 60_000],
    ["fractions of seconds", { "retry-after": "0.5" }, NOW + 500],
    ["an HTTP date", { "retry-after": "Sun, 22 Nov 2026 12:02:00 GMT" }, NOW + 120_000],
    ["UNIX time of MangaDex", { "x-ratelimit-retry-after": String(NOW / 1000 + 30) }, NOW + 30_000],
    ["UNIX time of AniList", { "x-ratelimit-reset": String(NOW / 1000 + 45) }, NOW + 45_000],
    ["UNIX milliseconds", { "x-ratelimit-reset": String(NOW + 45_000) }, NOW + 45_000],
    ["seconds of OpenSubtitles", { "ratelimit-reset": "7" }, NOW + 7_000],
    ["the clearest of several", { "ratelimit-reset": "7", "retry-after": "9" }, NOW + 9_000],
    ["the next when the clearest is unreadable", { "retry-after": "soon", "ratelimit-reset": "7" }, NOW + 7_000],
    ["nothing", {}, null],
    ["an empty hint", { "retry-after": " " }, null],
    ["a negative span", { "retry-after": "-5" }, null],
    ["an instant in the past", { "x-ratelimit-reset": String(NOW / 1000 - 5) }, null],
    ["words", { "retry-after": "soon" }, null],
  ])("reads %s", (_, headers, expected) => {
    expect(findRetryAt(headers, NOW)).toBe(expected);
  });

  it("reads a date by the provider's clock when that is off", () => {
    const headers = { date: "Sun, 22 Nov 2026 13:00:00 GMT", "retry-after": "Sun, 22 Nov 2026 13:01:00 GMT" };
    expect(findRetryAt(headers, NOW)).toBe(NOW + 60_000);
  });
});
