import { describe, expect, it } from "vitest";
import type { HourFigures } from "@/lib/health/last-day";
import {
  describeHour,
  describeP95,
  describeStrip,
  describeUptime,
  mergeHours,
  successOf,
  toHourFigures,
  toStripHours,
} from "./last-hours";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const NOON = Date.UTC(2026, 10, 22, 12);
const NOW = NOON + 20 * MINUTE_MS;
const BERLIN = { timeZone: "Europe/Berlin", now: NOW };

function hour(hoursAgo: number, given: Partial<HourFigures> = {}): HourFigures {
  const at = NOON - hoursAgo * HOUR_MS;
  return { at, good: 10, bad: 0, p95Ms: 200, upMs: HOUR_MS, degradedMs: 0, downMs: 0, ...given };
}

const wholeDay = Array.from({ length: 24 }, (_, index) => hour(23 - index));
const plain = (text: string) => text.replaceAll("\u202f", " ");

describe("the success of a day", () => {
  it("is good among good and bad, and unknown without either", () => {
    expect(successOf([hour(1, { good: 6, bad: 2 }), hour(0, { good: 2, bad: 0 })])).toBe(0.8);
    expect(successOf([hour(1, { good: 0, bad: 0 })])).toBeNull();
    expect(successOf([])).toBeNull();
  });

  it("is the same from the history API, where throttling is no failure of the provider", () => {
    const row = {
      at: new Date(NOON).toISOString(),
      samples: 10,
      success_count: 5,
      failure_count: 4,
      avg_response_time: 100,
      p50_ms: 90,
      p95_ms: 210.4,
      p99_ms: 220,
      min_ms: 50,
      max_ms: 230,
      classes: { ok: 5, timeout: 1, http_5xx: 1, throttled: 2, cancelled: 1 },
      up_seconds: 1200,
      down_seconds: 60,
      degraded_seconds: 30,
      unknown_seconds: 0,
    };
    const expected = { at: NOON, good: 5, bad: 2, p95Ms: 210, upMs: 1_200_000, degradedMs: 30_000, downMs: 60_000 };
    expect(toHourFigures(row)).toEqual(expected);
  });
});

describe("hours that come later", () => {
  it("take the place of the same hour, in order, and push the oldest out", () => {
    const merged = mergeHours([hour(30), hour(2), hour(0, { good: 1 })], [hour(0, { good: 9 }), hour(1)], NOW);
    expect(merged.map(({ at, good }) => [(NOON - at) / HOUR_MS, good])).toEqual([
      [2, 10],
      [1, 10],
      [0, 9],
    ]);
  });
});

describe("the strip", () => {
  it("has 24 hours, the open one last, with gaps where nothing is known", () => {
    const strip = toStripHours([hour(3), hour(0)], { now: NOW, down: false });
    expect(strip).toHaveLength(24);
    expect(strip.at(-1)?.at).toBe(NOON);
    expect(strip.map(({ state }) => state).slice(-5)).toEqual(["unknown", "up", "unknown", "unknown", "up"]);
  });

  it.each([
    { what: "up", figures: {}, state: "up", trouble: 0 },
    { what: "failing calls while it is up", figures: { good: 6, bad: 2 }, state: "slow", trouble: 0.25 },
    { what: "slow", figures: { degradedMs: MINUTE_MS }, state: "slow", trouble: 0 },
    { what: "down", figures: { upMs: HOUR_MS / 2, downMs: HOUR_MS / 2 }, state: "down", trouble: 0.5 },
    { what: "not watched", figures: { good: 0, upMs: 0 }, state: "unknown", trouble: 0 },
  ])("knows an hour that was $what", ({ figures, state, trouble }) => {
    expect(toStripHours([hour(0, figures)], { now: NOW, down: false }).at(-1)).toMatchObject({ state, trouble });
  });

  it("shows that it is down now before any figures say so", () => {
    expect(toStripHours([hour(0)], { now: NOW, down: true }).at(-1)?.state).toBe("down");
    expect(toStripHours([], { now: NOW, down: true }).at(-1)?.state).toBe("down");
  });
});

describe("the strip in words", () => {
  const words = (hours: readonly HourFigures[]) =>
    plain(describeStrip(toStripHours(hours, { now: NOW, down: false }), BERLIN));

  it.each([
    { hours: [], text: "Last 24 hours: nothing is known yet." },
    { hours: wholeDay, text: "Last 24 hours: up, no failure." },
    { hours: [hour(1), hour(0)], text: "Last 24 hours: up, no failure. Watched in 2 of them." },
    {
      hours: [...wholeDay, hour(3, { downMs: 20 * MINUTE_MS }), hour(1, { bad: 2 })],
      text: "Last 24 hours: down for 20 min in the hour from 10:00; slow or failing in the hour from 12:00.",
    },
    {
      hours: wholeDay.map((one) => ({ ...one, bad: 1 })),
      text: "Last 24 hours: slow or failing in 24 hours, the last of them from 13:00.",
    },
  ])("$text", ({ hours, text }) => {
    expect(words(hours)).toBe(text);
  });

  it.each([
    { given: {}, text: "13:00 to 14:00: up; 10 calls, none failed; p95 200 ms" },
    {
      given: { bad: 2, downMs: 5 * MINUTE_MS },
      text: "13:00 to 14:00: down for 5 min; 12 calls, 2 failed; p95 200 ms",
    },
    { given: { good: 0, p95Ms: null, upMs: 0 }, text: "13:00 to 14:00: not watched" },
  ])("says of one hour: $text", ({ given, text }) => {
    const one = toStripHours([hour(0, given)], { now: NOW, down: false }).at(-1);
    expect(one && plain(describeHour(one, BERLIN))).toBe(text);
  });
});

describe("the line in words", () => {
  it.each([
    { values: [], text: "p95 by hour: nothing is known yet." },
    { values: [null, 180], text: "p95 by hour: 180 ms at last." },
    { values: [620, null, 180, null], text: "p95 by hour: 180 ms at last, between 180 ms and 620 ms in 24 hours." },
  ])("$text", ({ values, text }) => {
    expect(plain(describeP95(values))).toBe(text);
  });
});

describe("uptime in words", () => {
  it.each([
    { uptime: { ratio: null, coverage: 0 }, text: "Nothing is known yet." },
    { uptime: { ratio: 0.9912, coverage: 1 }, text: "Up 99.12 % of the last 30 days." },
    { uptime: { ratio: 1, coverage: 0.1234 }, text: "Up 100.00 % of the 12.3 % of the last 30 days that are known." },
  ])("$text", ({ uptime, text }) => {
    expect(plain(describeUptime(uptime))).toBe(text);
  });
});
