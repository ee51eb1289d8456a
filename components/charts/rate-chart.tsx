"use client";

import { Area } from "recharts";
import { formatCount } from "@/lib/format";
import type { ChartPoint } from "@/lib/health/chart-points";
import { ChartCanvas, type HistoryChartProps } from "./chart-canvas";
import { formatRate } from "./chart-words";
import { loneDots } from "./lone-dots";

const COLOR = "var(--color-chart-5)";

/** Calls a minute: searches, checks and all else. */
export function RateChart(props: HistoryChartProps) {
  const values = props.points.map(({ perMinute }) => perMinute);
  return (
    <ChartCanvas {...props} title="Calls a minute" yText={formatRate} yDomain={[0, "auto"]} describe={describe}>
      <Area
        dataKey="perMinute"
        type="step"
        stroke={COLOR}
        strokeWidth={1.5}
        fill={COLOR}
        fillOpacity={0.18}
        dot={loneDots(values, COLOR)}
        activeDot={{ r: 3, fill: COLOR, stroke: "none" }}
        isAnimationActive={false}
      />
    </ChartCanvas>
  );
}

function describe({ perMinute, samples }: ChartPoint) {
  if (perMinute === null) return [{ name: "Nothing is known", text: "" }];
  return [
    { name: "A minute", text: formatRate(perMinute), color: COLOR },
    { name: "Calls", text: formatCount(samples) },
  ];
}
