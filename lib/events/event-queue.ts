/** What waits for one reader. Filled at any pace; a reader that falls too far behind is given up. */
export interface EventQueue<Item> {
  /** Ignored after the end. */
  push(item: Item, bytes: number): void;
  /** Drops what waits and ends the reading. */
  close(): void;
  /** For one reader; ends when the queue is closed. */
  read(): AsyncGenerator<Item, void, undefined>;
}

export interface EventQueueOptions {
  /** What may wait. A single item may be larger: a reader that keeps up takes it as well. */
  bytesMax: number | (() => number);
  /** Told when more waits than allowed; the queue is closed then. */
  onOverflow?: () => void;
}

export function createEventQueue<Item>({ bytesMax, onOverflow }: EventQueueOptions): EventQueue<Item> {
  let waiting: { item: Item; bytes: number }[] = [];
  let waitingBytes = 0;
  let closed = false;
  let wake: (() => void) | null = null;

  function close(): void {
    closed = true;
    waiting = [];
    waitingBytes = 0;
    wake?.();
  }

  return {
    push(item, bytes) {
      if (closed) return;
      if (waiting.length > 0 && waitingBytes + bytes > (typeof bytesMax === "number" ? bytesMax : bytesMax())) {
        close();
        onOverflow?.();
        return;
      }
      waiting.push({ item, bytes });
      waitingBytes += bytes;
      wake?.();
    },
    close,
    async *read() {
      while (!closed) {
        const next = waiting.shift();
        if (next) {
          waitingBytes -= next.bytes;
          yield next.item;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          wake = null;
        }
      }
    },
  };
}
