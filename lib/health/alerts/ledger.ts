import type { Logger } from "pino";
import type { SetTimer } from "@/lib/health/timers";
import type { Alert, AlertDelivery, DeliveryEvent } from "./alert";
import type { AlertBatch, AlertStore } from "./alert-store";
import type { ChannelTarget } from "./channel";
import type { AlertChange } from "./life-cycle";
import type { Outbox } from "./outbox";
import { toPayload } from "./payload";

const RETRY_MS = 5000;

/** Writes down what looks decide, with the messages that follow from it, and hands those on once they are stored. */
export interface Ledger {
  take(changes: readonly AlertChange[]): void;
  /** All that was taken has been written, or cannot be now. */
  settled(): Promise<void>;
  stop(): void;
}

interface LedgerOptions {
  store: Pick<AlertStore, "save">;
  outbox: Pick<Outbox, "hold" | "release" | "releaseUnstored" | "latest" | "of" | "close">;
  channels: () => readonly ChannelTarget[];
  clock: () => number;
  newId: () => string;
  setTimer: SetTimer;
  log: Logger;
  publicUrl: string | null;
}

interface Unwritten {
  alerts: Map<string, Alert>;
  withdrawn: Set<string>;
  deliveries: Map<string, AlertDelivery>;
}

export function createLedger(options: LedgerOptions): Ledger {
  const { store, outbox, channels, clock, newId, setTimer, log, publicUrl } = options;
  let unwritten = nothing();
  let writing: Promise<void> = Promise.resolve();
  let cancelRetry: (() => void) | null = null;
  let failing = false;
  let stopped = false;

  function toMessages(change: AlertChange): AlertDelivery[] {
    const { alert } = change;
    if (change.kind === "fired") {
      const payload = toPayload(alert, { event: "firing", text: alert.text, publicUrl });
      return channels()
        .filter(({ enabled }) => enabled)
        .map((channel) => toMessage(alert, channel, { event: "firing", payload }));
    }
    if (change.kind !== "resolved") return [];
    const payload = toPayload(alert, { event: "resolved", text: change.endText, publicUrl });
    const told = outbox.of(alert.id).filter(({ event, state }) => event === "firing" && state !== "failed");
    return told.map(({ channelId: id, channelKind: kind, channelName: name }) =>
      toMessage(alert, { id, kind, name }, { event: "resolved", payload }),
    );
  }

  function toMessage(
    { id: alertId }: Alert,
    channel: Pick<ChannelTarget, "id" | "kind" | "name">,
    message: { event: DeliveryEvent; payload: string },
  ): AlertDelivery {
    return {
      id: newId(),
      alertId,
      channelId: channel.id,
      channelKind: channel.kind,
      channelName: channel.name,
      ...message,
      state: "waiting",
      attempts: 0,
      createdAt: clock(),
      nextAttemptAt: clock(),
      deliveredAt: null,
      error: null,
    };
  }

  async function write(): Promise<void> {
    const taken = unwritten;
    if (taken.alerts.size + taken.withdrawn.size + taken.deliveries.size === 0) return;
    unwritten = nothing();
    const deliveries = [...taken.deliveries.values()];
    const batch: AlertBatch = {
      alerts: [...taken.alerts.values()],
      withdrawn: [...taken.withdrawn],
      deliveries: deliveries.map(outbox.latest),
    };
    try {
      await store.save(batch);
      if (failing) log.info({ event: "alerts.written_again" }, "alerts are written again");
      failing = false;
      outbox.release(deliveries);
    } catch (error) {
      if (!failing)
        log.error({ event: "alerts.not_written", err: error }, "alerts cannot be written; they are sent all the same");
      failing = true;
      unwritten = merge(taken, unwritten);
      outbox.releaseUnstored(deliveries);
      planRetry();
    }
  }

  function planRetry(): void {
    cancelRetry?.();
    cancelRetry = stopped ? null : setTimer(flush, RETRY_MS);
  }

  function flush(): void {
    writing = writing.then(write);
  }

  return {
    take(changes) {
      if (changes.length === 0) return;
      for (const change of changes) {
        const { kind, alert } = change;
        if (kind === "withdrawn") {
          unwritten.alerts.delete(alert.id);
          unwritten.withdrawn.add(alert.id);
          continue;
        }
        unwritten.alerts.set(alert.id, alert);
        const messages = toMessages(change);
        for (const message of messages) unwritten.deliveries.set(message.id, message);
        outbox.hold(messages);
        if (kind === "resolved") outbox.close(alert.id);
      }
      flush();
    },
    settled: () => writing,
    stop() {
      stopped = true;
      cancelRetry?.();
    },
  };
}

function nothing(): Unwritten {
  return { alerts: new Map(), withdrawn: new Set(), deliveries: new Map() };
}

/** What came later holds. */
function merge(earlier: Unwritten, later: Unwritten): Unwritten {
  const alerts = new Map([...earlier.alerts, ...later.alerts]);
  for (const id of later.withdrawn) alerts.delete(id);
  return {
    alerts,
    withdrawn: new Set([...earlier.withdrawn, ...later.withdrawn]),
    deliveries: new Map([...earlier.deliveries, ...later.deliveries]),
  };
}
