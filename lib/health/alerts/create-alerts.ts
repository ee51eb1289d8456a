import type { Logger } from "pino";
import { AppError } from "@/lib/errors";
import type { StoredEvent } from "@/lib/health/health-store";
import type { ConnectivityChange } from "@/lib/health/intake";
import { type SetTimer, setRepeating } from "@/lib/health/timers";
import type { Transport } from "@/lib/providers/transport";
import type { Alert, Severity } from "./alert";
import type { AlertStore, Annotation, ChannelStore } from "./alert-store";
import type { Alerts, ListedAlert } from "./alerts";
import { SendError } from "./channel";
import { createChannelBook } from "./channel-book";
import { createLedger } from "./ledger";
import type { AlertChange } from "./life-cycle";
import { createOutbox, type DeliveryAttempt } from "./outbox";
import { toTestPayload } from "./payload";
import { createSelfWatch } from "./self-watch";
import { createSender } from "./send-message";
import { type AlertWatch, createAlertWatch, type WatchOptions } from "./watch";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const KEPT_MS = 2 * 366 * DAY_MS;
const PRUNE_EVERY_MS = DAY_MS;
const FIRST_PRUNE_MS = 2 * MINUTE_MS;

/** Alerts, and what they have to be told. */
export interface AlertService extends Alerts {
  onSample: AlertWatch["noteSample"];
  onDecision(decision: Pick<StoredEvent, "providerId">): void;
  onConnectivity(change: ConnectivityChange): void;
  /** Whether history cannot be written. */
  onTrouble(failing: boolean): void;
  /** The engine is alive. Epoch milliseconds. */
  onTick(at: number): void;
  /** Takes up what is stored. */
  start(): Promise<void>;
  /** Writes what is decided; what is not sent yet is sent by the next process. */
  stop(): Promise<void>;
}

export interface AlertServiceOptions
  extends Pick<WatchOptions, "providers" | "health" | "settings" | "findTlsExpiry" | "clock" | "setTimer" | "newId"> {
  store: AlertStore;
  channelStore: ChannelStore;
  /** The webhook of the environment. */
  environment: { url: string; secret: string | null } | null;
  transport: Transport;
  userAgent: string;
  /** Where people reach the instance; null when nobody said. */
  publicUrl: string | null;
  random: () => number;
  setTimer: SetTimer;
  log: Logger;
  /** Told of every alert that fires, changes or ends. */
  onAlert?: (alert: Alert) => void;
  onFired?: (alert: Alert) => void;
  /** How many fire now. */
  onFiring?: (counts: Record<Severity, number>) => void;
  onAttempt?: (attempt: DeliveryAttempt) => void;
  /** A mistake of our own. */
  onError?: (error: unknown) => void;
}

export function createAlerts(options: AlertServiceOptions): AlertService {
  const { store, clock, setTimer, newId, log, publicUrl, environment, transport, userAgent } = options;
  const ending = new AbortController();
  const self = createSelfWatch(clock());
  const channels = createChannelBook({ store: options.channelStore, environment, newId });
  const send = createSender({ log, transport, userAgent, signal: ending.signal });
  const outbox = createOutbox({
    store,
    findChannel: channels.find,
    send,
    clock,
    random: options.random,
    setTimer,
    log,
    onAttempt: (attempt) => options.onAttempt?.(attempt),
  });
  const ledger = createLedger({ store, outbox, channels: channels.all, clock, newId, setTimer, log, publicUrl });
  const watch = createAlertWatch({
    ...options,
    self,
    onChanges: record,
    report(error) {
      log.error({ event: "alerts.error", err: error }, "alerts met a mistake of our own");
      options.onError?.(error);
    },
  });
  let endPruning = () => {};

  function record(changes: readonly AlertChange[]): void {
    ledger.take(changes);
    for (const { kind, alert } of changes) {
      if (kind === "fired") options.onFired?.(alert);
      if (kind !== "pending" && kind !== "withdrawn") options.onAlert?.(alert);
    }
    if (changes.length > 0) options.onFiring?.(countFiring());
  }

  function countFiring(): Record<Severity, number> {
    const counts = { info: 0, warning: 0, critical: 0 };
    for (const { state, severity } of watch.open()) if (state === "firing") counts[severity]++;
    return counts;
  }

  async function annotate(id: string, annotation: Annotation): Promise<ListedAlert> {
    if (!watch.open().some((alert) => alert.id === id)) {
      if (await store.find(id)) throw new AppError("conflict", "The alert is over.");
      throw new AppError("not_found", "There is no such alert.");
    }
    await ledger.settled();
    await store.annotate(id, annotation);
    const alert = watch.annotate(id, annotation);
    if (alert) options.onAlert?.(alert);
    const stored = await store.find(id);
    if (!stored) throw new AppError("conflict", "The alert is over.");
    return stored;
  }

  async function prune(): Promise<void> {
    try {
      await store.prune(clock() - KEPT_MS);
    } catch (error) {
      log.warn({ event: "alerts.not_pruned", err: error }, "old alerts could not be deleted");
    }
  }

  return {
    list: ({ state, page, limit }) => store.list({ state, skip: (page - 1) * limit, limit }),
    countFiring,
    acknowledge: (id, actor) => annotate(id, { acknowledgedAt: clock(), acknowledgedBy: actor }),
    snooze: (id, minutes) => annotate(id, { snoozedUntil: clock() + minutes * MINUTE_MS }),
    listChannels: async () => channels.list(),
    addChannel: channels.add,
    changeChannel: channels.change,
    removeChannel: channels.remove,
    async testChannel(id) {
      const target = channels.find(id);
      if (!target) throw new AppError("not_found", "There is no such channel.");
      const startedAt = clock();
      const testId = newId();
      const payload = toTestPayload(testId, { now: startedAt, publicUrl });
      const error = await send(target, { key: `${testId}:test`, payload }).then(
        () => null,
        (reason: unknown) => {
          if (reason instanceof SendError) return reason.message;
          throw reason;
        },
      );
      return { delivered: error === null, error, tookMs: clock() - startedAt };
    },
    onSample: watch.noteSample,
    onDecision: ({ providerId }) => watch.touch(providerId),
    onConnectivity(change) {
      self.noteConnectivity(change);
      watch.touchSelf();
    },
    onTrouble(failing) {
      self.noteTrouble(failing);
      watch.touchSelf();
    },
    onTick: self.noteTick,
    async start() {
      await channels.load();
      const { alerts, deliveries } = await store.load(clock() - DAY_MS);
      outbox.resume(deliveries);
      const open = new Set(alerts.flatMap(({ id, state }) => (state === "resolved" ? [] : id)));
      for (const { alertId } of deliveries) if (!open.has(alertId)) outbox.close(alertId);
      watch.start(alerts);
      options.onFiring?.(countFiring());
      endPruning = setRepeating(setTimer, prune, { firstMs: FIRST_PRUNE_MS, everyMs: PRUNE_EVERY_MS });
    },
    async stop() {
      watch.stop();
      endPruning();
      outbox.stop();
      ledger.stop();
      ending.abort();
      await ledger.settled();
    },
  };
}
