import type { ProviderRow } from "@/components/providers/provider-row";
import { formatClock } from "@/lib/format";
import type { KnownProvider } from "@/lib/health/to-wire";

interface Shown {
  /** 0–1 of the last 24 h; undefined without samples. */
  share: number | undefined;
  timeZone: string;
  now: number;
}

/** One provider for the health table. */
export function toRow({ provider, health }: KnownProvider, { share, timeZone, now }: Shown): ProviderRow {
  const { figures } = health;
  const until = health.state === "AUTO_DISABLED" ? health.disabledUntil : (health.hold?.until ?? null);
  const endsByItself = health.state === "AUTO_DISABLED" || health.state === "RATE_LIMITED";
  return {
    id: provider.id,
    name: provider.name,
    kind: provider.adapter.kind,
    state: health.state,
    until: endsByItself && until !== null ? formatClock(until, timeZone, now) : null,
    why: health.why,
    failuresInRow: figures.consecutiveFailures,
    success: share === undefined ? { ratio: figures.successRate, span: "all time" } : { ratio: share, span: "24 h" },
    avgMs: figures.avgResponseTimeMs,
    lastMs: figures.lastResponseTimeMs ?? health.lastCheck?.durationMs ?? null,
    p95Ms: figures.windows.m15.p95Ms,
    uptime: figures.uptime.d30.ratio,
    downloads: figures.successfulDownloads,
    enabled: provider.enabled,
    initialized: provider.initialized,
    resting: health.autoDisabled || (provider.enabled && health.circuit.state === "OPEN"),
    priority: provider.priority,
    checkInterval: provider.checkInterval,
    locked: provider.locked,
  };
}
