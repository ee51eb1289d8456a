import { expect, it } from "vitest";
import { toComicType, toStatus, toType } from "./vocabulary";

it("knows the catalogues' words for a status in any case and spelling, and calls the others unknown", () => {
  expect(["RELEASING", "current", "Publishing", "Complete", "finished"].map(toStatus)).toEqual([
    ...Array.from({ length: 3 }, () => "ongoing"),
    ...Array.from({ length: 2 }, () => "finished"),
  ]);
  expect(["On Hiatus", "ON_HIATUS", "Discontinued", "NOT_YET_RELEASED", "tba"].map(toStatus)).toEqual([
    "paused",
    "paused",
    "cancelled",
    "upcoming",
    "upcoming",
  ]);
  expect(["LICENSED", "", null, undefined].map(toStatus)).toEqual(["unknown", "unknown", "unknown", "unknown"]);
});

it("knows the catalogues' words for a type", () => {
  expect(["Light Novel", "One-shot", "oneshot", "doujin", "OEL", "Manhwa", "opera", null].map(toType)).toEqual([
    "novel",
    "one_shot",
    "one_shot",
    "doujinshi",
    "comic",
    "manhwa",
    "unknown",
    "unknown",
  ]);
});

it("names comics by the language they were made in", () => {
  expect(["ja", "ko", "zh-hk", "zh-Hans", "en", "", null].map(toComicType)).toEqual([
    "manga",
    "manhwa",
    "manhua",
    "manhua",
    "comic",
    "unknown",
    "unknown",
  ]);
});
