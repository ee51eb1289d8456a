import { AppError } from "@/lib/errors";
import type { EventBus, Numbered } from "@/lib/events/event-bus";
import { createEventQueue } from "@/lib/events/event-queue";
import type { Alert } from "./alerts/alert";
import { toAlertWire } from "./alerts/to-wire";
import type { Decision } from "./engine/types";
import type { Audience } from "./known-providers";
import type { LiveFeed, Snapshot } from "./live-feed";
import { type SetTimer, setRepeating } from "./timers";
import { toEvent } from "./to-event";

const STREAMS_PER_USER = 5;
const BACKLOG_BYTES = 64 * 1024;
const RECHECK_MS = 5000;
const RETRY_AFTER_SECONDS = 10;

/** What happens, in the order of the numbers. Plain JSON. */
export type LiveEvent = { type: "transition"; decision: Decision & { id: number } } | { type: "alert"; alert: Alert };

/** One message of the stream. `id` is the number of the last event that it, or what came before it, told. */
export interface LiveMessage {
  event: "snapshot" | "metrics" | LiveEvent["type"];
  id: number;
  data: unknown;
  /** The data as text: figures are the same for many readers, and written once. */
  json: string;
}

export interface LiveStreamOptions {
  userId: string;
  audience: Audience;
  /** The last that the reader has seen; null for a first visit. */
  lastEventId: number | null;
  /** Asked again and again; the stream ends with the first no. */
  isStillAllowed: () => Promise<boolean>;
}

export interface LiveStreams {
  /** Everything as it is, in the shape of the first message: what a page is rendered with before its stream is open. */
  snapshot(audience: Audience): Snapshot;
  /** Throws `AppError`: too_many_requests beyond five streams of a user, unavailable while the app ends. */
  open(options: LiveStreamOptions): (signal: AbortSignal) => AsyncGenerator<LiveMessage, void, undefined>;
  /** How many are open. */
  count(): number;
  /** Ends all of them. */
  stop(): void;
}

interface Sources {
  bus: EventBus<LiveEvent>;
  feed: LiveFeed;
  setTimer: SetTimer;
  /** Told of readers that were given up because they read too slowly. */
  onSlowReader?: (userId: string) => void;
}

/** The live streams of all readers: first a snapshot, or what a returning reader has missed, then events and figures as they change. */
export function createLiveStreams({ bus, feed, setTimer, onSlowReader }: Sources): LiveStreams {
  const ofUser = new Map<string, number>();
  const ends = new Set<() => void>();
  const textOf = createTexts();
  let stopped = false;

  function take(userId: string): () => void {
    const open = ofUser.get(userId) ?? 0;
    if (open >= STREAMS_PER_USER) {
      const message = `There are ${STREAMS_PER_USER} live streams of this account already.`;
      throw new AppError("too_many_requests", message, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    ofUser.set(userId, open + 1);
    return () => {
      const left = (ofUser.get(userId) ?? 1) - 1;
      if (left > 0) ofUser.set(userId, left);
      else ofUser.delete(userId);
    };
  }

  async function* follow(
    { userId, audience, lastEventId, isStillAllowed }: LiveStreamOptions,
    signal: AbortSignal,
    release: () => void,
  ): AsyncGenerator<LiveMessage, void, undefined> {
    // Whoever is behind by more than everything had better begin anew.
    let most = BACKLOG_BYTES;
    const onOverflow = () => onSlowReader?.(userId);
    const queue = createEventQueue<LiveMessage>({ bytesMax: () => most, onOverflow });
    const push = (message: LiveMessage) => queue.push(message, message.json.length);
    const recheck = async () => {
      const allowed = await isStillAllowed().catch(() => false);
      if (!allowed) queue.close();
    };
    const leave = [
      release,
      bus.subscribe((numbered) => push(toMessage(numbered, audience))),
      feed.subscribe(audience, (data) => push({ event: "metrics", id: bus.lastId(), data, json: textOf(data) })),
      setRepeating(setTimer, recheck, { firstMs: RECHECK_MS, everyMs: RECHECK_MS }),
      () => void ends.delete(queue.close),
    ];
    ends.add(queue.close);
    signal.addEventListener("abort", queue.close, { once: true });
    try {
      const greeting = greet(audience, lastEventId);
      most = Math.max(most, ...greeting.map(({ json }) => json.length));
      yield* greeting;
      if (!signal.aborted && !stopped) yield* queue.read();
    } finally {
      for (const end of leave) end();
      signal.removeEventListener("abort", queue.close);
    }
  }

  /** All at one instant, so that nothing falls between it and what comes live. */
  function greet(audience: Audience, lastEventId: number | null): LiveMessage[] {
    const missed = lastEventId === null ? null : bus.since(lastEventId);
    const data = feed.told(audience);
    const json = textOf(data);
    const id = bus.lastId();
    if (!missed) return [{ event: "snapshot", id, data, json }];
    // Figures are not replayed: a returning reader gets them as they are now.
    const figures: LiveMessage = {
      event: "metrics",
      id,
      data: { ...data, removed: [] },
      json: `${json.slice(0, -1)},"removed":[]}`,
    };
    return [...missed.map((numbered) => toMessage(numbered, audience)), figures];
  }

  return {
    snapshot: feed.snapshot,
    open(options) {
      if (stopped)
        throw new AppError("unavailable", "The app is stopping.", { retryAfterSeconds: RETRY_AFTER_SECONDS });
      const release = take(options.userId);
      return (signal) => follow(options, signal, release);
    },
    count: () => ends.size,
    stop() {
      stopped = true;
      for (const end of [...ends]) end();
    },
  };
}

function toMessage({ id, event }: Numbered<LiveEvent>, { isAdmin }: Audience): LiveMessage {
  const data = event.type === "alert" ? toAlertWire(event.alert, isAdmin) : toEvent(event.decision, isAdmin);
  return { event: event.type, id, data, json: JSON.stringify(data) };
}

/** JSON of an object, written once for as long as the object is there. It must not change. */
function createTexts(): (data: object) => string {
  const texts = new WeakMap<object, string>();
  return (data) => {
    const text = texts.get(data) ?? JSON.stringify(data);
    texts.set(data, text);
    return text;
  };
}
