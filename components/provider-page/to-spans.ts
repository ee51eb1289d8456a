import type { ChartPoint } from "@/lib/health/chart-points";

/** A point, or a gap of several. */
export interface KnownSpan {
  at: number;
  lengthMs: number;
  /** The first of a gap. */
  point: ChartPoint;
}

/** Points in a row of which nothing is known become one span. */
export function toSpans(points: readonly ChartPoint[], pointMs: number): KnownSpan[] {
  const spans: KnownSpan[] = [];
  for (const point of points) {
    const last = spans.at(-1);
    if (last && !isKnown(last.point) && !isKnown(point)) last.lengthMs += pointMs;
    else spans.push({ at: point.at, lengthMs: pointMs, point });
  }
  return spans;
}

export function isKnown({ failures }: ChartPoint): boolean {
  return failures !== null;
}
