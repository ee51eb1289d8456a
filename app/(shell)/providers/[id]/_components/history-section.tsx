import Link from "next/link";
import { chartLegends } from "@/components/charts/chart-legends";
import { failureWords, latencyWords, rateWords, uptimeWords } from "@/components/charts/chart-words";
import { HistoryFigure } from "@/components/provider-page/history-figure";
import { HistoryTable } from "@/components/provider-page/history-table";
import { CHART_RANGES, type ChartPoint, type ChartRange, chartPlan } from "@/lib/health/chart-points";
import { toPageHref } from "../page-params";

interface HistorySectionProps {
  providerId: string;
  points: readonly ChartPoint[];
  range: ChartRange;
  timeZone: string;
  now: number;
}

const RANGE_WORDS = {
  "1h": "1 hour",
  "24h": "24 hours",
  "7d": "7 days",
  "30d": "30 days",
  "90d": "90 days",
} as const satisfies Record<ChartRange, string>;

/** Charts of what was, over a range that the address says. */
export function HistorySection({ providerId, points, range, timeZone, now }: HistorySectionProps) {
  const { pointMs, spanMs } = chartPlan(range);
  const chart = { points, range, pointMs, timeZone };
  const legends = chartLegends(points);
  return (
    <section aria-labelledby="history" className="scroll-mt-20">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 id="history" className="text-lg">
          The last {RANGE_WORDS[range]}
        </h2>
        <RangeTabs providerId={providerId} range={range} />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        <HistoryFigure
          chart={chart}
          kind="latency"
          title="Time to answer"
          words={latencyWords(points, { timeZone, now })}
          legend={legends.latency}
        />
        <HistoryFigure
          chart={chart}
          kind="failures"
          title="What went wrong"
          words={failureWords(points)}
          legend={legends.failures}
        />
        <HistoryFigure
          chart={chart}
          kind="uptime"
          title="Uptime"
          words={uptimeWords(points, spanMs)}
          legend={legends.uptime}
        />
        <HistoryFigure
          chart={chart}
          kind="rate"
          title="Calls a minute"
          words={rateWords(points)}
          legend={legends.rate}
        />
      </div>
      <HistoryTable points={points} pointMs={pointMs} timeZone={timeZone} />
    </section>
  );
}

function RangeTabs({ providerId, range }: { providerId: string; range: ChartRange }) {
  return (
    <nav aria-label="Range of the charts" className="flex rounded-md border border-line bg-surface-2 p-0.5">
      {CHART_RANGES.map((one) => (
        <Link
          key={one}
          href={toPageHref(providerId, { range: one }, "history")}
          scroll={false}
          prefetch={false}
          aria-current={one === range ? "true" : undefined}
          aria-label={RANGE_WORDS[one]}
          className="touch rounded-sm px-3 py-1.5 text-ink-2 text-xs hover:text-ink-1 aria-[current]:bg-surface-3 aria-[current]:font-medium aria-[current]:text-ink-1"
        >
          {one.replace(/(\d+)/, "$1\u202f")}
        </Link>
      ))}
    </nav>
  );
}
