"use client";

import { Area, Line } from "recharts";
import { formatMs } from "@/lib/format";
import type { ChartPoint } from "@/lib/health/chart-points";
import { ChartCanvas, type HistoryChartProps } from "./chart-canvas";
import { LATENCY_LINES } from "./latency-lines";
import { loneDots } from "./lone-dots";

const BANDS = [
  { key: "p99Ms", opacity: 0.2 },
  { key: "p95Ms", opacity: 0.36 },
] as const;

/** Percentiles as bands within each other: the darker one holds half of the calls up to nineteen in twenty. */
export function LatencyChart(props: HistoryChartProps) {
  const { points } = props;
  return (
    <ChartCanvas {...props} title="Time to answer" yText={shortMs} describe={describe}>
      {BANDS.map(({ key, opacity }) => (
        <Area
          key={key}
          dataKey={(point: ChartPoint) => (point[key] === null ? null : [point.p50Ms ?? 0, point[key]])}
          stroke="none"
          fill="var(--color-chart-4)"
          fillOpacity={opacity}
          isAnimationActive={false}
          activeDot={false}
          legendType="none"
        />
      ))}
      {LATENCY_LINES.map(({ key, color, width, dashes }) => (
        <Line
          key={key}
          dataKey={key}
          stroke={color}
          strokeWidth={width}
          {...(dashes && { strokeDasharray: dashes })}
          dot={loneDots(
            points.map((point) => point[key]),
            color,
          )}
          activeDot={{ r: 3, fill: color, stroke: "none" }}
          isAnimationActive={false}
        />
      ))}
    </ChartCanvas>
  );
}

function describe(point: ChartPoint) {
  return LATENCY_LINES.map(({ key, name, color }) => ({ name, color, text: formatMs(point[key]) }));
}

function shortMs(ms: number): string {
  return ms >= 1000 ? `${Math.round(ms / 100) / 10}\u202fs` : formatMs(ms);
}
