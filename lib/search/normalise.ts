/**
 * Two spellings of one title give one key: width, case, accents, apostrophes, brackets and blanks do not count; digits, "+" and
 * "×" do. Never empty for a text that is not blank, so that "[Oshi No Ko]" and "…" keep a key.
 */
export function titleKey(text: string): string {
  const folded = fold(text);
  const key = folded.replace(outside(folded), "");
  return key || folded.trim();
}

/** The words of a text, folded as in `titleKey`. */
export function titleWords(text: string): string[] {
  return toWords(fold(text));
}

/**
 * Two spellings of one name give one key: the order of its parts ("Endo Tatsuya"), long vowels ("Ōba", "Ooba", "Ohba", "Oba"), case,
 * accents and a role in brackets ("(Art)") do not count.
 */
export function authorKey(name: string): string {
  const folded = fold(name);
  const bare = folded.includes("(") ? folded.replace(/\([^)]*\)/g, " ") : folded;
  const parts = toWords(bare).map(shortVowels);
  return parts.sort().join(" ") || folded.trim();
}

/** The digits of a title in order: sequels and volumes differ by nothing else ("20th" and "21st Century Boys"). */
export function digitsOf(key: string): string {
  return (ASCII.test(key) ? /[0-9]/ : /\p{N}/u).test(key) ? key.replace(/\P{N}+/gu, "") : "";
}

/** One line of folded words over all titles, for a stored column that is searched by "contains". */
export function toSearchText(texts: readonly string[]): string {
  const lines = texts.flatMap((text) => [titleWords(text).join(" "), titleKey(text)]);
  return [...new Set(lines)].filter(Boolean).join(" | ");
}

const ASCII = /^[\x20-\x7e]*$/;
const NOT_IN_ASCII_KEY = /[^a-z0-9]+/g;
const NOT_IN_KEY = /[^\p{L}\p{N}\p{M}]+/gu;
const APOSTROPHES = /['’‘ʼ`´]/g;
const SIGNS = /[+&×]/;
const MAYBE_ACCENTED = /[\u00c0-\u02ff]|[\u0370-\u058f]|[\u1e00-\u1fff]|\p{M}/u;
// Accents of Latin, Greek and Cyrillic only. The voicing marks of kana (U+3099, U+309A) and the vowel signs of Indic scripts make
// other letters: カ is not ガ.
const ACCENTS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]/g;

function fold(text: string): string {
  const plain = ASCII.test(text) ? text.toLowerCase() : stripAccents(text.normalize("NFKC").toLowerCase());
  return SIGNS.test(plain) ? plain.replaceAll("+", " plus ").replaceAll("&", " and ").replaceAll("×", "x") : plain;
}

function stripAccents(text: string): string {
  return MAYBE_ACCENTED.test(text) ? text.normalize("NFD").replace(ACCENTS, "").normalize("NFC") : text;
}

function toWords(folded: string): string[] {
  return folded.replace(APOSTROPHES, "").split(outside(folded)).filter(Boolean);
}

/** The Unicode pattern is several times slower; most titles do not need it. */
function outside(text: string): RegExp {
  return ASCII.test(text) ? NOT_IN_ASCII_KEY : NOT_IN_KEY;
}

function shortVowels(part: string): string {
  return part.replace(/o[uo]+|oh(?![aeiouy])/g, "o").replace(/u{2,}/g, "u");
}
