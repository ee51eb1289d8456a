import type { ProviderState, Trend } from "@/lib/health/health-view";
import type { ProviderRow } from "./provider-row";

type Value = number | string | null;

/** Worst first. */
const STATE_ORDER = [
  "AUTO_DISABLED",
  "DOWN",
  "MISCONFIGURED",
  "DEGRADED",
  "RATE_LIMITED",
  "TESTING",
  "UNKNOWN",
  "ACTIVE",
  "DISABLED",
] as const satisfies readonly ProviderState[];
const TREND_ORDER = ["degrading", "stable", "improving"] as const satisfies readonly Trend[];

/** The columns one can sort by. `first`: what one click brings up, the worst or the most. */
const COLUMNS = {
  name: { label: "name", first: "up", of: ({ name }) => name.toLowerCase() },
  state: { label: "state, worst first", first: "up", of: ({ state }) => STATE_ORDER.indexOf(state) },
  success: { label: "success", first: "up", of: ({ success }) => success.ratio },
  avg: { label: "average time", first: "down", of: ({ avgMs }) => avgMs },
  last: { label: "last time", first: "down", of: ({ lastMs }) => lastMs },
  p95: { label: "p95", first: "down", of: ({ p95 }) => p95.ms },
  uptime: { label: "uptime", first: "up", of: ({ uptime }) => uptime.ratio },
  trend: { label: "trend, worst first", first: "up", of: ({ trend }) => trendValue(trend) },
  downloads: { label: "downloads", first: "down", of: ({ downloads }) => downloads },
  cached: { label: "cache hits", first: "down", of: ({ cacheHits }) => cacheHits },
} as const satisfies Record<string, { label: string; first: "up" | "down"; of: (row: ProviderRow) => Value }>;

export type SortColumn = keyof typeof COLUMNS;
export const SORT_COLUMNS = Object.keys(COLUMNS) as readonly SortColumn[];

export interface ProviderSort {
  column: SortColumn;
  direction: "up" | "down";
}

/** "p95", or "-p95" for the largest first; null for anything else, since anybody may type an address. */
export function parseProviderSort(given: string | readonly string[] | undefined): ProviderSort | null {
  if (typeof given !== "string") return null;
  const column = SORT_COLUMNS.find((name) => name === given.replace(/^-/, ""));
  return column ? { column, direction: given.startsWith("-") ? "down" : "up" } : null;
}

export function toSortText({ column, direction }: ProviderSort): string {
  return direction === "down" ? `-${column}` : column;
}

export function toSortHref(sort: ProviderSort): `/providers?sort=${string}` {
  return `/providers?sort=${toSortText(sort)}`;
}

/** What a click on a column's heading asks for. */
export function nextSort(current: ProviderSort | null, column: SortColumn): ProviderSort {
  if (current?.column !== column) return firstSort(column);
  return { column, direction: current.direction === "up" ? "down" : "up" };
}

export function firstSort(column: SortColumn): ProviderSort {
  return { column, direction: COLUMNS[column].first };
}

export function sortLabel(column: SortColumn): string {
  return COLUMNS[column].label;
}

/** Ids in order, by priority without a wish; what is not known comes last either way, equal ones stay as they were. */
export function sortProviders(rows: readonly ProviderRow[], sort: ProviderSort | null): string[] {
  const byPriority = [...rows].sort((a, b) => b.priority - a.priority);
  if (!sort) return byPriority.map(({ id }) => id);
  const { of } = COLUMNS[sort.column];
  const sign = sort.direction === "up" ? 1 : -1;
  return byPriority.sort((a, b) => compare(of(a), of(b), sign)).map(({ id }) => id);
}

function compare(a: Value, b: Value, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -sign : a > b ? sign : 0;
}

function trendValue({ latency, errors }: ProviderRow["trend"]): number | null {
  const places = [latency, errors].flatMap((one) => (one === "unknown" ? [] : [TREND_ORDER.indexOf(one)]));
  return places.length === 0 ? null : places.reduce((total, place) => total + place, 0) / places.length;
}
