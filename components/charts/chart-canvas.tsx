"use client";

import type { ReactNode } from "react";
import {
  CartesianGrid,
  ComposedChart,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";
import type { ChartPoint, ChartRange } from "@/lib/health/chart-points";
import { CHART_HEIGHT_PX } from "./chart-space";
import { chartTicks, pointText, tickText } from "./chart-ticks";

/** Before its box is measured. */
const FIRST_SIZE = { width: 520, height: CHART_HEIGHT_PX };
const TICK = { fill: "var(--color-ink-3)", fontSize: 12 };

export interface HistoryChartProps {
  points: readonly ChartPoint[];
  range: ChartRange;
  /** What one point stands for, in ms. */
  pointMs: number;
  timeZone: string;
}

interface ChartCanvasProps extends HistoryChartProps {
  /** The chart's name for readers; it can be walked through with the arrow keys. */
  title: string;
  yDomain?: [number, number | "auto"];
  yTicks?: number[];
  yText: (value: number) => string;
  /** What the tooltip says of a point. */
  describe: (point: ChartPoint) => readonly { name: string; text: string; color?: string }[];
  children: ReactNode;
}

/** Axes, grid and cursor that all charts of a page share: pointing at one shows the same instant in each. */
export function ChartCanvas({ title, points, range, pointMs, timeZone, ...chart }: ChartCanvasProps) {
  const ticks = chartTicks(
    points.map(({ at }) => at),
    range,
    timeZone,
  );
  return (
    <ResponsiveContainer width="100%" height={CHART_HEIGHT_PX} initialDimension={FIRST_SIZE}>
      <ComposedChart
        data={[...points]}
        syncId="history"
        barCategoryGap="8%"
        title={title}
        margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis
          dataKey="at"
          scale="band"
          ticks={ticks}
          interval="preserveStartEnd"
          minTickGap={16}
          tickFormatter={(at) => tickText(Number(at), range, timeZone)}
          tick={TICK}
          tickLine={false}
          stroke="var(--color-line)"
        />
        <YAxis
          width={52}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          tickFormatter={(value) => chart.yText(Number(value))}
          allowDecimals={false}
          {...(chart.yDomain && { domain: chart.yDomain })}
          {...(chart.yTicks && { ticks: chart.yTicks })}
        />
        <Tooltip
          isAnimationActive={false}
          filterNull={false}
          cursor={{ stroke: "var(--color-ink-3)", strokeWidth: 1, fill: "var(--color-surface-3)", fillOpacity: 0.5 }}
          content={({ active, label }: TooltipContentProps) => {
            const point = active ? points.find(({ at }) => at === label) : undefined;
            return point ? (
              <PointNote title={pointText(point.at, pointMs, timeZone)} lines={chart.describe(point)} />
            ) : null;
          }}
        />
        {chart.children}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

interface PointNoteProps {
  title: string;
  lines: ReturnType<ChartCanvasProps["describe"]>;
}

function PointNote({ title, lines }: PointNoteProps) {
  return (
    <div className="rounded-md border border-line-strong bg-surface-2 px-3 py-2 text-ink-1 text-xs">
      <p className="mb-1 text-ink-2">{title}</p>
      <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5">
        {lines.map(({ name, text, color }) => (
          <div key={name} className="contents">
            <dt className="flex items-center gap-1.5">
              {color ? <span className="size-2 rounded-full" style={{ background: color }} /> : null}
              {name}
            </dt>
            <dd className="text-right">{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
