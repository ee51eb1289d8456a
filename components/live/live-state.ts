import type { LiveAlert, LiveMessage, LiveRow, LiveSnapshot, LiveTransition } from "./live-message";

const TRANSITIONS_KEPT = 200;
const ALERTS_KEPT = 200;

/** What the stream has told so far. Rows that did not change stay the same objects. */
export interface LiveState {
  /** In the server's order. */
  rows: readonly LiveRow[];
  selfOnline: boolean;
  summary: LiveSnapshot["summary"];
  circuits: LiveSnapshot["circuits"];
  /** When the newest figures were made, epoch milliseconds of the server. */
  at: number;
  /** Those heard since the page was opened, newest first. */
  transitions: readonly LiveTransition[];
  /** Those heard since the page was opened, each as it is now, the last heard first. */
  alerts: readonly LiveAlert[];
  /** Where to go on after a break; null before the first message. */
  lastEventId: number | null;
  /** How many snapshots have come. With each but the first, transitions and alerts may have been missed. */
  snapshots: number;
}

/** The state before any message, from what the page was rendered with. */
export function toLiveState(snapshot: LiveSnapshot): LiveState {
  return {
    ...toFigures(snapshot),
    rows: snapshot.providers,
    transitions: [],
    alerts: [],
    lastEventId: null,
    snapshots: 0,
  };
}

/** The state after one more message. `state` null: the first one; anything but a snapshot says nothing then. */
export function applyLive(state: LiveState | null, message: LiveMessage): LiveState | null {
  if (message.event === "snapshot") {
    const before = state ?? toLiveState(message.data);
    return {
      ...before,
      ...toFigures(message.data),
      rows: message.data.providers,
      lastEventId: message.id,
      snapshots: before.snapshots + 1,
    };
  }
  if (!state) return null;
  const lastEventId = message.id;
  switch (message.event) {
    case "metrics":
      return { ...state, ...toFigures(message.data), rows: replaceRows(state.rows, message.data), lastEventId };
    case "transition":
      return { ...state, transitions: addTransition(state.transitions, message.data), lastEventId };
    case "alert": {
      const others = state.alerts.filter(({ id }) => id !== message.data.id);
      return { ...state, alerts: [message.data, ...others].slice(0, ALERTS_KEPT), lastEventId };
    }
  }
}

function toFigures({ at, self_online, summary, circuits }: Omit<LiveSnapshot, "providers">) {
  return { at: Date.parse(at), selfOnline: self_online, summary, circuits };
}

type Metrics = Extract<LiveMessage, { event: "metrics" }>["data"];

function replaceRows(rows: readonly LiveRow[], { providers, removed, summary }: Metrics): readonly LiveRow[] {
  // A reader that comes back is told all rows: one that is not among them is no more.
  if (providers.length === summary.total) return providers;
  if (providers.length === 0 && removed.length === 0) return rows;
  const news = new Map(providers.map((row) => [row.id, row]));
  const gone = new Set(removed);
  const kept = rows.filter(({ id }) => !gone.has(id)).map((row) => news.get(row.id) ?? row);
  const known = new Set(rows.map(({ id }) => id));
  return [...kept, ...providers.filter(({ id }) => !known.has(id))];
}

function addTransition(before: readonly LiveTransition[], one: LiveTransition): readonly LiveTransition[] {
  if (before.some(({ id }) => id === one.id)) return before;
  return [one, ...before].sort((a, b) => b.id - a.id).slice(0, TRANSITIONS_KEPT);
}
