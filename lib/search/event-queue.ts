export interface EventQueue<Event> {
  push(event: Event): void;
  /** What was pushed before still comes; later pushes are dropped. */
  close(): void;
  /** To be read by one consumer. */
  events(): AsyncGenerator<Event, void, undefined>;
}

/** From callbacks to an async iterable, without limit: made for few events. */
export function createEventQueue<Event>(): EventQueue<Event> {
  const waiting: Event[] = [];
  let isClosed = false;
  let wake = () => {};
  return {
    push(event) {
      if (isClosed) return;
      waiting.push(event);
      wake();
    },
    close() {
      isClosed = true;
      wake();
    },
    async *events() {
      while (true) {
        for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) yield event;
        if (isClosed) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
