"use client";

import Link from "next/link";
import type { LiveRow } from "@/components/live/live-message";
import { useLive } from "@/components/live/live-scope";
import { NO_FIGURES } from "@/components/live/no-figures";
import { classNames } from "@/components/ui/class-names";

interface ProvidersPillProps {
  up: number;
  /** Switched on by the admin; 0 when none is. */
  total: number;
}

/** "7 of 9 providers up", and the way to the page that says why. */
export function ProvidersPill(rendered: ProvidersPillProps) {
  const { rows, snapshots } = useLive(NO_FIGURES);
  const { up, total } = snapshots === 0 ? rendered : countUp(rows);
  return (
    <Link
      href="/providers"
      className="touch inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-full border border-line px-2.5 text-ink-2 text-xs transition-colors hover:border-line-strong hover:text-ink-1"
    >
      <Level up={up} total={total} />
      {total === 0 ? (
        "no provider on"
      ) : (
        <span>
          {up} of {total}
          <span className="sr-only sm:not-sr-only"> providers</span> up
        </span>
      )}
    </Link>
  );
}

/** Of those that are switched on and set up: one that is not set up is misconfigured without a hold. */
function countUp(rows: readonly LiveRow[]): ProvidersPillProps {
  const used = rows.filter(({ is_enabled, state, hold }) => is_enabled && (state !== "MISCONFIGURED" || hold !== null));
  return { up: used.filter(({ status }) => status === "ACTIVE").length, total: used.length };
}

/** A small gauge that fills with the share that is up: a shape, so that colour is not alone. */
function Level({ up, total }: ProvidersPillProps) {
  const share = total === 0 ? 0 : up / total;
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 12 12"
      className={classNames("size-3 -rotate-90", share === 1 ? "text-signal-ok" : toTone(share))}
    >
      <circle cx="6" cy="6" r="4.5" fill="none" strokeWidth="2.5" className="stroke-line" />
      <circle
        cx="6"
        cy="6"
        r="4.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        pathLength="1"
        strokeDasharray={`${share} 1`}
      />
    </svg>
  );
}

function toTone(share: number): string {
  return share >= 0.5 ? "text-signal-warn" : "text-signal-bad";
}
