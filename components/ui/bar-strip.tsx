"use client";

import { type PointerEvent, useState } from "react";
import { classNames } from "./class-names";

const TONES = {
  ok: "stroke-signal-ok",
  warn: "stroke-signal-warn",
  bad: "stroke-signal-bad",
  none: "stroke-line-strong",
} as const;

type Tone = keyof typeof TONES;

export interface StripBar {
  tone: Tone;
  /** 0–1 of the strip. */
  height: number;
}

interface BarStripProps {
  bars: readonly StripBar[];
  /** All of it in words, for those who do not see it. */
  label: string;
  /** What is said of one bar when it is pointed at. */
  titleOf: (index: number) => string;
  className?: string;
}

const STEP = 4.5;
const BAR = 3;
const TALL = 20;
const SHORTEST = 2;

/** One bar per span of time: tone and height say the same, so that colour is not alone. A few lines in all, since a page may have hundreds. */
export function BarStrip({ bars, label, titleOf, className }: BarStripProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const width = bars.length * STEP - (STEP - BAR);

  function point({ currentTarget, clientX }: PointerEvent<SVGSVGElement>): void {
    const { left, width: wide } = currentTarget.getBoundingClientRect();
    const index = Math.floor(((clientX - left) / wide) * bars.length);
    setPointed(Math.min(bars.length - 1, Math.max(0, index)));
  }

  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${TALL}`}
      width={width}
      height={TALL}
      fill="none"
      strokeWidth={BAR}
      onPointerMove={point}
      onPointerLeave={() => setPointed(null)}
      className={classNames("block shrink-0", className)}
    >
      <title>{pointed === null || pointed >= bars.length ? label : titleOf(pointed)}</title>
      {/* The gaps can be pointed at, too. */}
      <rect width={width} height={TALL} stroke="none" pointerEvents="all" />
      {(Object.keys(TONES) as Tone[]).map((tone) => {
        const path = toPath(bars, tone);
        return path ? <path key={tone} d={path} className={TONES[tone]} /> : null;
      })}
    </svg>
  );
}

function toPath(bars: readonly StripBar[], tone: Tone): string {
  return bars
    .map(({ tone: own, height }, index) => {
      if (own !== tone) return "";
      const top = TALL - Math.max(SHORTEST, Math.round(height * TALL));
      return `M${index * STEP + BAR / 2} ${TALL}V${top}`;
    })
    .join("");
}
