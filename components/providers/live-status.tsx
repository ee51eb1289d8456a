"use client";

import type { LiveLink } from "@/components/live/live-source";
import { classNames } from "@/components/ui/class-names";
import { useNow } from "@/components/ui/use-now";
import { formatClock, formatRelative } from "@/lib/format";

interface LiveStatusProps {
  link: LiveLink;
  /** When the newest figures were made, epoch milliseconds. */
  at: number;
  timeZone: string;
}

/** Whether the page moves by itself, and how old it is when it does not. */
export function LiveStatus({ link, at, timeZone }: LiveStatusProps) {
  const now = useNow();
  if (now === null) return <span>As of {formatClock(at, timeZone, at)}.</span>;
  const isLive = link === "live";
  return (
    <span className="inline-flex items-center gap-1.5">
      <span
        aria-hidden="true"
        className={classNames(
          "size-2 rounded-full",
          isLive ? "bg-signal-ok" : link === "lost" ? "border-2 border-signal-warn" : "border-2 border-line-strong",
        )}
      />
      {isLive ? `Live, last change ${formatRelative(at, Math.max(at, now))}.` : null}
      {link === "connecting" ? "Connecting …" : null}
      {link === "lost"
        ? `Not live: the connection is lost and is tried again. As of ${formatClock(at, timeZone, now)}.`
        : null}
    </span>
  );
}
