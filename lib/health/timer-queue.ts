import type { SetTimer } from "./timers";

export interface TimerQueue {
  /** Runs `onDue(key)` at `at`; a time set before for the key no longer counts. */
  set(key: string, at: number): void;
  remove(key: string): void;
  find(key: string): number | null;
  stop(): void;
}

interface Entry {
  at: number;
  key: string;
}

interface TimerQueueOptions {
  clock: () => number;
  setTimer: SetTimer;
  onDue: (key: string) => void;
}

/** Any number of due times behind one timer, which is set for the next of them: a binary heap in which replaced entries stay until they surface. */
export function createTimerQueue({ clock, setTimer, onDue }: TimerQueueOptions): TimerQueue {
  const planned = new Map<string, number>();
  let heap: Entry[] = [];
  let armed: { at: number; cancel: () => void } | null = null;

  function arm(): void {
    while (heap[0] && planned.get(heap[0].key) !== heap[0].at) pop(heap);
    const next = heap[0]?.at ?? null;
    if (armed && armed.at === next) return;
    armed?.cancel();
    armed = next === null ? null : { at: next, cancel: setTimer(fire, next - clock()) };
  }

  function fire(): void {
    armed = null;
    const now = clock();
    for (let first = heap[0]; first && first.at <= now; first = heap[0]) {
      pop(heap);
      if (planned.get(first.key) !== first.at) continue;
      planned.delete(first.key);
      onDue(first.key);
    }
    arm();
  }

  return {
    set(key, at) {
      if (planned.get(key) === at) return;
      planned.set(key, at);
      push(heap, { at, key });
      if (heap.length > 4 * planned.size + 64) heap = rebuild(planned);
      arm();
    },
    remove(key) {
      planned.delete(key);
    },
    find: (key) => planned.get(key) ?? null,
    stop() {
      planned.clear();
      heap = [];
      armed?.cancel();
      armed = null;
    },
  };
}

function rebuild(planned: ReadonlyMap<string, number>): Entry[] {
  return [...planned].map(([key, at]) => ({ at, key })).sort((a, b) => a.at - b.at);
}

function push(heap: Entry[], entry: Entry): void {
  let index = heap.length;
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex];
    if (!parent || parent.at <= entry.at) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let index = 0;
  for (;;) {
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    const child = right && left && right.at < left.at ? right : left;
    if (!child || child.at >= last.at) break;
    heap[index] = child;
    index = 2 * index + (child === right ? 2 : 1);
  }
  heap[index] = last;
}
