import type { Alert, AlertDelivery } from "../alert";
import type { AlertStore, ChannelStore, StoredChannel } from "../alert-store";

export interface MemoryAlertStore {
  store: AlertStore;
  channelStore: ChannelStore;
  alerts: Map<string, Alert>;
  deliveries: Map<string, AlertDelivery>;
  /** While true nothing can be read or written. */
  failing: boolean;
}

/** What the database does, kept in maps. */
export function createMemoryAlertStore(): MemoryAlertStore {
  const alerts = new Map<string, Alert>();
  const deliveries = new Map<string, AlertDelivery>();
  const channels = new Map<string, StoredChannel>();
  const check = () => {
    if (memory.failing) throw new Error("database is locked");
  };
  const withDeliveries = (alert: Alert) => ({
    ...alert,
    deliveries: [...deliveries.values()].filter(({ alertId }) => alertId === alert.id),
  });
  const memory: MemoryAlertStore = {
    alerts,
    deliveries,
    failing: false,
    store: {
      async load(since) {
        const wanted = [...alerts.values()].filter(
          ({ state, firedAt }) => state !== "resolved" || (firedAt ?? 0) >= since,
        );
        return { alerts: wanted, deliveries: [...deliveries.values()] };
      },
      async save(batch) {
        check();
        for (const alert of batch.alerts) alerts.set(alert.id, alert);
        for (const id of batch.withdrawn) alerts.delete(id);
        for (const delivery of batch.deliveries) deliveries.set(delivery.id, delivery);
      },
      async annotate(id, annotation) {
        check();
        const alert = alerts.get(id);
        if (alert) alerts.set(id, { ...alert, ...annotation });
      },
      async find(id) {
        const alert = alerts.get(id);
        return alert ? withDeliveries(alert) : null;
      },
      async list({ state, skip, limit }) {
        const wanted = [...alerts.values()].filter((alert) => state === "all" || alert.state === state);
        const newest = wanted.toSorted((a, b) => b.startedAt - a.startedAt);
        return { alerts: newest.slice(skip, skip + limit).map(withDeliveries), total: wanted.length };
      },
      async claim(before, now) {
        check();
        const stands = deliveries.get(before.id) ?? null;
        const mine = stands?.state === "waiting" && stands.attempts === before.attempts;
        if (mine) deliveries.set(now.id, now);
        return { mine, stands: mine ? now : stands };
      },
      async settle(delivery) {
        check();
        if (deliveries.has(delivery.id)) deliveries.set(delivery.id, delivery);
      },
      async prune() {},
    },
    channelStore: {
      list: async () => [...channels.values()],
      async save({ secret, ...channel }) {
        check();
        const kept = secret === undefined ? (channels.get(channel.id)?.secret ?? null) : secret;
        channels.set(channel.id, { ...channel, secret: kept, secretUnreadable: false });
      },
      async remove(id) {
        channels.delete(id);
      },
    },
  };
  return memory;
}
