import type { SourceRow } from "@/components/titles/title-sources";
import { formatClock } from "@/lib/format";
import type { ProviderHealth } from "@/lib/health/health-view";
import { restUntil } from "@/lib/health/rest-until";
import type { TitleSourceView } from "@/lib/titles/title-reader";

interface SourceRowOptions {
  /** Null when the provider is no longer configured. */
  health: Pick<ProviderHealth, "state" | "disabledUntil" | "hold"> | null;
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
}

export function toSourceRow(source: TitleSourceView, { health, timeZone, now }: SourceRowOptions): SourceRow {
  const until = health && restUntil(health);
  return {
    providerId: source.providerId,
    providerName: source.providerName,
    externalId: source.externalId,
    url: source.url,
    state: health?.state ?? null,
    until: until === null ? null : formatClock(until, timeZone, now),
  };
}
