import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildAlert, buildDelivery } from "@/lib/health/alerts/testing/build-alert";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import { createAlertStore } from "./alerts";

const HOUR_MS = 3_600_000;

let db: TestDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.dispose());

const batch = { alerts: [], withdrawn: [], deliveries: [] };

describe("createAlertStore", () => {
  it("gives back what was saved; the same batch twice changes nothing", async () => {
    const store = createAlertStore(db.client);
    const alert = buildAlert({ rule: "GroupOutage", providerId: null, providerName: null, members: ["a", "b", "c"] });
    const delivery = buildDelivery();
    const saved = { ...batch, alerts: [alert], deliveries: [delivery] };
    await store.save(saved);
    await store.save(saved);
    expect(await store.find(alert.id)).toEqual({ ...alert, deliveries: [delivery] });
    expect(await store.find("other")).toBeNull();
  });

  it("saves all of a batch or nothing", async () => {
    const store = createAlertStore(db.client);
    const orphan = buildDelivery({ alertId: "nowhere" });
    await expect(store.save({ ...batch, alerts: [buildAlert()], deliveries: [orphan] })).rejects.toThrow();
    expect(await store.find("alert-1")).toBeNull();
  });

  it("keeps what people did with an alert when a look changes it", async () => {
    const store = createAlertStore(db.client);
    const alert = buildAlert();
    await store.save({ ...batch, alerts: [alert] });
    const annotation = {
      acknowledgedAt: alert.startedAt,
      acknowledgedBy: "admin@example.org",
      snoozedUntil: alert.startedAt + HOUR_MS,
    };
    await store.annotate(alert.id, annotation);
    const ended = { ...alert, state: "resolved" as const, resolvedAt: alert.startedAt + 1 };
    await store.save({ ...batch, alerts: [ended] });
    expect(await store.find(alert.id)).toMatchObject({ ...ended, ...annotation });
  });

  it("lists newest first, by state, a page at a time", async () => {
    const store = createAlertStore(db.client);
    const at = buildAlert().startedAt;
    const alerts = (["pending", "firing", "resolved", "firing"] as const).map((state, index) =>
      buildAlert({ id: `a${index}`, state, startedAt: at + index }),
    );
    await store.save({ ...batch, alerts });
    const ids = async (state: "firing" | "resolved" | "all", skip = 0, limit = 10) => {
      const listed = await store.list({ state, skip, limit });
      return [listed.alerts.map(({ id }) => id), listed.total];
    };
    expect(await ids("all")).toEqual([["a3", "a2", "a1", "a0"], 4]);
    expect(await ids("firing")).toEqual([["a3", "a1"], 2]);
    expect(await ids("resolved")).toEqual([["a2"], 1]);
    expect(await ids("all", 1, 2)).toEqual([["a2", "a1"], 4]);
  });

  it("loads what a start needs: open alerts, those told lately or snoozed, and the messages of all that is not finished", async () => {
    const store = createAlertStore(db.client);
    const { startedAt: at } = buildAlert();
    const ended = { state: "resolved", resolvedAt: at, firedAt: at - 48 * HOUR_MS } as const;
    await store.save({
      ...batch,
      alerts: [
        buildAlert({ id: "open", firedAt: at - 48 * HOUR_MS }),
        buildAlert({ id: "old", ...ended }),
        buildAlert({ id: "lately", ...ended, firedAt: at - HOUR_MS }),
        buildAlert({ id: "snoozed", ...ended, snoozedUntil: at + HOUR_MS }),
        buildAlert({ id: "unsent", ...ended }),
      ],
      deliveries: [
        buildDelivery({ alertId: "open", state: "delivered" }),
        buildDelivery({ alertId: "old", state: "delivered" }),
        buildDelivery({ alertId: "unsent", state: "delivered" }),
        buildDelivery({ alertId: "unsent", event: "resolved" }),
      ],
    });
    const { alerts, deliveries } = await store.load(at - 24 * HOUR_MS);
    expect(alerts.map(({ id }) => id).sort()).toEqual(["lately", "open", "snoozed"]);
    expect(deliveries.map(({ id }) => id).sort()).toEqual([
      "open firing hook",
      "unsent firing hook",
      "unsent resolved hook",
    ]);
  });

  it("lets one attempt have a message, and tells another how it stands", async () => {
    const store = createAlertStore(db.client);
    const delivery = buildDelivery();
    await store.save({ ...batch, alerts: [buildAlert()], deliveries: [delivery] });
    const first = { ...delivery, attempts: 1, nextAttemptAt: delivery.createdAt + 15_000 };
    const second = { ...delivery, attempts: 1, nextAttemptAt: delivery.createdAt + 16_000 };
    expect(await store.claim(delivery, first)).toEqual({ mine: true, stands: first });
    expect(await store.claim(delivery, second)).toEqual({ mine: false, stands: first });
    const done = { ...first, state: "delivered" as const, nextAttemptAt: null, deliveredAt: delivery.createdAt + 5 };
    await store.settle(done);
    expect(await store.claim(first, { ...first, attempts: 2 })).toEqual({ mine: false, stands: done });
    const gone = buildDelivery({ id: "gone" });
    expect(await store.claim(gone, gone)).toEqual({ mine: false, stands: null });
  });

  it("forgets what never was, and what ended long ago, with its messages", async () => {
    const store = createAlertStore(db.client);
    const { startedAt: at } = buildAlert();
    await store.save({
      ...batch,
      alerts: [
        buildAlert({ id: "never", state: "pending" }),
        buildAlert({ id: "old", state: "resolved", resolvedAt: at - HOUR_MS }),
        buildAlert({ id: "open" }),
      ],
      deliveries: [buildDelivery({ alertId: "old" })],
    });
    await store.save({ ...batch, withdrawn: ["never"] });
    await store.prune(at);
    expect((await store.list({ state: "all", skip: 0, limit: 10 })).alerts.map(({ id }) => id)).toEqual(["open"]);
    expect(await db.client.alertDelivery.count()).toBe(0);
  });
});
