"use client";

import { formatCountdown } from "@/lib/format";
import { useNow } from "./use-now";

interface CountdownProps {
  /** When the span began and ends, epoch milliseconds; without a beginning the ring is full until the end. */
  from: number | null;
  until: number;
  /** False: the time alone. */
  ring?: boolean;
}

const RADIUS = 5.5;

/** A ring that empties and the time that is left, each second; nothing without JavaScript. Says nothing to readers: the instant stands beside it in words. */
export function Countdown({ from, until, ring = true }: CountdownProps) {
  const now = useNow();
  if (now === null) return null;
  const left = Math.max(0, until - now);
  const share = from === null || until <= from ? 1 : Math.min(1, left / (until - from));
  return (
    <span aria-hidden="true" className="inline-flex items-center gap-1.5 whitespace-nowrap">
      {ring ? <Ring share={left === 0 ? 0 : share} /> : null}
      {left === 0 ? "now" : formatCountdown(left)}
    </span>
  );
}

function Ring({ share }: { share: number }) {
  return (
    <svg viewBox="0 0 14 14" aria-hidden="true" className="size-3.5 -rotate-90">
      <circle cx="7" cy="7" r={RADIUS} fill="none" strokeWidth="2" className="stroke-line" />
      <circle
        cx="7"
        cy="7"
        r={RADIUS}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        pathLength="1"
        strokeDasharray={`${share} 1`}
      />
    </svg>
  );
}
