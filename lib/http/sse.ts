export interface ServerSentEvent {
  event: string;
  /** Sent as one line of JSON. */
  data: unknown;
  /** The data as text, where that has been written already. */
  json?: string;
  /** The number of the event in this stream when left out. */
  id?: string | number;
}

export interface EventStreamOptions {
  /** Makes the events; its signal aborts when the client has left. */
  events: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>;
  /** The request's. */
  signal: AbortSignal;
  heartbeatMs?: number;
  /** How long a browser waits before it comes back. */
  retryMs?: number;
  /** Told when the events end with an error; the client only sees the stream end. */
  report?: (error: unknown) => void;
}

const HEARTBEAT_MS = 15_000;
/** What may wait for a slow client before the source is made to wait too. */
const BUFFERED_BYTES = 16 * 1024;

/** A stream of server-sent events, with ids, that no proxy may hold back, and a comment now and then so that none closes it. */
export function eventStream(options: EventStreamOptions): Response {
  const { signal, heartbeatMs = HEARTBEAT_MS } = options;
  const left = new AbortController();
  const leave = () => left.abort();
  if (signal.aborted) leave();
  signal.addEventListener("abort", leave, { once: true });
  const encoder = new TextEncoder();

  const room = createRoom(left.signal);
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => {
          if (!left.signal.aborted) controller.enqueue(encoder.encode(text));
        };
        const heartbeat = setInterval(() => send(": ping\n\n"), heartbeatMs);
        send(options.retryMs === undefined ? ": open\n\n" : `retry: ${options.retryMs}\n\n`);
        // Not waited for: a stream asks for nothing while its start is under way.
        void (async () => {
          let number = 0;
          try {
            for await (const { event, data, json, id } of options.events(left.signal)) {
              number++;
              send(`id: ${id ?? number}\nevent: ${event}\ndata: ${json ?? JSON.stringify(data)}\n\n`);
              if (!left.signal.aborted && (controller.desiredSize ?? 0) <= 0) await room.wait();
              if (left.signal.aborted) break;
            }
          } catch (error) {
            if (!left.signal.aborted) options.report?.(error);
          } finally {
            clearInterval(heartbeat);
            signal.removeEventListener("abort", leave);
            closeQuietly(controller);
          }
        })();
      },
      pull: room.open,
      cancel: leave,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BUFFERED_BYTES }),
  );
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

/** Lets one side wait until the other makes room or leaves. */
function createRoom(left: AbortSignal) {
  let open = () => {};
  left.addEventListener("abort", () => open(), { once: true });
  return {
    open: () => open(),
    wait: () =>
      new Promise<void>((resolve) => {
        open = resolve;
      }),
  };
}

/** A stream that its reader cancelled is closed already. */
function closeQuietly(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close();
  } catch {
    // Cancelled.
  }
}
