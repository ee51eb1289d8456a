import { expect, it } from "vitest";
import { toLanguageTag } from "./language";

it.each<[unknown, string | null]>([
  ["en", "en"],
  ["ja-ro", "ja-Latn"],
  ["zh", "zh-Hans"],
  ["zh-hk", "zh-Hant"],
  ["zh-ro", "zh-Latn"],
  ["pt-br", "pt-BR"],
  ["es-la", "es-419"],
  ["en_jp", "ja-Latn"],
  ["ja_jp", "ja"],
  ["en_us", "en-US"],
  ["zh_cn", "zh-Hans"],
  ["eng", "en"],
  ["iw", "he"],
  ["th-ro", "th-Latn"],
  ["fr-ca", "fr-CA"],
  ["", null],
  ["not a language", null],
  [null, null],
  [3, null],
])("reads the language code %j as %j", (code, tag) => {
  expect(toLanguageTag(code)).toBe(tag);
});
