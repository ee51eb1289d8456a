export const ALERT_RULES = [
  "ProviderErrorRateWarning",
  "ProviderErrorRateCritical",
  "ProviderSlow",
  "ProviderDown",
  "ProviderAutoDisabled",
  "ProviderMisconfigured",
  "GroupOutage",
  "SelfOffline",
  "EngineStalled",
  "HistoryNotWritten",
  "TrendDegrading",
  "TlsExpiring",
] as const;
export type AlertRule = (typeof ALERT_RULES)[number];

/** Rising. */
export const SEVERITIES = ["info", "warning", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** `pending`: seen, and not told yet: it must last a while, waits for its group, or comes too soon after the last of its kind. */
export const ALERT_STATES = ["pending", "firing", "resolved"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** One thing that went wrong, from when it was seen to when it was over. Plain JSON. Instants are epoch milliseconds. */
export interface Alert {
  id: string;
  /** The same for all alerts of one rule about one thing. */
  fingerprint: string;
  rule: AlertRule;
  severity: Severity;
  /** What it is about: a provider's id, a host's origin, `all` providers, or `yagura` itself. */
  subject: string;
  /** Null when it is not about one provider. */
  providerId: string | null;
  providerName: string | null;
  /** Ids of the providers that an outage of a group covers; else empty. */
  members: readonly string[];
  state: AlertState;
  startedAt: number;
  firedAt: number | null;
  resolvedAt: number | null;
  acknowledgedAt: number | null;
  /** E-mail address of the admin. */
  acknowledgedBy: string | null;
  /** Until then the same is not told again. */
  snoozedUntil: number | null;
  /** One plain sentence or two. */
  text: string;
}

export const CHANNEL_KINDS = ["log", "webhook", "ntfy"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const DELIVERY_EVENTS = ["firing", "resolved"] as const;
export type DeliveryEvent = (typeof DELIVERY_EVENTS)[number];

/** `failed`: given up. */
export const DELIVERY_STATES = ["waiting", "delivered", "failed"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One message of one alert to one channel. Instants are epoch milliseconds. */
export interface AlertDelivery {
  id: string;
  alertId: string;
  channelId: string;
  /** Kept apart from the channel, which may be gone. */
  channelKind: ChannelKind;
  channelName: string;
  event: DeliveryEvent;
  /** What is sent, the same at each attempt. */
  payload: string;
  state: DeliveryState;
  attempts: number;
  createdAt: number;
  /** While it waits. */
  nextAttemptAt: number | null;
  deliveredAt: number | null;
  /** Of the last attempt that failed, in words for people. */
  error: string | null;
}
