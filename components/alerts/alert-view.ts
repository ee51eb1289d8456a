import { formatClock, formatDuration, formatInstant, formatRelative } from "@/lib/format";
import type { AlertDelivery, DeliveryState, Severity } from "@/lib/health/alerts/alert";
import type { ListedAlert } from "@/lib/health/alerts/alerts";
import { CHANNEL_WORDS, RULE_WORDS, toCareWords, toDeliveryWords, toSnoozeWords } from "./alert-words";

export interface DeliveryView {
  id: string;
  /** "Webhook Ops". */
  channel: string;
  event: AlertDelivery["event"];
  state: DeliveryState;
  words: string;
}

/** One alert as the page shows it; times are words in the viewer's zone. */
export interface AlertView {
  id: string;
  severity: Severity;
  title: string;
  text: string;
  isOver: boolean;
  /** Those that it is about, set up or not. */
  providers: readonly { id: string; name: string }[];
  /** ISO. */
  startedAt: string;
  started: string;
  startedInstant: string;
  /** "12:01 – 12:09, 8 min", of one that is over. */
  span: string | null;
  care: string | null;
  snooze: string | null;
  /** Null: not for this viewer. */
  deliveries: readonly DeliveryView[] | null;
}

interface Audience {
  isAdmin: boolean;
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
  /** Names of the providers of now. */
  nameOf: (providerId: string) => string | null;
}

export function toAlertView(alert: ListedAlert, { isAdmin, timeZone, now, nameOf }: Audience): AlertView {
  const { id, severity, rule, text, startedAt, resolvedAt, providerId, providerName, members } = alert;
  const ids = providerId === null ? members : [providerId];
  return {
    id,
    severity,
    title: RULE_WORDS[rule],
    text,
    isOver: alert.state === "resolved",
    providers: ids.map((one) => ({ id: one, name: nameOf(one) ?? (one === providerId ? providerName : null) ?? one })),
    startedAt: new Date(startedAt).toISOString(),
    started: formatRelative(startedAt, now),
    startedInstant: formatInstant(startedAt, timeZone),
    span: resolvedAt === null ? null : toSpan(startedAt, resolvedAt, { timeZone, now }),
    care: toCareWords(alert, isAdmin, { timeZone, now }),
    snooze: resolvedAt === null ? toSnoozeWords(alert, { timeZone, now }) : null,
    deliveries: isAdmin ? alert.deliveries.map((delivery) => toDeliveryView(delivery, { timeZone, now })) : null,
  };
}

function toSpan(from: number, to: number, { timeZone, now }: { timeZone: string; now: number }): string {
  const clocks = `${formatClock(from, timeZone, now)} – ${formatClock(to, timeZone, now)}`;
  return `${clocks}, ${formatDuration(Math.max(0, to - from))}`;
}

function toDeliveryView(delivery: AlertDelivery, zone: { timeZone: string; now: number }): DeliveryView {
  const { id, channelKind, channelName, event, state } = delivery;
  const kind = CHANNEL_WORDS[channelKind];
  return {
    id,
    channel: channelName.toLowerCase() === kind.toLowerCase() ? kind : `${kind} ${channelName}`,
    event,
    state,
    words: toDeliveryWords(delivery, zone),
  };
}
