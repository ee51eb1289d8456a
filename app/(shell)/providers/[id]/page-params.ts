import type { Route } from "next";
import { CHART_RANGES, type ChartRange } from "@/lib/health/chart-points";
import { THRESHOLD_FIELDS } from "../settings-fields";

export interface PageParams {
  range: ChartRange;
  /** Of the decisions, from 1. */
  page: number;
  /** Thresholds to try, as they were typed; null when none are tried. */
  tried: Readonly<Record<string, string>> | null;
}

const DEFAULT_RANGE: ChartRange = "24h";
const PAGE_MAX = 100_000;

type Raw = Readonly<Record<string, string | string[] | undefined>>;

/** What the address of a provider's page says; what it cannot say is left at its default. */
export function parsePageParams(raw: Raw): PageParams {
  const page = Number(raw["page"]);
  const tried = THRESHOLD_FIELDS.flatMap(({ name }) => {
    const text = raw[name];
    return typeof text === "string" ? [[name, text.slice(0, 20)]] : [];
  });
  return {
    range: CHART_RANGES.find((range) => range === raw["range"]) ?? DEFAULT_RANGE,
    page: Number.isInteger(page) && page >= 1 && page <= PAGE_MAX ? page : 1,
    tried: tried.length > 0 ? Object.fromEntries(tried) : null,
  };
}

/** The page of a provider, with only what differs from the default in its address. */
export function toPageHref(id: string, params: Partial<PageParams> = {}, anchor = ""): Route {
  const query = new URLSearchParams();
  if (params.range && params.range !== DEFAULT_RANGE) query.set("range", params.range);
  if (params.page && params.page > 1) query.set("page", String(params.page));
  for (const [name, text] of Object.entries(params.tried ?? {})) query.set(name, text);
  const search = query.size > 0 ? `?${query}` : "";
  // Safe because it is the page beside this file.
  return `/providers/${encodeURIComponent(id)}${search}${anchor && `#${anchor}`}` as Route;
}
