import "server-only";
import type { AlertDelivery } from "@/lib/health/alerts/alert";
import type { AlertBatch, AlertStore, Annotation } from "@/lib/health/alerts/alert-store";
import type { AlertFilter } from "@/lib/health/alerts/alerts";
import {
  toAlert,
  toAlertFields,
  toAttemptFields,
  toDate,
  toDelivery,
  toListedAlert,
  toNewAlert,
  toNewDelivery,
} from "./alert-record";
import type { Client, Transaction } from "./client";
import { inChunks } from "./in-chunks";

const DELETED_AT_ONCE = 500;
const OPEN = { in: ["pending", "firing"] };
const IN_ORDER = { deliveries: { orderBy: [{ createdAt: "asc" as const }, { id: "asc" as const }] } };

/** Alerts and the outbox in the database. */
export function createAlertStore(client: Client): AlertStore {
  return {
    async load(since) {
      const from = new Date(since);
      const told = { OR: [{ state: OPEN }, { firedAt: { gte: from } }, { snoozedUntil: { gte: from } }] };
      const waits = { OR: [{ state: OPEN }, { deliveries: { some: { state: "waiting" } } }] };
      const alerts = await client.alert.findMany({ where: told, orderBy: { startedAt: "asc" } });
      const deliveries = await client.alertDelivery.findMany({
        where: { alert: waits },
        orderBy: { createdAt: "asc" },
      });
      return { alerts: alerts.map(toAlert), deliveries: deliveries.map(toDelivery) };
    },
    save: (batch) => client.$transaction((transaction) => saveBatch(transaction, batch)),
    async annotate(id, annotation) {
      await client.alert.updateMany({ where: { id }, data: toAnnotationFields(annotation) });
    },
    async find(id) {
      const row = await client.alert.findUnique({ where: { id }, include: IN_ORDER });
      return row && toListedAlert(row);
    },
    async list({ state, skip, limit }) {
      const where = whereState(state);
      const orderBy = [{ startedAt: "desc" as const }, { id: "desc" as const }];
      const rows = await client.alert.findMany({ where, orderBy, skip, take: limit, include: IN_ORDER });
      return { alerts: rows.map(toListedAlert), total: await client.alert.count({ where }) };
    },
    async claim(before, now) {
      const { id, attempts } = before;
      const where = { id, attempts, state: "waiting" };
      const { count } = await client.alertDelivery.updateMany({ where, data: toAttemptFields(now) });
      if (count > 0) return { mine: true, stands: now };
      const row = await client.alertDelivery.findUnique({ where: { id } });
      return { mine: false, stands: row && toDelivery(row) };
    },
    async settle(delivery) {
      await client.alertDelivery.updateMany({ where: { id: delivery.id }, data: toAttemptFields(delivery) });
    },
    async prune(endedBefore) {
      for (;;) {
        const old = await client.alert.findMany({
          where: { state: "resolved", resolvedAt: { lt: new Date(endedBefore) } },
          take: DELETED_AT_ONCE,
          select: { id: true },
        });
        await client.alert.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
        if (old.length < DELETED_AT_ONCE) break;
      }
    },
  };
}

async function saveBatch(transaction: Transaction, { alerts, withdrawn, deliveries }: AlertBatch): Promise<void> {
  for (const alert of alerts) {
    await transaction.alert.upsert({
      where: { id: alert.id },
      create: toNewAlert(alert),
      update: toAlertFields(alert),
    });
  }
  for (const some of inChunks(withdrawn)) await transaction.alert.deleteMany({ where: { id: { in: some } } });
  for (const delivery of deliveries) await saveDelivery(transaction, delivery);
}

async function saveDelivery(transaction: Transaction, delivery: AlertDelivery): Promise<void> {
  const { id } = delivery;
  const create = toNewDelivery(delivery);
  await transaction.alertDelivery.upsert({ where: { id }, create, update: toAttemptFields(delivery) });
}

function whereState(state: AlertFilter) {
  return state === "all" ? {} : { state };
}

function toAnnotationFields({ acknowledgedAt, acknowledgedBy, snoozedUntil }: Annotation) {
  return {
    ...(acknowledgedAt !== undefined && { acknowledgedAt: toDate(acknowledgedAt) }),
    ...(acknowledgedBy !== undefined && { acknowledgedBy }),
    ...(snoozedUntil !== undefined && { snoozedUntil: toDate(snoozedUntil) }),
  };
}
