"use client";

import { Bar } from "recharts";
import { formatCount } from "@/lib/format";
import type { ChartPoint } from "@/lib/health/chart-points";
import { ChartCanvas, type HistoryChartProps } from "./chart-canvas";
import { countFamily, FAILURE_FAMILIES } from "./failure-families";

/** Calls that did not succeed, stacked by what went wrong. */
export function FailureChart(props: HistoryChartProps) {
  const occurring = FAILURE_FAMILIES.filter((family) =>
    props.points.some(({ failures }) => failures !== null && countFamily(family, failures) > 0),
  );
  return (
    <ChartCanvas {...props} title="Failures by class" yText={formatCount} describe={describe}>
      {(occurring.length > 0 ? occurring : FAILURE_FAMILIES.slice(0, 1)).map((family) => (
        <Bar
          key={family.id}
          stackId="failures"
          dataKey={({ failures }: ChartPoint) => (failures === null ? null : countFamily(family, failures) || null)}
          fill={family.color}
          isAnimationActive={false}
        />
      ))}
    </ChartCanvas>
  );
}

function describe({ samples, failures }: ChartPoint) {
  if (failures === null) return [{ name: "Nothing is known", text: "" }];
  const counts = FAILURE_FAMILIES.map((family) => ({ family, times: countFamily(family, failures) }));
  return [
    { name: "Calls", text: formatCount(samples) },
    ...counts
      .filter(({ times }) => times > 0)
      .map(({ family, times }) => ({ name: family.name, color: family.color, text: formatCount(times) })),
  ];
}
