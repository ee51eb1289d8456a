"use client";

import dynamic from "next/dynamic";
import type { HistoryChartProps } from "./chart-canvas";
import { ChartSpace } from "./chart-space";

/** Charts come after the page: their library is larger than all else on it. */
const CHARTS = {
  latency: dynamic(() => import("./latency-chart").then(({ LatencyChart }) => LatencyChart), {
    ssr: false,
    loading: ChartSpace,
  }),
  failures: dynamic(() => import("./failure-chart").then(({ FailureChart }) => FailureChart), {
    ssr: false,
    loading: ChartSpace,
  }),
  uptime: dynamic(() => import("./uptime-chart").then(({ UptimeChart }) => UptimeChart), {
    ssr: false,
    loading: ChartSpace,
  }),
  rate: dynamic(() => import("./rate-chart").then(({ RateChart }) => RateChart), { ssr: false, loading: ChartSpace }),
};

export type ChartKind = keyof typeof CHARTS;

export function LazyChart({ kind, ...props }: HistoryChartProps & { kind: ChartKind }) {
  const Chart = CHARTS[kind];
  return (
    <div className="min-h-48 noscript:hidden">
      <Chart {...props} />
    </div>
  );
}
