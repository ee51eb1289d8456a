import { compile } from "html-to-text";
import removeMarkdown from "remove-markdown";
import { tidyLine, tidyText } from "./tidy-text";

const DESCRIPTION_LENGTH_MAX = 4000;
const LINE_LENGTH_MAX = 500;

const SIMPLE_TAG =
  /<\/?(?:a|b|big|blockquote|center|div|em|font|hr|i|li|ol|p|s|small|span|strong|sub|sup|u|ul)(?:\s[^<>]*)?\/?>/gi;
const BLOCK_TAG = /^<\/?(?:blockquote|div|hr|li|ol|p|ul)\b/i;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]\w{1,31}));/gi;
const MARKUP = /<\/?[a-z][^<>]*>|&(?:#\d+|#x[\da-f]+|[a-z]\w+);/i;
const COMMON_ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
};

const htmlToText = compile({
  wordwrap: false,
  selectors: [
    { selector: "a", options: { ignoreHref: true } },
    { selector: "img", format: "skip" },
    { selector: "ul", options: { itemPrefix: "• " } },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/**
 * A description as plain text: HTML and entities resolved, spoilers (`~!…!~`) left out, Markdown signs removed when asked for, at most
 * 4000 characters, cut at a word. Null when nothing is left.
 */
export function toDescription(raw: string | null | undefined, { markdown = false } = {}): string | null {
  if (!raw) return null;
  // The libraries' patterns are quadratic in their input: a bound before them is a bound on time.
  let text = raw.slice(0, 2 * DESCRIPTION_LENGTH_MAX);
  if (text.includes("~!")) text = text.replace(/~![\s\S]*?!~/g, "");
  // Upstreams that escape twice exist; a third round would be somebody writing about HTML.
  for (let round = 0; round < 2 && hasMarkup(text); round += 1) text = withoutHtml(text);
  if (markdown && /[*_`#~[\]>|-]/.test(text)) text = removeMarkdown(text);
  const tidy = tidyText(text);
  return tidy === "" ? null : truncate(tidy, DESCRIPTION_LENGTH_MAX);
}

/** A title, name or tag on one line: entities decoded, white space collapsed, at most 500 characters. Angle brackets stay: titles have them. */
export function toLine(raw: unknown): string | null {
  if (typeof raw !== "string") return null;
  const line = tidyLine(decodeEntities(raw));
  return line === "" ? null : truncate(line, LINE_LENGTH_MAX);
}

/** Lines without empty ones and repeats (whatever their case), in order, at most `max`. */
export function toLines(raws: readonly unknown[], max = 50): string[] {
  const lines: string[] = [];
  for (const raw of raws) {
    const line = toLine(raw);
    if (!line || lines.some((other) => isSameLine(other, line))) continue;
    if (lines.push(line) === max) break;
  }
  return lines;
}

/** The length first: nearly all that differ, differ in it. */
function isSameLine(a: string, b: string): boolean {
  return a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());
}

export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return decodeCommon(text) ?? htmlToText(text.replaceAll("<", "&lt;"));
}

function hasMarkup(text: string): boolean {
  return (text.includes("<") || text.includes("&")) && MARKUP.test(text);
}

/** The common tags and entities by hand, as html-to-text costs a tenth of a millisecond a text; anything else by html-to-text. */
function withoutHtml(html: string): string {
  const text = html.replace(/<br\s*\/?>/gi, "\n").replace(SIMPLE_TAG, (tag) => (BLOCK_TAG.test(tag) ? "\n" : ""));
  return (text.includes("<") ? null : decodeCommon(text)) ?? htmlToText(html);
}

/** Null when it meets an entity that it does not know. */
function decodeCommon(text: string): string | null {
  let known = true;
  const decoded = text.replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
    const character = name ? COMMON_ENTITIES[name.toLowerCase()] : fromCodePoint(decimal, hex);
    if (character === undefined) known = false;
    return character ?? entity;
  });
  return known ? decoded : null;
}

function fromCodePoint(decimal: string | undefined, hex: string | undefined): string {
  const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? "", 16);
  const printable = code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return printable ? String.fromCodePoint(code) : " ";
}

function truncate(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const cut = text.slice(0, lengthMax - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut.replace(/\s+\S{0,40}$/, "")}…`;
}
