import type { SearchEvent } from "@/lib/search/events";
import { parseWireMessage, WIRE_EVENT_TYPES } from "@/lib/search/wire";

/** A little more than a frame of film: later answers are painted together, so that cards do not flicker. */
const BATCH_MS = 200;

interface StreamOptions {
  href: string;
  onEvents: (events: readonly SearchEvent[]) => void;
  /** The stream could not be opened, or broke and cannot come back. */
  onLost: () => void;
}

/**
 * Opens a search stream and hands its events on in batches: the first answers at once, later ones every 200 ms. Returns how to
 * close it, which also ends the search at the server unless somebody else waits for it. After `end` it closes by itself.
 */
export function openSearchStream({ href, onEvents, onLost }: StreamOptions): () => void {
  const source = new EventSource(href);
  let queue: SearchEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let painted = false;

  function flush() {
    clearTimeout(timer);
    timer = undefined;
    const events = queue;
    queue = [];
    if (events.some(hasItems)) painted = true;
    if (events.length > 0) onEvents(events);
  }

  function take(event: SearchEvent) {
    queue.push(event);
    if (!painted || event.type === "end") flush();
    else timer ??= setTimeout(flush, BATCH_MS);
    if (event.type === "end") source.close();
  }

  for (const type of WIRE_EVENT_TYPES) {
    source.addEventListener(type, (message) => {
      const event = parseWireMessage(type, message.data);
      if (event) take(event);
    });
  }
  source.addEventListener("error", () => {
    // While it is CONNECTING the browser tries again by itself.
    if (source.readyState !== EventSource.CLOSED) return;
    flush();
    onLost();
  });

  return () => {
    clearTimeout(timer);
    source.close();
  };
}

function hasItems(event: SearchEvent): boolean {
  return (event.type === "provider" || event.type === "late") && event.items.length > 0;
}
