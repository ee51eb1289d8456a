import { describe, expect, it } from "vitest";
import { toSummary } from "@/lib/health/summary";
import type { LiveAlert, LiveMessage, LiveRow, LiveTransition } from "./live-message";
import { applyLive, type LiveState, toLiveState } from "./live-state";
import { buildAlert, buildRow, buildSnapshot, buildTransition } from "./testing/build-live";

const KITSU = buildRow({ id: "kitsu" });
const ANILIST = buildRow({ id: "anilist" });

function snapshot(id: number, rows: readonly LiveRow[]): LiveMessage {
  return { event: "snapshot", id, data: buildSnapshot(rows) };
}

function metrics(id: number, rows: readonly LiveRow[], { removed = [] as string[], total = 2 } = {}): LiveMessage {
  const { providers, ...figures } = buildSnapshot(rows);
  return {
    event: "metrics",
    id,
    data: { ...figures, summary: { ...toSummary([]), total }, providers, removed },
  };
}

const transition = (data: LiveTransition): LiveMessage => ({ event: "transition", id: data.id, data });
const alert = (data: LiveAlert, id = 20): LiveMessage => ({ event: "alert", id, data });

function stateOf(...messages: LiveMessage[]): LiveState {
  const state = messages.reduce<LiveState | null>(applyLive, null);
  if (!state) throw new Error("no snapshot among the messages");
  return state;
}

const downKitsu = buildRow({ id: "kitsu", state: "DOWN", status: "DOWN", why: "Kitsu is down." });

describe("rows after messages of the stream", () => {
  it.each([
    { what: "a snapshot", messages: [snapshot(1, [KITSU, ANILIST])], rows: [KITSU, ANILIST] },
    {
      what: "a row that changed, in its place",
      messages: [snapshot(1, [KITSU, ANILIST]), metrics(2, [downKitsu])],
      rows: [downKitsu, ANILIST],
    },
    {
      what: "a provider that is new, at the end",
      messages: [snapshot(1, [KITSU]), metrics(2, [ANILIST], { total: 2 })],
      rows: [KITSU, ANILIST],
    },
    {
      what: "one that is no more",
      messages: [snapshot(1, [KITSU, ANILIST]), metrics(2, [], { removed: ["kitsu"], total: 1 })],
      rows: [ANILIST],
    },
    {
      what: "all rows told to one who comes back: what is not among them is no more",
      messages: [snapshot(1, [KITSU, ANILIST]), metrics(9, [downKitsu], { total: 1 })],
      rows: [downKitsu],
    },
    {
      what: "a snapshot after the server's restart, which voids what was known",
      messages: [snapshot(1, [KITSU, ANILIST]), metrics(2, [downKitsu]), snapshot(50, [ANILIST])],
      rows: [ANILIST],
    },
    {
      what: "a transition, which tells and leaves the row to the figures",
      messages: [snapshot(1, [KITSU, ANILIST]), transition(buildTransition({ id: 5, to: "DOWN" }))],
      rows: [KITSU, ANILIST],
    },
    { what: "an alert", messages: [snapshot(1, [KITSU]), alert(buildAlert({ id: "7" }))], rows: [KITSU] },
  ])("$what", ({ messages, rows }) => {
    expect(stateOf(...messages).rows).toEqual(rows);
  });

  it("keeps rows without news the same objects, so that nothing is drawn anew", () => {
    const before = stateOf(snapshot(1, [KITSU, ANILIST]));
    const next = applyLive(before, metrics(2, [downKitsu]));
    expect(next?.rows[1]).toBe(ANILIST);
    expect(applyLive(before, metrics(3, []))?.rows).toBe(before.rows);
  });

  it("says nothing before the first snapshot", () => {
    expect(applyLive(null, metrics(2, [KITSU]))).toBeNull();
    expect(applyLive(null, transition(buildTransition({ id: 2 })))).toBeNull();
  });
});

describe("what else is remembered of the stream", () => {
  it("goes on after the last number of any message", () => {
    expect(stateOf(snapshot(1, [KITSU]), transition(buildTransition({ id: 8 }))).lastEventId).toBe(8);
    expect(toLiveState(buildSnapshot([KITSU])).lastEventId).toBeNull();
  });

  it("holds transitions once each, the newest first, however they come", () => {
    const [old, middle, young] = [3, 4, 5].map((id) => buildTransition({ id }));
    if (!old || !middle || !young) throw new Error("three are made");
    const told = [transition(middle), transition(young), transition(middle), transition(old)];
    expect(stateOf(snapshot(1, [KITSU]), ...told).transitions.map(({ id }) => id)).toEqual([5, 4, 3]);
  });

  it("holds each alert as it was told last", () => {
    const fired = buildAlert({ id: "a", state: "firing" });
    const other = buildAlert({ id: "b", state: "firing" });
    const done = buildAlert({ id: "a", state: "resolved" });
    const { alerts } = stateOf(snapshot(1, [KITSU]), alert(fired), alert(other), alert(done));
    expect(alerts).toEqual([done, other]);
  });

  it("never grows without end", () => {
    const many = Array.from({ length: 1000 }, (_, index) => [
      transition(buildTransition({ id: index + 2 })),
      alert(buildAlert({ id: String(index) }), index + 2),
    ]).flat();
    const state = stateOf(snapshot(1, [KITSU]), ...many);
    expect([state.transitions.length, state.alerts.length]).toEqual([200, 200]);
  });

  it("counts snapshots, since with each but the first something may have been missed", () => {
    expect(stateOf(snapshot(1, [KITSU]), metrics(2, [KITSU])).snapshots).toBe(1);
    expect(stateOf(snapshot(1, [KITSU]), snapshot(9, [KITSU])).snapshots).toBe(2);
  });
});
