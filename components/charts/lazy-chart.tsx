"use client";

import dynamic from "next/dynamic";
import { memo, startTransition, useEffect, useState } from "react";
import type { HistoryChartProps } from "./chart-canvas";
import { ChartSpace } from "./chart-space";

/** Charts come after the page: their library is larger than all else on it. */
const CHARTS = {
  latency: memo(
    dynamic(() => import("./latency-chart").then(({ LatencyChart }) => LatencyChart), {
      ssr: false,
      loading: ChartSpace,
    }),
  ),
  failures: memo(
    dynamic(() => import("./failure-chart").then(({ FailureChart }) => FailureChart), {
      ssr: false,
      loading: ChartSpace,
    }),
  ),
  uptime: memo(
    dynamic(() => import("./uptime-chart").then(({ UptimeChart }) => UptimeChart), {
      ssr: false,
      loading: ChartSpace,
    }),
  ),
  rate: memo(
    dynamic(() => import("./rate-chart").then(({ RateChart }) => RateChart), { ssr: false, loading: ChartSpace }),
  ),
};

export type ChartKind = keyof typeof CHARTS;

interface LazyChartProps {
  kind: ChartKind;
  chart: HistoryChartProps;
}

export function LazyChart({ kind, chart }: LazyChartProps) {
  const Chart = CHARTS[kind];
  const [drawn, setDrawn] = useState(chart);
  // Drawing takes longer than all the rest of the page, which must not wait for it; nor is the same drawn twice.
  useEffect(() => {
    startTransition(() => setDrawn((before) => (toText(before) === toText(chart) ? before : chart)));
  }, [chart]);
  return (
    <div className="min-h-48 noscript:hidden">
      <Chart {...drawn} />
    </div>
  );
}

/** All that is drawn: how much of the open point is known changes with every moment. */
function toText(chart: HistoryChartProps): string {
  return JSON.stringify(chart, (key, value) => (key === "knownMs" ? undefined : value));
}
