import { formatClock, formatNoun } from "@/lib/format";
import type { Alert, AlertDelivery, AlertRule, ChannelKind, Severity } from "@/lib/health/alerts/alert";

/** What each rule watches, as the heading of an alert. */
export const RULE_WORDS = {
  ProviderErrorRateWarning: "Many errors",
  ProviderErrorRateCritical: "Almost only errors",
  ProviderSlow: "Slow answers",
  ProviderDown: "Down",
  ProviderAutoDisabled: "Disabled for a while",
  ProviderMisconfigured: "Misconfigured",
  GroupOutage: "Several providers at once",
  SelfOffline: "Our own connection",
  EngineStalled: "Checks stand still",
  HistoryNotWritten: "History is not written",
  TrendDegrading: "Getting worse",
  TlsExpiring: "Certificate runs out",
} as const satisfies Record<AlertRule, string>;

export const CHANNEL_WORDS = {
  log: "Log",
  webhook: "Webhook",
  ntfy: "ntfy",
} as const satisfies Record<ChannelKind, string>;

/** How long an alert may be snoozed, by choice. */
export const SNOOZES = [
  { minutes: 30, words: "30 minutes" },
  { minutes: 60, words: "an hour" },
  { minutes: 240, words: "4 hours" },
  { minutes: 1440, words: "a day" },
  { minutes: 10_080, words: "a week" },
] as const;

interface Zone {
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
}

/** "2 alerts are firing: 1 critical and 1 warning." */
export function toFiringSummary(counts: Record<Severity, number>): string {
  const { critical, warning, info } = counts;
  const total = critical + warning + info;
  if (total === 0) return "Nothing is firing.";
  const parts = [
    critical > 0 && `${critical} critical`,
    warning > 0 && formatNoun(warning, "warning"),
    info > 0 && `${info} for information`,
  ].filter((part) => part !== false);
  return `${formatNoun(total, "alert")} ${total === 1 ? "is" : "are"} firing: ${parts.join(", ")}.`;
}

/** Who takes care of it; null while nobody does. Users are not told the name. */
export function toCareWords(alert: Pick<Alert, "acknowledgedAt" | "acknowledgedBy">, isAdmin: boolean, zone: Zone) {
  if (alert.acknowledgedAt === null) return null;
  const who = (isAdmin ? alert.acknowledgedBy : null) ?? "an admin";
  return `${who} takes care of it, since ${formatClock(alert.acknowledgedAt, zone.timeZone, zone.now)}`;
}

/** Until when the same is not told again; null when it is. */
export function toSnoozeWords({ snoozedUntil }: Pick<Alert, "snoozedUntil">, { timeZone, now }: Zone): string | null {
  if (snoozedUntil === null || snoozedUntil <= now) return null;
  return `snoozed until ${formatClock(snoozedUntil, timeZone, now)}`;
}

/** What became of one message: "sent at 12:03". */
export function toDeliveryWords(delivery: AlertDelivery, { timeZone, now }: Zone): string {
  const { state, attempts, deliveredAt, nextAttemptAt, error } = delivery;
  const clock = (at: number) => formatClock(at, timeZone, now);
  const why = error ? `: ${error}` : "";
  switch (state) {
    case "delivered":
      return `sent${deliveredAt === null ? "" : ` at ${clock(deliveredAt)}`}`;
    case "failed":
      return `given up after ${formatNoun(attempts, "attempt")}${why}`;
    case "waiting": {
      const next = nextAttemptAt === null ? "" : `, next attempt at ${clock(nextAttemptAt)}`;
      return attempts === 0 ? `waiting${next}` : `not sent after ${formatNoun(attempts, "attempt")}${next}${why}`;
    }
  }
}
