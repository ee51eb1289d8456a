import type { Logger } from "pino";
import type { SetTimer } from "@/lib/health/timers";
import type { AlertDelivery, ChannelKind } from "./alert";
import type { AlertStore } from "./alert-store";
import { backoffMs, GIVE_UP_AFTER_MS } from "./backoff";
import { type ChannelTarget, SendError, type SendMessage } from "./channel";

/** An attempt that is not heard of again was cut off, by the end of the process for one. */
const LEASE_MS = 15_000;
/** After a start whatever waits is tried soon: the receiver may be back by now. */
const SOON_MS = 1000;
const SETTLE_AGAIN_MS = 10_000;

export interface DeliveryAttempt {
  channel: ChannelKind;
  outcome: "delivered" | "failed";
}

/** Sends what is stored, again and again until it is delivered or a day has gone by. */
export interface Outbox {
  /** Makes them known; they are sent once `release` says that they are stored. */
  hold(deliveries: readonly AlertDelivery[]): void;
  release(deliveries: readonly AlertDelivery[]): void;
  /** They could not be stored: better sent without than not at all. Told again with `release` once they are. */
  releaseUnstored(deliveries: readonly AlertDelivery[]): void;
  /** The delivery as it stands now. */
  latest(delivery: AlertDelivery): AlertDelivery;
  /** All that is known of this alert's messages. */
  of(alertId: string): AlertDelivery[];
  /** The alert is over: forgotten once nothing of it waits. */
  close(alertId: string): void;
  /** Takes up what an earlier process left. */
  resume(deliveries: readonly AlertDelivery[]): void;
  stop(): void;
}

interface OutboxOptions {
  store: Pick<AlertStore, "claim" | "settle">;
  /** Null when it is gone. */
  findChannel: (id: string) => ChannelTarget | null;
  send: SendMessage;
  clock: () => number;
  random: () => number;
  setTimer: SetTimer;
  log: Logger;
  onAttempt?: (attempt: DeliveryAttempt) => void;
}

