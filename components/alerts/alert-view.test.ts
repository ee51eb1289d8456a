import { describe, expect, it } from "vitest";
import type { AlertDelivery } from "@/lib/health/alerts/alert";
import type { ListedAlert } from "@/lib/health/alerts/alerts";
import { buildAlert, buildDelivery } from "@/lib/health/alerts/testing/build-alert";
import { toAlertView } from "./alert-view";
import { toDeliveryWords, toFiringSummary } from "./alert-words";

const NOW = Date.UTC(2026, 10, 22, 13, 0);
const MINUTE_MS = 60_000;
const ZONE = { timeZone: "Europe/Berlin", now: NOW };
const plain = (text: string | null) => text?.replaceAll("\u202f", " ");

const ALERT: ListedAlert = { ...buildAlert({ startedAt: NOW - 12 * MINUTE_MS }), deliveries: [] };
const DELIVERY = buildDelivery({ channelName: "Ops", nextAttemptAt: NOW + MINUTE_MS });

const viewOf = (changes: Partial<ListedAlert>, isAdmin = true) =>
  toAlertView({ ...ALERT, ...changes }, { ...ZONE, isAdmin, nameOf: (id) => (id === "kitsu" ? "Kitsu" : null) });

describe("an alert on the page", () => {
  it("says since when it fires, and of one that is over how long it lasted, in the viewer's zone", () => {
    expect(viewOf({})).toMatchObject({ title: "Down", isOver: false, span: null });
    expect(plain(viewOf({}).started)).toBe("12 min ago");
    const over = viewOf({ state: "resolved", resolvedAt: NOW - 4 * MINUTE_MS });
    expect(over.isOver).toBe(true);
    expect(plain(over.span)).toBe("13:48 – 13:56, 8 min");
  });

  it("names the admin who takes care of it to admins alone", () => {
    const taken = { acknowledgedAt: NOW, acknowledgedBy: "ada@yagura.example" };
    expect(viewOf(taken).care).toBe("ada@yagura.example takes care of it, since 14:00");
    expect(viewOf(taken, false).care).toBe("an admin takes care of it, since 14:00");
    expect(viewOf({}).care).toBeNull();
  });

  it("says until when it is snoozed, and nothing when that is over", () => {
    expect(viewOf({ snoozedUntil: NOW + 60 * MINUTE_MS }).snooze).toBe("snoozed until 15:00");
    expect(viewOf({ snoozedUntil: NOW }).snooze).toBeNull();
    expect(viewOf({ snoozedUntil: NOW + MINUTE_MS, state: "resolved", resolvedAt: NOW }).snooze).toBeNull();
  });

  it("keeps what was sent from users", () => {
    expect(viewOf({ deliveries: [DELIVERY] }, false).deliveries).toBeNull();
    expect(viewOf({ deliveries: [DELIVERY] }).deliveries).toMatchObject([{ channel: "Webhook Ops", state: "waiting" }]);
  });

  it("names the members of a group, and a provider that is gone as it was called", () => {
    expect(viewOf({ providerId: null, providerName: null, members: ["kitsu", "gone"] }).providers).toEqual([
      { id: "kitsu", name: "Kitsu" },
      { id: "gone", name: "gone" },
    ]);
    expect(viewOf({ providerId: "old", providerName: "Old one" }).providers).toEqual([{ id: "old", name: "Old one" }]);
    expect(viewOf({ providerId: null, providerName: null, rule: "SelfOffline" }).providers).toEqual([]);
  });
});

describe("words", () => {
  it("counts what fires by how bad it is", () => {
    const summary = (critical: number, warning: number, info = 0) =>
      plain(toFiringSummary({ critical, warning, info }));
    expect(summary(0, 0)).toBe("Nothing is firing.");
    expect(summary(1, 0)).toBe("1 alert is firing: 1 critical.");
    expect(summary(1, 2, 1)).toBe("4 alerts are firing: 1 critical, 2 warnings, 1 for information.");
  });

  it("says what became of a message, when it is tried again, and why it was not sent", () => {
    const words = (changes: Partial<AlertDelivery>) => plain(toDeliveryWords({ ...DELIVERY, ...changes }, ZONE));
    expect(words({})).toBe("waiting, next attempt at 14:01");
    expect(words({ attempts: 3, error: "Answered with 502." })).toBe(
      "not sent after 3 attempts, next attempt at 14:01: Answered with 502.",
    );
    expect(words({ state: "delivered", deliveredAt: NOW, nextAttemptAt: null })).toBe("sent at 14:00");
    expect(words({ state: "failed", attempts: 40, nextAttemptAt: null, error: "refused" })).toBe(
      "given up after 40 attempts: refused",
    );
  });
});
