import { createHash } from "node:crypto";
import sharp, { type Sharp } from "sharp";

export type CoverWidth = 160 | 320 | 640;
export type CoverFormat = "webp" | "avif";

const PIXELS_MAX = 40_000_000;
const LINE_CHARS = 14;
const LINES_MAX = 6;

/** A cover in one size, never larger than it was. Rejects when the bytes are no picture or hold too many pixels. */
export async function resizeCover(bytes: Uint8Array, width: CoverWidth, format: CoverFormat): Promise<Buffer> {
  const image = sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: "error" })
    .rotate()
    .resize({ width, height: width * 2, fit: "inside", withoutEnlargement: true });
  return encode(image, format);
}

/** A drawn cover with the title on it, for works without one. */
export async function drawPlaceholder(title: string, width: CoverWidth, format: CoverFormat): Promise<Buffer> {
  const hue = createHash("sha256").update(title).digest().readUInt16BE(0) % 360;
  const lines = wrap(title);
  const text = lines
    .map((line, place) => `<tspan x="150" dy="${place === 0 ? 0 : 34}">${escapeXml(line)}</tspan>`)
    .join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="450" viewBox="0 0 300 450">
    <rect width="300" height="450" fill="hsl(${hue}, 24%, 26%)"/>
    <rect x="16" y="16" width="268" height="418" fill="none" stroke="hsl(${hue}, 30%, 48%)" stroke-width="2"/>
    <text x="150" y="${225 - (lines.length - 1) * 17}" fill="hsl(${hue}, 30%, 92%)" font-family="sans-serif" font-size="26"
      text-anchor="middle" dominant-baseline="middle">${text}</text></svg>`;
  return encode(sharp(Buffer.from(svg)).resize({ width }), format);
}

function encode(image: Sharp, format: CoverFormat): Promise<Buffer> {
  // AVIF at its default effort takes a second of a core for one cover.
  return format === "avif" ? image.avif({ quality: 55, effort: 2 }).toBuffer() : image.webp({ quality: 78 }).toBuffer();
}

function wrap(title: string): string[] {
  const lines: string[] = [];
  for (const word of title.split(/\s+/).flatMap(cut)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LINE_CHARS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length > LINES_MAX ? [...lines.slice(0, LINES_MAX - 1), "…"] : lines;
}

function cut(word: string): string[] {
  const chars = [...word];
  const parts: string[] = [];
  for (let start = 0; start < chars.length; start += LINE_CHARS)
    parts.push(chars.slice(start, start + LINE_CHARS).join(""));
  return parts;
}

/** Control characters are no XML at all. */
function escapeXml(text: string): string {
  return text.replace(/\p{Cc}/gu, " ").replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
