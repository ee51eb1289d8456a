"use client";

import type { LiveRow, LiveSnapshot } from "@/components/live/live-message";
import { Digits } from "@/components/ui/digits";
import { formatCount, formatMs, formatNoun, formatPercent } from "@/lib/format";
import { useLiveProvider } from "./use-live-provider";

interface LiveFiguresProps {
  row: LiveRow;
  snapshot: LiveSnapshot;
}

const TREND_WORDS = {
  latency: { improving: "getting faster", stable: "steady", degrading: "getting slower", unknown: "–" },
  errors: { improving: "fewer errors", stable: "steady", degrading: "more errors", unknown: "–" },
} as const;

/** The figures that one looks at first. Null is a dash, never a zero. */
export function LiveFigures({ row: rendered, snapshot }: LiveFiguresProps) {
  const { stats } = useLiveProvider(rendered, snapshot).row;
  const { m15 } = stats.windows;
  const { h24, d30 } = stats.uptime;
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-lg border border-line sm:grid-cols-3 lg:grid-cols-6">
      <Figure name="p95, 15 min" value={formatMs(m15.p95_ms)} note={`p50 ${formatMs(m15.p50_ms)}`} />
      <Figure name="Errors, 15 min" value={formatPercent(m15.error_rate)} note={formatNoun(m15.samples, "call")} />
      <Figure
        name="Searches that worked"
        value={formatPercent(stats.success_rate)}
        note={`${formatCount(stats.successful_searches)} of ${formatCount(stats.total_searches)}`}
      />
      <Figure name="Uptime 24 h" value={formatPercent(h24.ratio, 2)} note={`${formatPercent(h24.coverage)} known`} />
      <Figure name="Uptime 30 d" value={formatPercent(d30.ratio, 2)} note={`${formatPercent(d30.coverage)} known`} />
      <Figure
        name="Trend"
        value={TREND_WORDS.latency[stats.trend.latency]}
        note={TREND_WORDS.errors[stats.trend.errors]}
      />
    </dl>
  );
}

function Figure({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div className="-mr-px -mb-px border-line border-r border-b px-4 py-3">
      <dt className="text-ink-3 text-xs">{name}</dt>
      <dd className="mt-0.5 whitespace-nowrap text-base">
        <Digits>{value}</Digits>
        <span className="block text-ink-2 text-xs">{note}</span>
      </dd>
    </div>
  );
}
