import sharp from "sharp";
import { hash } from "../catalogue/hash";
import type { Work } from "../catalogue/work";
import type { Reply } from "./reply";
import { reply } from "./reply";
import { escapeXml } from "./xml";

export type CoverFormat = "jpeg" | "png" | "webp";
export type CoverPainter = (work: Work, options: { width: number; format: CoverFormat }) => Promise<Reply>;

const KEPT = 500;
const LETTERS_PER_LINE = 13;
const LINES = 6;

/** Paints 2:3 covers: the same work always looks the same. Painted ones are kept, up to 500. */
export function createCoverPainter(): CoverPainter {
  const painted = new Map<string, Promise<Buffer>>();
  return async (work, { width, format }) => {
    const name = `${work.key} ${width} ${format}`;
    const picture = painted.get(name) ?? paint(work, width, format);
    painted.delete(name);
    painted.set(name, picture);
    const [oldest] = painted.keys();
    if (painted.size > KEPT && oldest !== undefined) painted.delete(oldest);
    return reply(`image/${format}`)(200, await picture, { "cache-control": "public, max-age=86400" });
  };
}

function paint(work: Work, width: number, format: CoverFormat): Promise<Buffer> {
  const height = Math.round(width * 1.5);
  const svg = drawCover(work, width, height);
  return sharp(Buffer.from(svg)).toFormat(format, { quality: 80 }).toBuffer();
}

function drawCover(work: Work, width: number, height: number): string {
  const hue = hash("hue", work.key) % 360;
  const lean = hash("lean", work.key) % 100;
  const size = width / 9;
  const lines = wrap(work.english ?? work.romaji)
    .map(
      (line, index) => `<tspan x="${width / 12}" y="${height * 0.16 + index * size * 1.15}">${escapeXml(line)}</tspan>`,
    )
    .join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<defs><linearGradient id="g" x1="0" y1="0" x2="${lean / 100}" y2="1">
<stop offset="0" stop-color="hsl(${hue},62%,34%)"/><stop offset="1" stop-color="hsl(${(hue + 48) % 360},58%,15%)"/>
</linearGradient></defs>
<rect width="${width}" height="${height}" fill="url(#g)"/>
<circle cx="${width * (0.3 + lean / 250)}" cy="${height * 0.72}" r="${width * 0.34}" fill="hsl(${(hue + 24) % 360},70%,55%)" opacity="0.35"/>
<text font-family="sans-serif" font-weight="700" font-size="${size}" fill="#fff">${lines}</text>
<text font-family="sans-serif" font-size="${size * 0.55}" fill="#fff" opacity="0.8" x="${width / 12}" y="${height * 0.94}">${escapeXml(work.story[0] ?? "")}</text>
</svg>`;
}

function wrap(title: string): string[] {
  const lines: string[] = [];
  for (const word of title.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && `${line} ${word}`.length <= LETTERS_PER_LINE) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.slice(0, LINES);
}
