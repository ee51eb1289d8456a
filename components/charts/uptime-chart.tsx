"use client";

import { Bar } from "recharts";
import { formatPercent } from "@/lib/format";
import type { ChartPoint } from "@/lib/health/chart-points";
import { ChartCanvas, type HistoryChartProps } from "./chart-canvas";

const TICKS = [0, 0.5, 1];

/** Of each point's known time the share up and the share down; nothing where nothing is known. */
export function UptimeChart(props: HistoryChartProps) {
  return (
    <ChartCanvas
      {...props}
      title="Uptime"
      yDomain={[0, 1]}
      yTicks={TICKS}
      yText={(share) => formatPercent(share)}
      describe={describe}
    >
      <Bar dataKey="uptime" stackId="time" fill="var(--color-signal-ok)" isAnimationActive={false} />
      <Bar
        dataKey={({ uptime }: ChartPoint) => (uptime === null ? null : 1 - uptime || null)}
        stackId="time"
        fill="var(--color-signal-bad)"
        isAnimationActive={false}
      />
    </ChartCanvas>
  );
}

function describe({ uptime }: ChartPoint) {
  return [uptime === null ? { name: "Nothing is known", text: "" } : { name: "Up", text: formatPercent(uptime, 2) }];
}