/** One message at a time to each channel, a resolve only after its firing was delivered. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { store, findChannel, send, clock, random, setTimer, log, onAttempt } = options;
  const known = new Map<string, AlertDelivery>();
  const held = new Set<string>();
  const unstored = new Set<string>();
  const closed = new Set<string>();
  const busy = new Set<string>();
  let cancel: (() => void) | null = null;
  let stopped = false;

  function plan(): void {
    cancel?.();
    cancel = null;
    if (stopped) return;
    const due = [...known.values()].flatMap((one) => (isReady(one) ? (one.nextAttemptAt ?? clock()) : []));
    if (due.length > 0) cancel = setTimer(run, Math.max(0, Math.min(...due) - clock()));
  }

  function isReady(delivery: AlertDelivery): boolean {
    if (delivery.state !== "waiting" || held.has(delivery.id) || busy.has(delivery.channelId)) return false;
    return delivery.event === "firing" || findFiring(delivery)?.state !== "waiting";
  }

  function findFiring({ alertId, channelId }: AlertDelivery): AlertDelivery | undefined {
    return of(alertId).find((one) => one.channelId === channelId && one.event === "firing");
  }

  function of(alertId: string): AlertDelivery[] {
    return [...known.values()].filter((one) => one.alertId === alertId);
  }

  function run(): void {
    const now = clock();
    const due = [...known.values()]
      .filter((one) => isReady(one) && (one.nextAttemptAt ?? now) <= now)
      .sort((a, b) => a.createdAt - b.createdAt);
    for (const delivery of due) {
      if (busy.has(delivery.channelId)) continue;
      busy.add(delivery.channelId);
      void attempt(delivery).then(() => {
        busy.delete(delivery.channelId);
        plan();
      });
    }
    plan();
  }

  async function attempt(before: AlertDelivery): Promise<void> {
    try {
      const taken = await claim(before);
      if (taken) await settle(await deliver(taken));
    } catch (error) {
      log.error({ event: "alert.delivery_error", err: error, delivery: before.id }, "a message could not be handled");
    }
  }

  /** Null when somebody else has it. A database that cannot be asked keeps no alert back. */
  async function claim(before: AlertDelivery): Promise<AlertDelivery | null> {
    const taken = { ...before, attempts: before.attempts + 1, nextAttemptAt: clock() + LEASE_MS };
    known.set(taken.id, taken);
    if (unstored.has(taken.id)) return taken;
    try {
      const { mine, stands } = await store.claim(before, taken);
      if (mine) return taken;
      if (stands) known.set(stands.id, stands);
      else known.delete(before.id);
      return null;
    } catch (error) {
      log.warn(
        { event: "alert.outbox_unwritten", err: error },
        "the outbox cannot be written; alerts are sent all the same",
      );
      return taken;
    }
  }

  async function deliver(delivery: AlertDelivery): Promise<AlertDelivery> {
    const channel = findChannel(delivery.channelId);
    const refusal = whyNot(delivery, channel);
    if (!channel || refusal) return { ...delivery, state: "failed", nextAttemptAt: null, error: refusal };
    try {
      await send(channel, { key: `${delivery.alertId}:${delivery.event}`, payload: delivery.payload });
      onAttempt?.({ channel: delivery.channelKind, outcome: "delivered" });
      return { ...delivery, state: "delivered", nextAttemptAt: null, deliveredAt: clock(), error: null };
    } catch (error) {
      if (stopped) return delivery;
      onAttempt?.({ channel: delivery.channelKind, outcome: "failed" });
      return failed(delivery, error);
    }
  }

  function whyNot({ event, ...delivery }: AlertDelivery, channel: ChannelTarget | null): string | null {
    if (!channel) return "The channel has been removed.";
    if (!channel.enabled) return "The channel is switched off.";
    const firing = findFiring({ event, ...delivery });
    return event === "resolved" && firing?.state !== "delivered" ? "That it began was never delivered." : null;
  }

  function failed(delivery: AlertDelivery, error: unknown): AlertDelivery {
    const message = error instanceof SendError ? error.message : "It could not be sent.";
    const now = clock();
    const ageMs = now - delivery.createdAt;
    const isLast = ageMs >= GIVE_UP_AFTER_MS;
    const fields = {
      channel: delivery.channelName,
      alert: delivery.alertId,
      attempts: delivery.attempts,
      reason: message,
    };
    if (error instanceof SendError)
      log.warn({ event: "alert.not_delivered", ...fields }, "a message about an alert failed");
    else log.error({ event: "alert.not_delivered", err: error, ...fields }, "a message about an alert failed");
    if (isLast) return { ...delivery, state: "failed", nextAttemptAt: null, error: message };
    const nextAttemptAt = now + backoffMs(delivery.attempts, { ageMs, random: random() });
    return { ...delivery, nextAttemptAt, error: message };
  }

  async function settle(delivery: AlertDelivery): Promise<void> {
    known.set(delivery.id, delivery);
    if (!unstored.has(delivery.id)) await write(delivery);
    tidy(delivery.alertId);
  }

  /** What cannot be written now is written later; a restart before that sends it once more, under the same key. */
  async function write(delivery: AlertDelivery): Promise<void> {
    try {
      await store.settle(delivery);
    } catch (error) {
      log.warn({ event: "alert.outbox_unwritten", err: error }, "the outbox cannot be written");
      setTimer(() => {
        if (!stopped && (known.get(delivery.id) ?? delivery) === delivery) void write(delivery);
      }, SETTLE_AGAIN_MS);
    }
  }

  function tidy(alertId: string): void {
    const all = of(alertId);
    if (!closed.has(alertId) || all.some(({ id, state }) => state === "waiting" || unstored.has(id))) return;
    closed.delete(alertId);
    for (const { id } of all) known.delete(id);
  }

  return {
    hold(deliveries) {
      for (const delivery of deliveries) {
        known.set(delivery.id, delivery);
        held.add(delivery.id);
      }
    },
    release(deliveries) {
      for (const { id, alertId } of deliveries) {
        held.delete(id);
        unstored.delete(id);
        tidy(alertId);
      }
      plan();
    },
    releaseUnstored(deliveries) {
      for (const { id } of deliveries) {
        held.delete(id);
        unstored.add(id);
      }
      plan();
    },
    latest: (delivery) => known.get(delivery.id) ?? delivery,
    of,
    close(alertId) {
      closed.add(alertId);
      tidy(alertId);
    },
    resume(deliveries) {
      const soon = clock() + SOON_MS;
      for (const one of deliveries) {
        const nextAttemptAt = one.state === "waiting" ? Math.min(one.nextAttemptAt ?? soon, soon) : null;
        known.set(one.id, { ...one, nextAttemptAt });
      }
      plan();
    },
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}
