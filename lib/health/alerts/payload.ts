import type { Alert } from "./alert";
import type { AlertPayload } from "./channel";

/** What receivers are told, as it goes over the wire. `publicUrl`: where people reach the instance, null when nobody said. */
export function toPayload(
  alert: Alert,
  { event, text, publicUrl }: { event: "firing" | "resolved"; text: string; publicUrl: string | null },
): string {
  const payload: AlertPayload = {
    id: alert.id,
    event,
    rule: alert.rule,
    severity: alert.severity,
    provider_id: alert.providerId,
    provider_name: alert.providerName,
    text,
    started_at: new Date(alert.startedAt).toISOString(),
    resolved_at: event === "resolved" && alert.resolvedAt !== null ? new Date(alert.resolvedAt).toISOString() : null,
    url: toPageUrl(publicUrl, alert.id),
  };
  return JSON.stringify(payload);
}

/** A message that shows that a channel works. */
export function toTestPayload(id: string, { now, publicUrl }: { now: number; publicUrl: string | null }): string {
  const payload: AlertPayload = {
    id,
    event: "test",
    rule: "Test",
    severity: "info",
    provider_id: null,
    provider_name: null,
    text: "This is a test: alerts from Yagura arrive here.",
    started_at: new Date(now).toISOString(),
    resolved_at: null,
    url: toPageUrl(publicUrl, null),
  };
  return JSON.stringify(payload);
}

function toPageUrl(publicUrl: string | null, id: string | null): string | null {
  if (publicUrl === null) return null;
  return `${publicUrl.replace(/\/+$/, "")}/alerts${id === null ? "" : `#${id}`}`;
}
