/** Codes whose meaning at the catalogues is not what BCP 47 would read, and some that are met all the time. */
const SPECIAL: ReadonlyMap<string, string> = new Map(
  Object.entries({
    zh: "zh-Hans",
    "zh-hk": "zh-Hant",
    "zh-tw": "zh-Hant",
    "zh-cn": "zh-Hans",
    "es-la": "es-419",
    "pt-br": "pt-BR",
    "ja-ro": "ja-Latn",
    "ko-ro": "ko-Latn",
    "zh-ro": "zh-Latn",
    "ja-jp": "ja",
    "ko-kr": "ko",
    "en-jp": "ja-Latn",
    "en-kr": "ko-Latn",
    "en-cn": "zh-Latn",
    "en-tw": "zh-Latn",
    "en-th": "th-Latn",
  }),
);

/** Most codes are of this form, and asking Intl costs more than the rest of reading a title. The six are old names of other codes. */
const USUAL = /^(?!iw|in|ji|mo|sh|tl)[a-z]{2}$/;

/** A BCP 47 tag for a catalogue's language code (`ja-ro` → `ja-Latn`, `pt_br` → `pt-BR`, `eng` → `en`); null when it is none. */
export function toLanguageTag(code: unknown): string | null {
  if (typeof code !== "string") return null;
  const known = SPECIAL.get(code);
  if (known) return known;
  if (USUAL.test(code)) return code;
  const normal = code.trim().toLowerCase().replaceAll("_", "-");
  if (normal !== code) return toLanguageTag(normal);
  if (/^[a-z]{2,3}-ro$/.test(normal)) return canonical(`${normal.slice(0, -3)}-Latn`);
  return canonical(normal);
}

function canonical(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
