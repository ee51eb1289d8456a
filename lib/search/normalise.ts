/**
 * Two spellings of one title give one key: width, case, accents, apostrophes, brackets and blanks do not count; digits, "+" and
 * "×" do. Never empty for a text that is not blank, so that "[Oshi No Ko]" and "…" keep a key.
 */
export function titleKey(text: string): string {
  const folded = fold(text);
  const key = folded.replace(NOT_IN_KEY, "");
  return key || folded.trim();
}

/** The words of a text, folded as in `titleKey`. */
export function titleWords(text: string): string[] {
  return fold(text).replace(APOSTROPHES, "").split(NOT_IN_KEY).filter(Boolean);
}

/**
 * Two spellings of one name give one key: the order of its parts ("Endo Tatsuya"), long vowels ("Ōba", "Ooba", "Ohba", "Oba"), case,
 * accents and a role in brackets ("(Art)") do not count.
 */
export function authorKey(name: string): string {
  const bare = name.replace(/\([^)]*\)|（[^）]*）/g, " ");
  const parts = fold(bare).replace(APOSTROPHES, "").split(NOT_IN_KEY).filter(Boolean).map(shortVowels);
  return parts.sort().join(" ") || fold(name).trim();
}

/** The digits of a title in order: sequels and volumes differ by nothing else ("20th" and "21st Century Boys"). */
export function digitsOf(key: string): string {
  return key.replace(/\P{N}/gu, "");
}

/** One line of folded words over all titles, for a stored column that is searched by "contains". */
export function toSearchText(texts: readonly string[]): string {
  const lines = texts.flatMap((text) => [titleWords(text).join(" "), titleKey(text)]);
  return [...new Set(lines)].filter(Boolean).join(" | ");
}

const ASCII = /^[\x20-\x7e]*$/;
const NOT_IN_KEY = /[^\p{L}\p{N}\p{M}]+/gu;
const APOSTROPHES = /['’‘ʼ`´]/g;
// Accents of Latin, Greek and Cyrillic only. The voicing marks of kana (U+3099, U+309A) and the vowel signs of Indic scripts make
// other letters: カ is not ガ.
const ACCENTS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]/g;

function fold(text: string): string {
  const plain = ASCII.test(text)
    ? text.toLowerCase()
    : text.normalize("NFKC").toLowerCase().normalize("NFD").replace(ACCENTS, "").normalize("NFC").replaceAll("×", "x");
  return SIGNS.test(plain) ? plain.replaceAll("+", " plus ").replaceAll("&", " and ") : plain;
}

const SIGNS = /[+&]/;

function shortVowels(part: string): string {
  return part.replace(/o[uo]+|oh(?![aeiouy])/g, "o").replace(/u{2,}/g, "u");
}
