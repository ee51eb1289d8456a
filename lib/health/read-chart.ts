import { type ChartPoint, type ChartRange, chartPlan, chartStart, toChartPoints } from "./chart-points";
import { type HistorySource, readRollups } from "./read-rollups";

/** The points of one provider's charts over a range that ends now, oldest first, from the roll-ups that fit the range. */
export async function readChart(
  source: HistorySource,
  { providerId, range, now }: { providerId: string; range: ChartRange; now: number },
): Promise<ChartPoint[]> {
  const { step } = chartPlan(range);
  const rows = await readRollups(source, { step, providerId, from: chartStart(range, now), to: now + 1 });
  return toChartPoints(rows, range, now);
}
