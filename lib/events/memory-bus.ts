import type { EventBus, Numbered } from "./event-bus";

export interface MemoryBusOptions {
  /** Numbers go on after this one. */
  lastId: number;
  /** How many events are kept for replay. */
  keep?: number;
  /** Told of a listener's mistake. */
  report: (error: unknown) => void;
}

const KEPT = 1000;

/** A bus within one process. What it keeps is a ring: it never grows beyond `keep`. */
export function createMemoryBus<Event>({ lastId: first, keep = KEPT, report }: MemoryBusOptions): EventBus<Event> {
  const listeners = new Set<(numbered: Numbered<Event>) => void>();
  const ring: Numbered<Event>[] = [];
  let published = 0;
  let lastId = first;
  /** The number before the oldest that is kept. */
  let floor = first;

  function store(numbered: Numbered<Event>): void {
    const at = published % keep;
    floor = ring[at]?.id ?? floor;
    ring[at] = numbered;
    published++;
  }

  return {
    publish(event, id) {
      lastId = id !== undefined && id > lastId ? id : lastId + 1;
      const numbered = { id: lastId, event };
      store(numbered);
      for (const listener of listeners) {
        try {
          listener(numbered);
        } catch (error) {
          report(error);
        }
      }
      return numbered;
    },
    subscribe(listener) {
      // Wrapped, so that the same function may subscribe twice and end one of both.
      const own = (numbered: Numbered<Event>) => listener(numbered);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    since(id) {
      if (id < floor || id > lastId) return null;
      const oldest = published % keep;
      const inOrder = ring.length < keep ? ring : [...ring.slice(oldest), ...ring.slice(0, oldest)];
      return inOrder.filter((numbered) => numbered.id > id);
    },
    lastId: () => lastId,
  };
}
