// Nearly all texts are plain and tidy, and these two find that out several times faster than one pattern for everything does.
const NOT_PLAIN = /[^ -~]/;
const DOUBLE_BLANK = / {2}/;
const UNUSUAL_BLANK = /[^\S \n]/;
const NOT_A_BLANK = /[^\S ]/;
const UNTIDY_BREAK = / \n|\n |\n{3}/;

/** Several lines: one blank between words, none around line breaks, at most one empty line. */
export function tidyText(raw: string): string {
  const text = raw.trim();
  if (!DOUBLE_BLANK.test(text) && !(NOT_PLAIN.test(text) && isUntidy(text))) return text;
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n");
}

/** One line, with one blank between words. */
export function tidyLine(raw: string): string {
  const text = raw.trim();
  if (!DOUBLE_BLANK.test(text) && !(NOT_PLAIN.test(text) && NOT_A_BLANK.test(text))) return text;
  return text.replace(/\s+/g, " ");
}

function isUntidy(text: string): boolean {
  return UNUSUAL_BLANK.test(text) || UNTIDY_BREAK.test(text);
}
