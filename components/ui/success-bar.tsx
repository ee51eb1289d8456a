import { formatPercent } from "@/lib/format";
import { classNames } from "./class-names";
import { Digits } from "./digits";

interface SuccessBarProps {
  /** 0–1; null while nothing is known. */
  ratio: number | null;
  /** What the share is of, for readers: "Success of Kitsu, last 24 h". */
  label: string;
  /** A shorter bar, for a table of many columns. */
  narrow?: boolean;
  className?: string;
}

/** A share as a bar with its number beside it: emerald above 80 %, amber above 50 %, red below. */
export function SuccessBar({ ratio, label, narrow = false, className }: SuccessBarProps) {
  return (
    <span className={classNames("inline-flex items-center gap-2.5 whitespace-nowrap", className)}>
      <span className="sr-only">{label}: </span>
      <span
        aria-hidden="true"
        className={classNames("block h-1.5 overflow-hidden rounded-full bg-surface-3", narrow ? "w-11" : "w-20")}
      >
        {ratio === null ? null : (
          <span
            className={classNames("block h-full rounded-full", toTone(ratio))}
            style={{ width: `${Math.min(1, Math.max(0, ratio)) * 100}%` }}
          />
        )}
      </span>
      <span className="min-w-10 text-right">
        <Digits>{formatPercent(ratio)}</Digits>
      </span>
    </span>
  );
}

function toTone(ratio: number): string {
  if (ratio > 0.8) return "bg-signal-ok";
  return ratio > 0.5 ? "bg-signal-warn" : "bg-signal-bad";
}
