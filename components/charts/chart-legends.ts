import type { ChartPoint } from "@/lib/health/chart-points";
import { failureLegend } from "./chart-words";
import { LATENCY_LINES } from "./latency-lines";

export interface LegendLine {
  name: string;
  text: string;
  color: string;
  dashed?: boolean;
}

const UPTIME: readonly LegendLine[] = [
  { name: "Up", text: "slow or not", color: "var(--color-signal-ok)" },
  { name: "Down", text: "an empty place is unknown", color: "var(--color-signal-bad)" },
];
const RATE: readonly LegendLine[] = [
  { name: "All calls", text: "searches, checks, covers", color: "var(--color-chart-5)" },
];

/** What the colours of each chart stand for, to be read aloud. */
export function chartLegends(points: readonly ChartPoint[]) {
  return {
    latency: LATENCY_LINES.map(({ name, words, color, dashes }) => ({
      name,
      text: words,
      color,
      dashed: dashes !== "",
    })),
    failures: failureLegend(points).map(({ family, text }) => ({ name: family.name, text, color: family.color })),
    uptime: UPTIME,
    rate: RATE,
  } satisfies Record<string, readonly LegendLine[]>;
}
