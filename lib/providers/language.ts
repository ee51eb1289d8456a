/** Codes whose meaning at the catalogues is not what BCP 47 would read. */
const SPECIAL: Readonly<Record<string, string>> = {
  zh: "zh-Hans",
  "zh-hk": "zh-Hant",
  "zh-tw": "zh-Hant",
  "zh-cn": "zh-Hans",
  "es-la": "es-419",
  "ja-jp": "ja",
  "ko-kr": "ko",
  "en-jp": "ja-Latn",
  "en-kr": "ko-Latn",
  "en-cn": "zh-Latn",
  "en-tw": "zh-Latn",
  "en-th": "th-Latn",
};

/** A BCP 47 tag for a catalogue's language code (`ja-ro` → `ja-Latn`, `pt_br` → `pt-BR`, `eng` → `en`); null when it is none. */
export function toLanguageTag(code: unknown): string | null {
  if (typeof code !== "string") return null;
  const normal = code.trim().toLowerCase().replaceAll("_", "-");
  const special = SPECIAL[normal] ?? (/^[a-z]{2,3}-ro$/.test(normal) ? `${normal.slice(0, -3)}-Latn` : normal);
  try {
    return Intl.getCanonicalLocales(special)[0] ?? null;
  } catch {
    return null;
  }
}
