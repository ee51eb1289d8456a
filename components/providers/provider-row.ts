import type { LiveRow } from "@/components/live/live-message";
import { formatClock } from "@/lib/format";
import type { ProviderState, Trend, UptimeShare } from "@/lib/health/health-view";
import type { HourFigures, LastDay } from "@/lib/health/last-day";
import type { ActionResult } from "@/lib/http/action";
import type { ProviderKind } from "@/lib/providers/provider";
import { successOf } from "./last-hours";

/** What the page knows of a provider beside what is live. */
export interface ProviderFacts {
  id: string;
  kind: ProviderKind;
  initialized: boolean;
  priority: number;
  /** Settings that the environment decides. */
  locked: readonly string[];
}

/** One provider as the health table shows it. Instants are epoch milliseconds. */
export interface ProviderRow extends ProviderFacts {
  name: string;
  state: ProviderState;
  /** A state that ends by itself: when it began and ends, and the end as a clock in the viewer's zone shows it. */
  rest: { from: number | null; until: number; clock: string } | null;
  why: string | null;
  /** What comes next for one that is not well. */
  next: { kind: "check" | "probe" | "trial" | "release"; at: number } | null;
  failuresInRow: number;
  /** 0–1, of the last 24 h, else of all time. */
  success: { ratio: number | null; span: "24 h" | "all time" };
  avgMs: number | null;
  lastMs: number | null;
  p95: { ms: number | null; span: "15 min" | "24 h" };
  /** Of the last 30 days. */
  uptime: UptimeShare;
  trend: { latency: Trend; errors: Trend };
  downloads: number;
  cacheHits: number;
  /** The last day, oldest first; hours of which nothing is known are missing. */
  hours: readonly HourFigures[];
  enabled: boolean;
  /** It rests because of failures: an admin may put it back in use. */
  resting: boolean;
  checkInterval: number | null;
}

/** `now`: the clock of the live row; `day` null when nothing is known of it. */
export function toProviderRow(
  live: LiveRow,
  facts: ProviderFacts,
  { day, timeZone, now }: { day: LastDay | null; timeZone: string; now: number },
): ProviderRow {
  const { stats, state } = live;
  const hours = day?.hours ?? [];
  const ratio = successOf(hours);
  const recent = stats.windows.m15.p95_ms;
  return {
    ...facts,
    name: live.provider_name,
    state,
    rest: toRest(live, { timeZone, now }),
    why: state === "TESTING" ? null : live.why,
    next: live.next && { kind: live.next.kind, at: Date.parse(live.next.at) },
    failuresInRow: live.consecutive_failures,
    success: ratio === null ? { ratio: stats.success_rate, span: "all time" } : { ratio, span: "24 h" },
    avgMs: stats.avg_response_time_ms,
    lastMs: stats.last_response_time_ms ?? live.response_time,
    p95: recent === null ? { ms: day?.p95Ms ?? null, span: "24 h" } : { ms: recent, span: "15 min" },
    uptime: stats.uptime.d30,
    trend: stats.trend,
    downloads: stats.successful_downloads,
    cacheHits: stats.cache_hits,
    hours,
    enabled: live.is_enabled,
    resting: live.is_enabled && (live.auto_disabled || live.circuit.state === "OPEN"),
    checkInterval: live.check_interval,
  };
}

function toRest(
  { state, disabled_until, hold, circuit, stats }: LiveRow,
  { timeZone, now }: { timeZone: string; now: number },
): ProviderRow["rest"] {
  const since = toInstant(stats.state_since);
  const rest = (until: string | null | undefined, from: number | null) =>
    until ? { from, until: Date.parse(until), clock: formatClock(Date.parse(until), timeZone, now) } : null;
  switch (state) {
    case "AUTO_DISABLED":
      return rest(disabled_until, since);
    case "RATE_LIMITED":
      return rest(hold?.until, since);
    case "DOWN":
      return circuit.state === "OPEN" ? rest(circuit.until, toInstant(circuit.opened_at)) : null;
    default:
      return null;
  }
}

function toInstant(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}

/** What a form's server action is, with and without JavaScript. */
export interface ProviderAction {
  /** Ends in a redirect back to the page, which says what came of it. */
  form: (form: FormData) => Promise<void>;
  /** Answers what came of it; the page stays. */
  now: (form: FormData) => Promise<ActionResult<string>>;
}

/** What can be done; null: not by this viewer. */
export interface ProviderActions {
  test: ProviderAction;
  testMany: ProviderAction | null;
  enable: ProviderAction | null;
  disable: ProviderAction | null;
  save: ProviderAction | null;
}

export const KIND_TITLES = {
  catalogue: "Catalogues",
  metadata: "Metadata",
  subtitles: "Subtitles",
  ai: "AI models",
} satisfies Record<ProviderKind, string>;
