import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatClock,
  formatCount,
  formatCountdown,
  formatDuration,
  formatInstant,
  formatLanguage,
  formatList,
  formatMs,
  formatNoun,
  formatPercent,
  formatRelative,
} from "./format";

const NOW = Date.UTC(2026, 10, 22, 13, 30);
const MINUTE_MS = 60_000;
const plain = (text: string) => text.replaceAll("\u202f", " ");

describe("numbers", () => {
  it("groups thousands with a space that never breaks", () => {
    expect(formatCount(1_204_000)).toBe("1\u202f204\u202f000");
    expect(formatCount(999)).toBe("999");
  });

  it("loses no digit of any whole number", () => {
    fc.assert(
      fc.property(fc.nat(), (value) => {
        expect(Number(formatCount(value).replaceAll("\u202f", ""))).toBe(value);
      }),
    );
  });

  it("says nothing made up for what is not known", () => {
    expect([formatCount(null), formatMs(null), formatPercent(null)]).toEqual(["–", "–", "–"]);
  });

  it("keeps milliseconds whole", () => {
    expect(plain(formatMs(10_000.4))).toBe("10 000 ms");
  });

  it("shows 100 % only when it was all of it", () => {
    expect(plain(formatPercent(0.9999))).toBe("99 %");
    expect(plain(formatPercent(0.9997, 2))).toBe("99.97 %");
    expect(plain(formatPercent(0.29))).toBe("29 %");
    expect(plain(formatPercent(1))).toBe("100 %");
  });
});

describe("time", () => {
  it("shows a span in its largest unit", () => {
    expect([900, 10_000, 4 * MINUTE_MS, 119 * MINUTE_MS, 72 * 60 * MINUTE_MS].map(formatDuration).map(plain)).toEqual([
      "900 ms",
      "10 s",
      "4 min",
      "1 h",
      "3 d",
    ]);
  });

  it("counts what is left down to the second, and never says it is over before it is", () => {
    expect([0, 1, 24_000, 272_000, 3_909_000].map(formatCountdown)).toEqual([
      "0:00",
      "0:01",
      "0:24",
      "4:32",
      "1:05:09",
    ]);
    expect(formatCountdown(86_400_000 * 3)).toBe("3\u202fd");
  });

  it("tells past from future", () => {
    expect(plain(formatRelative(NOW - 3 * MINUTE_MS, NOW))).toBe("3 min ago");
    expect(plain(formatRelative(NOW + 2 * MINUTE_MS, NOW))).toBe("in 2 min");
    expect(formatRelative(NOW - 1000, NOW)).toBe("just now");
  });

  it("shows the clock in the viewer's zone", () => {
    expect(formatClock(NOW, "Europe/Berlin", NOW)).toBe("14:30");
    expect(formatClock(NOW, "Asia/Tokyo", NOW)).toBe("22:30");
  });

  it("names the day when it is another one in the viewer's zone", () => {
    expect(formatClock(NOW + 2 * 60 * MINUTE_MS, "Asia/Tokyo", NOW)).toBe("23 Nov 00:30");
    expect(formatClock(NOW + 2 * 60 * MINUTE_MS, "UTC", NOW)).toBe("15:30");
  });

  it("falls back to UTC for a zone that nobody knows", () => {
    expect(formatInstant(NOW, "Mars/Olympus")).toBe("22 Nov 2026, 13:30");
  });
});

describe("words", () => {
  it("joins names as a sentence does", () => {
    expect(formatList([])).toBe("");
    expect(formatList(["Kitsu"])).toBe("Kitsu");
    expect(formatList(["Kitsu", "AniList", "Komga"])).toBe("Kitsu, AniList and Komga");
  });

  it("counts one and many", () => {
    expect([formatNoun(1, "work"), formatNoun(7, "work"), formatNoun(2, "query", "queries")]).toEqual([
      "1 work",
      "7 works",
      "2 queries",
    ]);
  });

  it("names a language, and shows a tag that is none as it is", () => {
    expect(formatLanguage("ja")).toBe("Japanese");
    expect(formatLanguage("not a tag")).toBe("not a tag");
  });
});

it.each([
  [null, "–"],
  [0, "0\u202fB"],
  [1023, "1\u202f023\u202fB"],
  [1024, "1.0\u202fKiB"],
  [1024 * 1024 - 1, "1.0\u202fMiB"],
  [104_857_600, "100.0\u202fMiB"],
  [3 * 1024 ** 4, "3.0\u202fTiB"],
])("says how much %s bytes are", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
