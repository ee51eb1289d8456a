import { Skeleton } from "@/components/ui/skeleton";

export const CHART_HEIGHT_PX = 192;

/** Holds a chart's place while it is on its way; without JavaScript none will come, and the table has its figures. */
export function ChartSpace() {
  return <Skeleton className="h-48 w-full noscript:hidden" />;
}
