import type { SetTimer } from "@/lib/health/timers";
import { LIVE_EVENTS, type LiveMessage, parseLiveMessage } from "./live-message";

const HREF = "/api/v1/health/stream";
const RETRY_FIRST_MS = 1000;
const RETRY_MAX_MS = 30_000;

/** `connecting` before the first message, `live`, `lost` after a break until messages come again. */
export type LiveLink = "connecting" | "live" | "lost";

/** The part of an EventSource that is used. */
export interface Source {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { data?: string; lastEventId?: string }) => void): void;
  close(): void;
}

export interface LiveSourceOptions {
  /** The last event that is known; null for a first visit. */
  lastEventId: number | null;
  onMessage: (message: LiveMessage) => void;
  onLink: (link: LiveLink) => void;
  connect: (href: string) => Source;
  setTimer: SetTimer;
  random: () => number;
}

const CLOSED = 2;

/**
 * Reads the live stream until told to stop; the answer stops it. While the network is away the browser comes back by itself, with
 * the last number it saw; when the server refuses (it starts anew, there are too many streams, the session ended) it does not, so
 * that we do: after 1 s, then twice as long each time up to 30 s, with jitter.
 */
export function openLiveSource(options: LiveSourceOptions): () => void {
  const { onMessage, onLink, connect, setTimer, random } = options;
  let { lastEventId } = options;
  let refusals = 0;
  let stop = () => {};

  function open(): void {
    const source = connect(lastEventId === null ? HREF : `${HREF}?last_event_id=${lastEventId}`);
    stop = () => source.close();
    for (const name of LIVE_EVENTS) {
      source.addEventListener(name, ({ data = "", lastEventId: id = "" }) => {
        const message = parseLiveMessage(name, id, data);
        if (!message) return;
        refusals = 0;
        lastEventId = message.id;
        onMessage(message);
        onLink("live");
      });
    }
    source.addEventListener("error", () => {
      onLink("lost");
      if (source.readyState !== CLOSED) return;
      source.close();
      const waitMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** refusals++);
      stop = setTimer(open, waitMs * (0.75 + random() / 2));
    });
  }

  open();
  return () => stop();
}
