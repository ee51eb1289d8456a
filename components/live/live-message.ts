import type { z } from "zod";
import type { liveMessageSchema } from "@/lib/health/live-wire";

/** An alert as the live stream tells it: each message is the whole of it as it is now. */
export interface LiveAlert {
  id: string | number;
  rule: string;
  severity: string;
  /** Null when it is about Yagura itself. */
  provider_id: string | null;
  state: "pending" | "firing" | "resolved";
  started_at: string;
  resolved_at: string | null;
  acknowledged_by: string | null;
  snoozed_until: string | null;
  text: string;
}

type Told = Exclude<z.infer<typeof liveMessageSchema>, { event: "alert" }>;

/** One message of `GET /api/v1/health/stream`. */
export type LiveMessage = Told | { event: "alert"; id: number; data: LiveAlert };

export type LiveSnapshot = Extract<Told, { event: "snapshot" }>["data"];
export type LiveRow = LiveSnapshot["providers"][number];
export type LiveTransition = Extract<Told, { event: "transition" }>["data"];

export const LIVE_EVENTS = ["snapshot", "transition", "metrics", "alert"] as const satisfies LiveMessage["event"][];

/** One message of an EventSource; null for a type of a newer server. */
export function parseLiveMessage(event: string, id: string, data: string): LiveMessage | null {
  const known = LIVE_EVENTS.find((name) => name === event);
  // Safe because the stream is written by our own server, in the shape of `liveMessageSchema`, under this very type.
  return known ? ({ event: known, id: Number(id), data: JSON.parse(data) } as LiveMessage) : null;
}
