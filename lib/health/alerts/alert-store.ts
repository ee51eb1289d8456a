import type { Alert, AlertDelivery } from "./alert";
import type { AlertFilter, ListedAlert } from "./alerts";
import type { ChannelTarget } from "./channel";

/** What one look changed. */
export interface AlertBatch {
  /** New or changed. Of one that is there already, what people did with it stays as it is. */
  alerts: readonly Alert[];
  /** Ids of those that never were. */
  withdrawn: readonly string[];
  deliveries: readonly AlertDelivery[];
}

export interface StoredAlerts {
  /** Those that are open, and those told or snoozed since. */
  alerts: readonly Alert[];
  /** Of open alerts, and of those of which something still waits. */
  deliveries: readonly AlertDelivery[];
}

/** What people do with an alert. Epoch milliseconds. */
export type Annotation = Partial<Pick<Alert, "acknowledgedAt" | "acknowledgedBy" | "snoozedUntil">>;

/** Where alerts outlive the process. */
export interface AlertStore {
  load(since: number): Promise<StoredAlerts>;
  /** All or nothing. The same batch twice changes nothing more. */
  save(batch: AlertBatch): Promise<void>;
  annotate(id: string, annotation: Annotation): Promise<void>;
  find(id: string): Promise<ListedAlert | null>;
  list(query: { state: AlertFilter; skip: number; limit: number }): Promise<{ alerts: ListedAlert[]; total: number }>;
  /** Takes the delivery for its next attempt, unless somebody else has since it was read. `stands`: as it is now, null when it is gone. */
  claim(before: AlertDelivery, now: AlertDelivery): Promise<{ mine: boolean; stands: AlertDelivery | null }>;
  settle(delivery: AlertDelivery): Promise<void>;
  /** Deletes what ended before, some at a time. */
  prune(endedBefore: number): Promise<void>;
}

/** A channel that an admin made. */
export interface StoredChannel extends Omit<ChannelTarget, "url"> {
  kind: "webhook" | "ntfy";
  url: string;
}

/** `secret`: absent stays, null clears. */
export type ChannelChange = Omit<StoredChannel, "secret" | "secretUnreadable"> & { secret?: string | null };

/** Where channels outlive the process, their secrets sealed. */
export interface ChannelStore {
  list(): Promise<StoredChannel[]>;
  /** New or changed. */
  save(channel: ChannelChange): Promise<void>;
  remove(id: string): Promise<void>;
}
