"use client";

import { formatCountdown } from "@/lib/format";
import { classNames } from "./class-names";
import { useNow } from "./use-now";

const RADIUS = 44;
const AROUND = 2 * Math.PI * RADIUS;

interface CountdownRingProps {
  /** Epoch milliseconds: from where to where the ring runs empty. */
  from: number;
  to: number;
  /** When the page was rendered. */
  now: number;
  /** A stroke token: `text-signal-bad`. */
  tone?: string;
}

/** How much of a wait is left, as a ring that runs empty and a clock in it. Say beside it what is waited for, and until when. */
export function CountdownRing({ from, to, now: rendered, tone = "text-accent" }: CountdownRingProps) {
  const left = Math.max(0, to - (useNow() ?? rendered));
  const share = to > from ? Math.min(1, left / (to - from)) : 0;
  return (
    <span aria-hidden="true" className="relative grid size-24 shrink-0 place-items-center">
      <svg viewBox="0 0 96 96" fill="none" strokeWidth="4" aria-hidden="true" className="absolute inset-0 -rotate-90">
        <circle cx="48" cy="48" r={RADIUS} className="text-surface-3" stroke="currentColor" />
        <circle
          cx="48"
          cy="48"
          r={RADIUS}
          stroke="currentColor"
          strokeLinecap="round"
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - share)}
          className={classNames("transition-[stroke-dashoffset] duration-150 ease-out", tone)}
        />
      </svg>
      <span className="text-ink-1 text-lg">{left === 0 ? "now" : formatCountdown(left)}</span>
    </span>
  );
}
