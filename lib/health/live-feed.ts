import type { z } from "zod";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import { type Audience, knowProvider } from "./known-providers";
import type { metricsSchema, snapshotSchema } from "./live-wire";
import type { HealthMonitor } from "./monitor";
import { toCircuitCounts, toSummary } from "./summary";
import { type SetTimer, setRepeating } from "./timers";
import { toStatusRow } from "./to-wire";

const EVERY_MS = 1000;
/** Of those without news, so many are looked at each time: windows also change when nothing happens. */
const SWEPT_AT_ONCE = 25;

export type Snapshot = z.infer<typeof snapshotSchema>;
export type Metrics = z.infer<typeof metricsSchema>;

export interface LiveFeedOptions {
  providers: Pick<ProviderCatalog, "list" | "get">;
  health: Pick<HealthMonitor, "view" | "thresholds">;
  selfOnline: () => boolean;
  clock: () => number;
  setTimer: SetTimer;
  /** Told of mistakes of our own. */
  report: (error: unknown) => void;
}

/** The state of all providers as an audience may know it, and what changes in it, worked out once for all who listen. */
export interface LiveFeed {
  snapshot(audience: Audience): Snapshot;
  /** The same as those who listen were told it, a second old at most: what comes next goes on from it. Made once for all of them. */
  told(audience: Audience): Snapshot;
  /** At most once a second, when something changed. Runs only while somebody listens. The answer ends it. */
  subscribe(audience: Audience, listener: (metrics: Metrics) => void): () => void;
  /** Something happened to this provider: it is looked at the next time. */
  touch(providerId: string): void;
}

type Row = Snapshot["providers"][number];

interface Channel {
  audience: Audience;
  listeners: Set<(metrics: Metrics) => void>;
  /** What its listeners have been shown. */
  shown: Map<string, { row: Row; text: string }>;
  /** All of that in one, made when it is asked for. */
  whole: Snapshot | null;
  online: boolean;
}

export function createLiveFeed({ providers, health, selfOnline, clock, setTimer, report }: LiveFeedOptions): LiveFeed {
  const channels = new Map<string, Channel>();
  const touched = new Set<string>();
  let swept = 0;
  let stop: (() => void) | null = null;

  function read(id: string, audience: Audience): Row {
    return toStatusRow(knowProvider({ providers, health }, id, audience));
  }

  function overview(rows: readonly Row[]) {
    return {
      at: new Date(clock()).toISOString(),
      self_online: selfOnline(),
      summary: toSummary(rows.map(({ state }) => state)),
      circuits: toCircuitCounts(rows.map(({ circuit }) => circuit.state)),
    };
  }

  function snapshot(audience: Audience): Snapshot {
    const rows = providers.list().map(({ id }) => read(id, audience));
    return { ...overview(rows), providers: rows };
  }

  async function look(): Promise<void> {
    try {
      tick();
    } catch (error) {
      report(error);
    }
  }

  function told(audience: Audience): Snapshot {
    const channel = channels.get(keyOf(audience));
    if (!channel) return snapshot(audience);
    const rows = () => [...channel.shown.values()].map(({ row }) => row);
    channel.whole ??= { ...overview(rows()), providers: rows() };
    return channel.whole;
  }

  function tick(): void {
    const ids = providers.list().map(({ id }) => id);
    const known = new Set(ids);
    const looked = new Set([...touched].filter((id) => known.has(id)));
    touched.clear();
    for (let count = 0; count < Math.min(SWEPT_AT_ONCE, ids.length); count++) {
      const id = ids[swept++ % ids.length];
      if (id !== undefined) looked.add(id);
    }
    for (const channel of channels.values()) tell(channel, known, looked);
  }

  function tell(channel: Channel, known: ReadonlySet<string>, looked: ReadonlySet<string>): void {
    const { audience, shown, listeners } = channel;
    const changed: Row[] = [];
    for (const id of looked) {
      const row = read(id, audience);
      const text = JSON.stringify(row);
      if (shown.get(id)?.text === text) continue;
      shown.set(id, { row, text });
      changed.push(row);
    }
    const removed = [...shown.keys()].filter((id) => !known.has(id));
    for (const id of removed) shown.delete(id);
    const head = overview([...shown.values()].map(({ row }) => row));
    if (changed.length === 0 && removed.length === 0 && head.self_online === channel.online) return;
    channel.online = head.self_online;
    channel.whole = null;
    const metrics = { ...head, providers: changed, removed };
    for (const listener of [...listeners]) listener(metrics);
  }

  function open(audience: Audience): Channel {
    const rows = snapshot(audience).providers.map((row) => [row.id, { row, text: JSON.stringify(row) }] as const);
    return { audience, listeners: new Set(), shown: new Map(rows), whole: null, online: selfOnline() };
  }

  return {
    snapshot,
    told,
    subscribe(audience, listener) {
      const key = keyOf(audience);
      const channel = channels.get(key) ?? open(audience);
      channels.set(key, channel);
      channel.listeners.add(listener);
      stop ??= setRepeating(setTimer, look, { firstMs: EVERY_MS, everyMs: EVERY_MS });
      return () => {
        channel.listeners.delete(listener);
        if (channel.listeners.size === 0) channels.delete(key);
        if (channels.size > 0) return;
        stop?.();
        stop = null;
      };
    },
    touch(id) {
      if (channels.size > 0) touched.add(id);
    },
  };
}

function keyOf({ isAdmin, timeZone }: Audience): string {
  return `${isAdmin} ${timeZone}`;
}
