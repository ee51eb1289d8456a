import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

type Theme = "light" | "dark";
type Oklch = readonly [lightness: number, chroma: number, hueDegrees: number];

const css = readFileSync(fileURLToPath(new URL("globals.css", import.meta.url)), "utf8");
const tokens = parseTokens(css);

const THEMES = ["light", "dark"] as const;
const GROUNDS = ["surface-1", "surface-2", "surface-3"] as const;
const TEXT = ["ink-1", "ink-2", "ink-3", "accent", "accent-strong", "signal-ok", "signal-bad", "signal-held"] as const;
const MARKS = ["attention", "signal-warn", "signal-test", "signal-off"] as const;
const CHARTS = ["chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6", "chart-7", "chart-8"] as const;
const CLOTHS = ["cloth-1", "cloth-2", "cloth-3", "cloth-4", "cloth-5", "cloth-6"] as const;

describe.each(THEMES)("the %s theme", (theme) => {
  const ratio = (front: string, back: string) => contrast(colour(front, theme), colour(back, theme));

  it.each(TEXT.flatMap((ink) => GROUNDS.map((ground) => [ink, ground] as const)))(
    "reads %s on %s at 4.5:1 or better",
    (ink, ground) => {
      expect(ratio(ink, ground)).toBeGreaterThanOrEqual(4.5);
    },
  );

  // These colour icons, bars and charts only, beside a word in ink.
  it.each([...MARKS, ...CHARTS].flatMap((mark) => GROUNDS.map((ground) => [mark, ground] as const)))(
    "shows the mark %s on %s at 3:1 or better",
    (mark, ground) => {
      expect(ratio(mark, ground)).toBeGreaterThanOrEqual(3);
    },
  );

  it("reads a button's label on the accent, at rest and under the pointer", () => {
    expect(ratio("accent-ink", "accent")).toBeGreaterThanOrEqual(4.5);
    expect(ratio("accent-ink", "accent-strong")).toBeGreaterThanOrEqual(4.5);
  });

  it("reads ink on the soft grounds", () => {
    for (const ground of ["accent-soft", "attention-soft"]) {
      expect(ratio("ink-1", ground)).toBeGreaterThanOrEqual(4.5);
      expect(ratio("ink-2", ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("draws the edge of a field at 3:1 on the ground it lies on", () => {
    expect(ratio("line-strong", "surface-1")).toBeGreaterThanOrEqual(3);
  });

  it.each(CLOTHS)("reads the title on a drawn cover of %s", (cloth) => {
    expect(ratio("cloth-ink", cloth)).toBeGreaterThanOrEqual(4.5);
  });
});

it("keeps every token inside the sRGB gamut's reach, so that browsers show what was measured", () => {
  for (const theme of THEMES) {
    for (const name of tokens.keys()) {
      if (name === "veil") continue;
      const channels = toLinearSrgb(colour(name, theme));
      for (const channel of channels) expect(channel, name).toSatisfy((value: number) => value > -0.02 && value < 1.02);
    }
  }
});

function colour(name: string, theme: Theme): Oklch {
  const found = tokens.get(name);
  if (!found) throw new Error(`no token --color-${name}`);
  return found[theme];
}

function parseTokens(text: string): Map<string, Record<Theme, Oklch>> {
  const found = new Map<string, Record<Theme, Oklch>>();
  for (const [, name = "", value = ""] of text.matchAll(/--color-([a-z0-9-]+):\s*([^;]+);/g)) {
    const colours = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)/g)].map(
      ([, l, c, h]) => [Number(l), Number(c), Number(h)] as const,
    );
    const [light, dark = light] = colours;
    if (light && dark) found.set(name, { light, dark });
  }
  return found;
}

/** OKLCH → OKLab → LMS → linear sRGB, with the matrices of Björn Ottosson's definition. */
function toLinearSrgb([lightness, chroma, hueDegrees]: Oklch): readonly [number, number, number] {
  const hue = (hueDegrees * Math.PI) / 180;
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** WCAG 2.2 relative luminance and contrast ratio. */
function contrast(first: Oklch, second: Oklch): number {
  const [bright = 0, dim = 0] = [luminance(first), luminance(second)].sort((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(value: Oklch): number {
  const [red, green, blue] = toLinearSrgb(value).map((channel) => Math.min(1, Math.max(0, channel)));
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
