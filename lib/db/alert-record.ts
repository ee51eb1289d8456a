import type { Alert, AlertDelivery } from "@/lib/health/alerts/alert";
import type { ListedAlert } from "@/lib/health/alerts/alerts";
import type { Client } from "./client";

export type AlertRow = Awaited<ReturnType<Client["alert"]["findMany"]>>[number];
export type DeliveryRow = Awaited<ReturnType<Client["alertDelivery"]["findMany"]>>[number];

/** Unions and lists are of this application's own making. */
export function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    fingerprint: row.fingerprint,
    rule: row.rule as Alert["rule"],
    severity: row.severity as Alert["severity"],
    subject: row.subject,
    providerId: row.providerId,
    providerName: row.providerName,
    members: JSON.parse(row.members) as string[],
    state: row.state as Alert["state"],
    startedAt: row.startedAt.getTime(),
    firedAt: toEpoch(row.firedAt),
    resolvedAt: toEpoch(row.resolvedAt),
    acknowledgedAt: toEpoch(row.acknowledgedAt),
    acknowledgedBy: row.acknowledgedBy,
    snoozedUntil: toEpoch(row.snoozedUntil),
    text: row.text,
  };
}

export function toListedAlert({ deliveries, ...row }: AlertRow & { deliveries: readonly DeliveryRow[] }): ListedAlert {
  return { ...toAlert(row), deliveries: deliveries.map(toDelivery) };
}

/** What a look may change; what people do with an alert is not among it. */
export function toAlertFields({ state, severity, members, firedAt, resolvedAt, text }: Alert) {
  return {
    state,
    severity,
    members: JSON.stringify(members),
    firedAt: toDate(firedAt),
    resolvedAt: toDate(resolvedAt),
    text,
  };
}

export function toNewAlert(alert: Alert): AlertRow {
  const { id, fingerprint, rule, subject, providerId, providerName, acknowledgedBy } = alert;
  return {
    ...{ id, fingerprint, rule, subject, providerId, providerName, acknowledgedBy },
    startedAt: new Date(alert.startedAt),
    acknowledgedAt: toDate(alert.acknowledgedAt),
    snoozedUntil: toDate(alert.snoozedUntil),
    ...toAlertFields(alert),
  };
}

export function toDelivery(row: DeliveryRow): AlertDelivery {
  return {
    ...row,
    channelKind: row.channelKind as AlertDelivery["channelKind"],
    event: row.event as AlertDelivery["event"],
    state: row.state as AlertDelivery["state"],
    createdAt: row.createdAt.getTime(),
    nextAttemptAt: toEpoch(row.nextAttemptAt),
    deliveredAt: toEpoch(row.deliveredAt),
  };
}

/** What attempts change. */
export function toAttemptFields({ state, attempts, nextAttemptAt, deliveredAt, error }: AlertDelivery) {
  return { state, attempts, nextAttemptAt: toDate(nextAttemptAt), deliveredAt: toDate(deliveredAt), error };
}

export function toNewDelivery(delivery: AlertDelivery): DeliveryRow {
  const { id, alertId, channelId, channelKind, channelName, event, payload, createdAt } = delivery;
  return {
    ...{ id, alertId, channelId, channelKind, channelName, event, payload },
    createdAt: new Date(createdAt),
    ...toAttemptFields(delivery),
  };
}

export function toDate(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

function toEpoch(date: Date | null): number | null {
  return date?.getTime() ?? null;
}
