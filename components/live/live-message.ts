import type { z } from "zod";
import type { liveMessageSchema } from "@/lib/health/live-wire";

/** One message of `GET /api/v1/health/stream`. */
export type LiveMessage = z.infer<typeof liveMessageSchema>;

export type LiveSnapshot = Extract<LiveMessage, { event: "snapshot" }>["data"];
export type LiveRow = LiveSnapshot["providers"][number];
export type LiveTransition = Extract<LiveMessage, { event: "transition" }>["data"];

export type LiveAlert = Extract<LiveMessage, { event: "alert" }>["data"];

export const LIVE_EVENTS = ["snapshot", "transition", "metrics", "alert"] as const satisfies LiveMessage["event"][];

/** One message of an EventSource; null for a type of a newer server. */
export function parseLiveMessage(event: string, id: string, data: string): LiveMessage | null {
  const known = LIVE_EVENTS.find((name) => name === event);
  // Safe because the stream is written by our own server, in the shape of `liveMessageSchema`, under this very type.
  return known ? ({ event: known, id: Number(id), data: JSON.parse(data) } as LiveMessage) : null;
}
