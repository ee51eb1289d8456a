const LINE_BREAK = 0x0a;
const BLANK = 0x20;
const ASCII_END = 0x7f;

/** Several lines: one blank between words, none around line breaks, at most one empty line. */
export function tidyText(raw: string): string {
  const text = raw.trim();
  if (isTidy(text, true)) return text;
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n");
}

/** One line, with one blank between words. */
export function tidyLine(raw: string): string {
  const text = raw.trim();
  return isTidy(text, false) ? text : text.replace(/\s+/g, " ");
}

/** Of a trimmed text. By hand: nearly all texts are tidy, and patterns take several times as long to find that out. */
function isTidy(text: string, mayBreak: boolean): boolean {
  let breaks = 0;
  let before = 0;
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place);
    if (code === LINE_BREAK) {
      if (!mayBreak || before === BLANK || ++breaks > 2) return false;
    } else if (code === BLANK) {
      if (before === BLANK || before === LINE_BREAK) return false;
    } else {
      if (code < BLANK || (code > ASCII_END && WHITE.test(text[place] ?? ""))) return false;
      breaks = 0;
    }
    before = code;
  }
  return true;
}

const WHITE = /\s/;
