import { pointText } from "@/components/charts/chart-ticks";
import { failuresText, formatRate } from "@/components/charts/chart-words";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatMs, formatPercent } from "@/lib/format";
import type { ChartPoint } from "@/lib/health/chart-points";
import { isKnown, type KnownSpan, toSpans } from "./to-spans";

interface HistoryTableProps {
  points: readonly ChartPoint[];
  pointMs: number;
  timeZone: string;
}

/** The charts' twin: the same figures for readers, and for pages without JavaScript. Newest first; a gap is one row. */
export function HistoryTable({ points, pointMs, timeZone }: HistoryTableProps) {
  const spans = toSpans(points, pointMs).reverse();
  return (
    <details className="mt-4">
      <summary className="link inline-block text-ink-2">The figures as a table</summary>
      <div className="mt-3 max-h-96 overflow-y-auto">
        <Table caption="History by time, newest first">
          <thead>
            <tr>
              <Th>Time</Th>
              <Th numeric>p50</Th>
              <Th numeric>p95</Th>
              <Th numeric>p99</Th>
              <Th numeric>Calls</Th>
              <Th numeric>A minute</Th>
              <Th>Failures</Th>
              <Th numeric>Uptime</Th>
            </tr>
          </thead>
          <tbody>
            {spans.map((span) => (
              <Row key={span.at} span={span} timeZone={timeZone} />
            ))}
          </tbody>
        </Table>
      </div>
    </details>
  );
}

function Row({ span, timeZone }: { span: KnownSpan; timeZone: string }) {
  const { point } = span;
  const time = (
    <Th scope="row" className="whitespace-nowrap">
      {pointText(span.at, span.lengthMs, timeZone)}
    </Th>
  );
  if (!isKnown(point)) {
    return (
      <tr>
        {time}
        <Td colSpan={7} className="text-ink-3">
          nothing is known
        </Td>
      </tr>
    );
  }
  return (
    <tr>
      {time}
      <Td numeric>{formatMs(point.p50Ms)}</Td>
      <Td numeric>{formatMs(point.p95Ms)}</Td>
      <Td numeric>{formatMs(point.p99Ms)}</Td>
      <Td numeric>{formatCount(point.samples)}</Td>
      <Td numeric>{point.perMinute === null ? "–" : formatRate(point.perMinute)}</Td>
      <Td>{failuresText(point.failures)}</Td>
      <Td numeric>{formatPercent(point.uptime, 2)}</Td>
    </tr>
  );
}
