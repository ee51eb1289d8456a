import type { z } from "zod";
import type { Alert, AlertDelivery } from "./alert";
import type { AlertChannel, ChannelTest, ListedAlert } from "./alerts";
import type { alertSchema, channelSchema, channelTestSchema, listedAlertSchema } from "./wire";

const SOMEONE = "an admin";

/** What users are told: of the admin who took it on no more than that it was one. */
export function toAlertWire(alert: Alert, isAdmin: boolean): z.infer<typeof alertSchema> {
  const { acknowledgedBy } = alert;
  return {
    id: alert.id,
    fingerprint: alert.fingerprint,
    rule: alert.rule,
    severity: alert.severity,
    provider_id: alert.providerId,
    state: alert.state,
    started_at: new Date(alert.startedAt).toISOString(),
    resolved_at: toInstant(alert.resolvedAt),
    acknowledged_by: acknowledgedBy === null || isAdmin ? acknowledgedBy : SOMEONE,
    snoozed_until: toInstant(alert.snoozedUntil),
    text: alert.text,
  };
}

export function toListedAlertWire(alert: ListedAlert, isAdmin: boolean): z.infer<typeof listedAlertSchema> {
  return { ...toAlertWire(alert, isAdmin), ...(isAdmin && { deliveries: alert.deliveries.map(toDeliveryWire) }) };
}

function toDeliveryWire(delivery: AlertDelivery) {
  return {
    id: delivery.id,
    channel_id: delivery.channelId,
    channel: delivery.channelName,
    kind: delivery.channelKind,
    event: delivery.event,
    state: delivery.state,
    attempts: delivery.attempts,
    next_attempt_at: toInstant(delivery.nextAttemptAt),
    delivered_at: toInstant(delivery.deliveredAt),
    error: delivery.error,
  };
}

export function toChannelWire(channel: AlertChannel): z.infer<typeof channelSchema> {
  const { id, kind, name, enabled, source, url, hasSecret, secretUnreadable } = channel;
  const locked = source !== "admin";
  return { id, kind, name, enabled, source, locked, url, secret_set: hasSecret, secret_unreadable: secretUnreadable };
}

export function toChannelTestWire({ delivered, error, tookMs }: ChannelTest): z.infer<typeof channelTestSchema> {
  return { delivered, error, took_ms: tookMs };
}

function toInstant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
