import type { Alert, AlertDelivery } from "../alert";

const AT = Date.UTC(2026, 10, 22, 12);

export function buildAlert(given: Partial<Alert> = {}): Alert {
  return {
    id: "alert-1",
    fingerprint: "f1",
    rule: "ProviderDown",
    severity: "critical",
    subject: "kitsu",
    providerId: "kitsu",
    providerName: "Kitsu",
    members: [],
    state: "firing",
    startedAt: AT,
    firedAt: AT,
    resolvedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    snoozedUntil: null,
    text: "Kitsu is down.",
    ...given,
  };
}

export function buildDelivery(given: Partial<AlertDelivery> = {}): AlertDelivery {
  const { alertId = "alert-1", channelId = "hook", event = "firing" } = given;
  return {
    id: `${alertId} ${event} ${channelId}`,
    alertId,
    channelId,
    channelKind: "webhook",
    channelName: "Hook",
    event,
    payload: JSON.stringify({ id: alertId, event }),
    state: "waiting",
    attempts: 0,
    createdAt: AT,
    nextAttemptAt: AT,
    deliveredAt: null,
    error: null,
    ...given,
  };
}
