import type { ReactNode } from "react";
import type { HistoryChartProps } from "@/components/charts/chart-canvas";
import { type ChartKind, LazyChart } from "@/components/charts/lazy-chart";
import { Card } from "@/components/ui/card";

interface HistoryFigureProps {
  kind: ChartKind;
  chart: HistoryChartProps;
  title: string;
  /** What the chart shows, in a sentence. */
  words: string;
  legend: readonly { name: string; text: string; color: string; dashed?: boolean }[];
}

/** One chart with what it says: the sentence and the legend are there without it. */
export function HistoryFigure({ kind, title, words, legend, chart }: HistoryFigureProps) {
  return (
    <Card className="min-w-0">
      <figure>
        <figcaption>
          <h3 className="text-base">{title}</h3>
          <p className="mt-0.5 mb-3 text-pretty text-ink-2 text-xs">{words}</p>
        </figcaption>
        <LazyChart kind={kind} chart={chart} />
        <Legend title={title}>
          {legend.map(({ name, text, color, dashed = false }) => (
            <li key={name} className="flex items-center gap-1.5">
              <span
                aria-hidden="true"
                className="h-0 w-3.5 rounded-full border-t-3"
                style={{ borderColor: color, borderStyle: dashed ? "dashed" : "solid" }}
              />
              <span>
                {name} <span className="text-ink-3">{text}</span>
              </span>
            </li>
          ))}
        </Legend>
      </figure>
    </Card>
  );
}

function Legend({ title, children }: { title: string; children: ReactNode }) {
  return (
    <ul aria-label={`Legend of ${title}`} className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-ink-2 text-xs">
      {children}
    </ul>
  );
}
