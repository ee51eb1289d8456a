import { describe, expect, it } from "vitest";
import type { LiveRow } from "@/components/live/live-message";
import { buildRow, buildTransition } from "@/components/live/testing/build-live";
import type { LastDay } from "@/lib/health/last-day";
import { toProviderGroups } from "./provider-groups";
import { toProviderRow } from "./provider-row";
import { buildProviderRow } from "./testing/build-provider-row";
import { toNews } from "./use-news";

const NOW = Date.UTC(2026, 10, 22, 12);
const FACTS = { id: "kitsu", kind: "catalogue", initialized: true, priority: 50, locked: [] } as const;
const HOUR = { at: NOW, good: 3, bad: 1, p95Ms: 300, upMs: 1000, degradedMs: 0, downMs: 0 };
const base = buildRow({ id: "kitsu" });

function rowOf(given: Partial<LiveRow>, day: LastDay = { hours: [HOUR], p95Ms: 290 }) {
  return toProviderRow({ ...base, ...given }, FACTS, { day, timeZone: "Europe/Berlin", now: NOW });
}

function withStats(stats: Partial<LiveRow["stats"]>): Partial<LiveRow> {
  return { stats: { ...base.stats, ...stats } };
}

describe("a row of the health table", () => {
  it("shows the success of the last day, and of all time when nothing came in a day", () => {
    expect(rowOf(withStats({ success_rate: 0.5 })).success).toEqual({ ratio: 0.75, span: "24 h" });
    const old = toProviderRow({ ...base, ...withStats({ success_rate: 0.5 }) }, FACTS, {
      day: null,
      timeZone: "UTC",
      now: NOW,
    });
    expect(old.success).toEqual({ ratio: 0.5, span: "all time" });
    expect(toProviderRow(base, FACTS, { day: null, timeZone: "UTC", now: NOW }).success.ratio).toBeNull();
  });

  it("shows the p95 of a quarter of an hour, and of the day when that was quiet", () => {
    const { windows } = base.stats;
    const busy = { ...windows, m15: { ...windows.m15, p95_ms: 412 } };
    expect(rowOf(withStats({ windows: busy })).p95).toEqual({ ms: 412, span: "15 min" });
    expect(rowOf({}).p95).toEqual({ ms: 290, span: "24 h" });
  });

  it.each([
    {
      what: "disabled by itself",
      given: { state: "AUTO_DISABLED", disabled_until: "2026-11-22T13:32:00.000Z", auto_disabled: true },
      clock: "14:32",
      resting: true,
    },
    {
      what: "held back",
      given: { state: "RATE_LIMITED", hold: { kind: "throttled", until: "2026-11-22T12:01:00.000Z" } },
      clock: "13:01",
      resting: false,
    },
    {
      what: "down with an open circuit",
      given: { state: "DOWN", circuit: { ...base.circuit, state: "OPEN", until: "2026-11-22T12:00:30.000Z" } },
      clock: "13:00",
      resting: true,
    },
    { what: "down without one", given: { state: "DOWN" }, clock: null, resting: false },
    { what: "well", given: {}, clock: null, resting: false },
    {
      what: "switched off while it rested",
      given: { state: "DISABLED", is_enabled: false, auto_disabled: true },
      clock: null,
      resting: false,
    },
  ] as const)("names the end, in the viewer's zone, of one that is $what", ({ given, clock, resting }) => {
    const row = rowOf(given);
    expect([row.rest?.clock ?? null, row.resting]).toEqual([clock, resting]);
  });

  it("does not explain a check that is under way", () => {
    expect(rowOf({ state: "TESTING", why: "Kitsu is being checked now." }).why).toBeNull();
  });
});

describe("groups", () => {
  it("come by kind, in the order asked for, newcomers last, and count who is up of those in use", () => {
    const rows = [
      buildProviderRow({ id: "tmdb", kind: "metadata", state: "MISCONFIGURED", initialized: false }),
      buildProviderRow({ id: "new", state: "ACTIVE" }),
      buildProviderRow({ id: "kitsu", state: "DOWN" }),
      buildProviderRow({ id: "anilist", state: "RATE_LIMITED" }),
    ];
    const groups = toProviderGroups(rows, ["anilist", "kitsu", "tmdb"]);
    expect(
      groups.map(({ title, words, rows: members }) => [title, words, members.map(({ id }) => id).join(" ")]),
    ).toEqual([
      ["Catalogues", "2 of 3 in use are up", "anilist kitsu new"],
      ["Metadata", "none in use", "tmdb"],
    ]);
  });
});

describe("news for the live region", () => {
  const down = buildTransition({ id: 5, text: "Kitsu is down." });
  const circuit = buildTransition({ id: 6, to: "OPEN", text: "Kitsu is resting." });
  const other = buildTransition({ id: 7, provider_id: "anilist", text: "AniList is down." });

  it("are decisions about states, the newest in words and the rest as a count", () => {
    expect(toNews([circuit, down], 4)).toBe("Kitsu is down.");
    expect(toNews([other, circuit, down], 4)).toBe("AniList is down. 1 more has changed.");
  });

  it("are none twice", () => {
    expect(toNews([other, circuit, down], 7)).toBe("");
  });
});
