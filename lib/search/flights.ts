export interface Flight<Value> {
  result: Promise<Value>;
  /** This waiter no longer needs the result; when the last one leaves, the work is aborted. To be called at most once. */
  leave(): void;
}

/** Work that several callers may share while it runs. */
export interface Flights<Value> {
  join(key: string, start: (signal: AbortSignal) => Promise<Value>): Flight<Value>;
}

export function createFlights<Value>(): Flights<Value> {
  const running = new Map<string, { result: Promise<Value>; controller: AbortController; waiters: number }>();

  return {
    join(key, start) {
      let flight = running.get(key);
      if (!flight) {
        const controller = new AbortController();
        const taken = { controller, waiters: 0, result: start(controller.signal) };
        const land = () => void (running.get(key) === taken && running.delete(key));
        taken.result.then(land, land);
        running.set(key, taken);
        flight = taken;
      }
      const joined = flight;
      joined.waiters++;
      return {
        result: joined.result,
        leave() {
          joined.waiters--;
          if (joined.waiters > 0) return;
          // Whoever comes next must not join what is being aborted.
          if (running.get(key) === joined) running.delete(key);
          joined.controller.abort();
        },
      };
    },
  };
}
