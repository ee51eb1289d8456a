import type { Alert, AlertDelivery, ChannelKind, Severity } from "./alert";
import type { ChannelInput, ChannelPatch } from "./channel-input";

export const ALERT_FILTERS = ["firing", "resolved", "all"] as const;
export type AlertFilter = (typeof ALERT_FILTERS)[number];

/** An alert with what was sent of it, oldest first. */
export interface ListedAlert extends Alert {
  deliveries: readonly AlertDelivery[];
}

/** A place that alerts are sent to, as admins see it: secrets are said to be set or not. */
export interface AlertChannel {
  /** `log`, `environment`, or the id of one that an admin made. */
  id: string;
  kind: ChannelKind;
  name: string;
  enabled: boolean;
  /** Only those of an admin can be changed and removed. */
  source: "builtin" | "environment" | "admin";
  /** Null for the log; of the environment's only the origin. */
  url: string | null;
  /** The signing secret of a webhook, the access token of ntfy. */
  hasSecret: boolean;
  /** It was encrypted with another instance key: it has to be given again. */
  secretUnreadable: boolean;
}

export interface ChannelTest {
  delivered: boolean;
  /** In words for people; null when delivered. */
  error: string | null;
  tookMs: number;
}

/** What people and the API do with alerts. */
export interface Alerts {
  /** Newest first, by when they were seen. `page` from 1. `firing` leaves out what is pending. */
  list(query: { state: AlertFilter; page: number; limit: number }): Promise<{ alerts: ListedAlert[]; total: number }>;
  /** Firing now, by severity. From memory. */
  countFiring(): Record<Severity, number>;
  /** Somebody takes care of it. `actor`: e-mail address. Throws `AppError` not_found, conflict when it is over. */
  acknowledge(id: string, actor: string): Promise<ListedAlert>;
  /** The same (rule and provider) is not told again for so long. Throws `AppError` not_found, conflict when it is over. */
  snooze(id: string, minutes: number): Promise<ListedAlert>;
  /** The log first, then the environment's, then those of admins by name. */
  listChannels(): Promise<AlertChannel[]>;
  addChannel(input: ChannelInput): Promise<AlertChannel>;
  /** Throws `AppError` not_found, conflict for one that no admin made, bad_request for a field that its kind does not have. */
  changeChannel(id: string, patch: ChannelPatch): Promise<AlertChannel>;
  /** What waits for it is not sent. Throws like `changeChannel`. */
  removeChannel(id: string): Promise<void>;
  /** Sends a test message now, also to one that is switched off. Throws `AppError` not_found. */
  testChannel(id: string): Promise<ChannelTest>;
}
