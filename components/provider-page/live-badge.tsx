"use client";

import type { LiveRow, LiveSnapshot } from "@/components/live/live-message";
import { StatusMark } from "@/components/ui/status-mark";
import { formatClock } from "@/lib/format";
import { endOfState } from "@/lib/health/why";
import { useLiveProvider } from "./use-live-provider";

interface LiveBadgeProps {
  row: LiveRow;
  snapshot: LiveSnapshot;
  timeZone: string;
  now: number;
}

/** The provider's state beside its name, as it is now. */
export function LiveBadge({ row: rendered, snapshot, timeZone, now }: LiveBadgeProps) {
  const { row } = useLiveProvider(rendered, snapshot);
  const until = endOfState(row);
  // The end of a rest is not the end of being down: a trial follows.
  const clock = until === null ? null : formatClock(Date.parse(until), timeZone, now);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 rounded-full border border-line bg-surface-2 px-3 py-1">
      <StatusMark state={row.state} until={row.state === "DOWN" ? null : clock} className="text-sm" />
      {row.state === "DOWN" && clock !== null ? <span className="text-ink-2">resting until {clock}</span> : null}
    </span>
  );
}
