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
  return (
    <span className="inline-flex items-center rounded-full border border-line bg-surface-2 px-3 py-1 font-sans tracking-normal">
      <StatusMark
        state={row.state}
        until={until === null ? null : formatClock(Date.parse(until), timeZone, now)}
        className="text-sm"
      />
    </span>
  );
}
