import type { AlertRule, ChannelKind, DeliveryEvent, Severity } from "./alert";

/** A place to send to, with all that sending takes. */
export interface ChannelTarget {
  id: string;
  kind: ChannelKind;
  name: string;
  enabled: boolean;
  /** Null for the log. */
  url: string | null;
  secret: string | null;
  /** It was sealed with another instance key. */
  secretUnreadable: boolean;
}

/** What a receiver is told, as it goes over the wire. */
export interface AlertPayload {
  id: string;
  event: DeliveryEvent | "test";
  rule: AlertRule | "Test";
  severity: Severity;
  provider_id: string | null;
  provider_name: string | null;
  text: string;
  started_at: string;
  resolved_at: string | null;
  /** Of the page about it; null while nobody said under which address the instance is reached. */
  url: string | null;
}

export interface Message {
  /** The same at each attempt, so that a receiver can tell a repetition. */
  key: string;
  /** `AlertPayload` as JSON, the same bytes at each attempt. */
  payload: string;
}

/** Sends, or throws: `SendError` with words for people. */
export type SendMessage = (target: ChannelTarget, message: Message) => Promise<void>;

export class SendError extends Error {
  override readonly name = "SendError";
}
