import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const HUES =
  "black|white|slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose";
const LITERALS = [
  { what: "a hex colour", pattern: /#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?!-)/i },
  { what: "a colour function", pattern: /\b(?:rgba?|hsla?|hwb|oklch|oklab|lch|lab|color)\(/ },
  { what: "a palette class", pattern: new RegExp(`-(?:${HUES})(?:-\\d{2,3})?(?=[\\s"'\`/])`) },
] as const;

/** The manifest and the viewport need colours before any stylesheet is read; the last-resort page stands without one. */
const EXEMPT = new Set(["app/manifest.ts", "app/layout.tsx", "app/global-error.tsx"]);

describe("components and pages", () => {
  it.each(LITERALS)("take their colours from tokens and hold $what nowhere", ({ pattern }) => {
    const found = sourceFiles()
      .filter((path) => !EXEMPT.has(path))
      .flatMap((path) =>
        readFileSync(`${root}/${path}`, "utf8")
          .split("\n")
          .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
      );
    expect(found).toEqual([]);
  });
});

function sourceFiles(): string[] {
  return ["app", "components"].flatMap((folder) =>
    readdirSync(`${root}/${folder}`, { recursive: true, encoding: "utf8" })
      .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
      .filter((path) => /\.tsx?$/.test(path) && !path.includes(".test.")),
  );
}
