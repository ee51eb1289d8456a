import { describe, expect, it } from "vitest";
import type { SearchEvent, SearchProvider } from "./events";
import { NO_FILTERS } from "./filters";
import {
  applyEvent,
  applyEvents,
  applyRetryEvent,
  freeze,
  initialSearchState,
  type SearchState,
  updateOrder,
} from "./search-state";
import { anItem, type ItemSketch } from "./testing/items";
import { fromWireEvent, parseWireMessage, toWireEvent } from "./wire";

const aProvider = (id: string, rest: Partial<SearchProvider> = {}): SearchProvider => ({
  id,
  name: id,
  state: "waiting",
  ms: null,
  count: null,
  hasMore: false,
  cached: false,
  ageMs: null,
  error: null,
  reason: null,
  retryAt: null,
  weight: 1,
  ...rest,
});
const start: SearchEvent = {
  type: "start",
  searchId: "s",
  query: "berserk",
  page: 1,
  providers: ["mangadex", "kitsu", "anilist"].map((id) => aProvider(id)),
};
const answer = (provider: string, sketches: Omit<ItemSketch, "provider">[], type: "provider" | "late" = "provider") =>
  ({
    type,
    provider: aProvider(provider, { state: "ok", ms: 5, count: sketches.length }),
    items: sketches.map((sketch, place) => anItem({ rank: place + 1, ...sketch, provider })),
  }) satisfies SearchEvent;

const begin = () =>
  applyEvent(initialSearchState("berserk", { filters: NO_FILTERS, titleLanguage: "english", showAdult: false }), start);
const titles = (state: SearchState) => state.cards.map((card) => card.title);

describe("the state of a running search", () => {
  it("counts who has answered and who was never asked", () => {
    const state = applyEvents(begin(), [
      answer("kitsu", []),
      { type: "provider", provider: aProvider("anilist", { state: "skipped", reason: "Resting" }), items: [] },
    ]);
    expect(state).toMatchObject({ answered: 1, total: 2 });
  });

  it("re-ranks freely before the first interaction", () => {
    let state = applyEvent(begin(), answer("kitsu", [{ titles: ["Other"] }]));
    state = applyEvent(state, answer("mangadex", [{ titles: ["Berserk"] }]));
    expect(titles(state)).toEqual(["Berserk", "Other"]);
  });

  it("moves no card after the first interaction: better results wait, worse ones go below", () => {
    let state = freeze(applyEvent(begin(), answer("kitsu", [{ titles: ["Berserk of Gluttony"] }])));
    state = applyEvent(state, answer("mangadex", [{ titles: ["Berserk"] }, { titles: ["Something"] }]));
    expect(titles(state)).toEqual(["Berserk of Gluttony", "Something"]);
    expect(state.lateCount).toBe(1);
    state = updateOrder(state);
    expect(titles(state)).toEqual(["Berserk", "Berserk of Gluttony", "Something"]);
    expect(state.lateCount).toBe(0);
  });

  it("enriches a card in place and keeps its key when a stronger source renames the work", () => {
    const berserk = { titles: ["Berserk"], ids: { mal: "2" } };
    let state = freeze(applyEvent(begin(), answer("kitsu", [berserk])));
    const key = state.cards[0]?.key;
    state = applyEvent(state, answer("mangadex", [berserk]));
    expect(state.cards).toHaveLength(1);
    expect(state.cards[0]?.sources).toHaveLength(2);
    expect(state.cards[0]?.key).toBe(key);
  });

  it("holds late answers back once there is something on screen", () => {
    let state = applyEvent(begin(), answer("kitsu", [{ titles: ["Berserk of Gluttony"] }]));
    state = applyEvent(state, { type: "deadline", answered: 1, total: 3 });
    state = applyEvent(state, answer("mangadex", [{ titles: ["Berserk"] }], "late"));
    expect(titles(state)).toEqual(["Berserk of Gluttony"]);
    expect(state.lateCount).toBe(1);
  });

  it("shows late answers at once when there is nothing on screen", () => {
    let state = applyEvent(begin(), { type: "deadline", answered: 0, total: 3 });
    state = applyEvent(state, answer("mangadex", [{ titles: ["Berserk"] }], "late"));
    expect(titles(state)).toEqual(["Berserk"]);
  });

  it("never shows one key twice", () => {
    const both = { titles: ["Berserk"], year: 1989, authors: ["Miura Kentarou"] };
    let state = applyEvent(begin(), answer("kitsu", [{ ...both, year: null, ids: { mal: "2" } }]));
    state = freeze(applyEvent(state, answer("anilist", [{ ...both, ids: { al: "3" } }])));
    expect(state.cards).toHaveLength(2);
    state = applyEvent(state, answer("mangadex", [{ ...both, ids: { mal: "2", al: "3" } }]));
    expect(new Set(state.cards.map((card) => card.key)).size).toBe(state.cards.length);
    expect(updateOrder(state).cards).toHaveLength(1);
  });

  it("keeps the hits on screen when a retry fails", () => {
    let state = applyEvent(begin(), answer("kitsu", [{ titles: ["Berserk"] }]));
    state = applyRetryEvent(state, { ...start, providers: [aProvider("kitsu")] });
    expect(state.providers.map((provider) => provider.state)).toEqual(["waiting", "waiting", "waiting"]);
    const failed = aProvider("kitsu", { state: "error", error: { class: "http_5xx", message: "502" } });
    state = applyRetryEvent(state, { type: "provider", provider: failed, items: [] });
    expect(titles(state)).toEqual(["Berserk"]);
  });
});

describe("the wire", () => {
  it("carries every event there and back", () => {
    const events: SearchEvent[] = [
      start,
      answer("kitsu", [{ titles: ["Berserk"], ids: { mal: "2" } }]),
      { type: "favorites", titleIds: ["t"] },
      { type: "deadline", answered: 1, total: 2 },
      { type: "end", complete: true, tookMs: 7 },
    ];
    for (const event of events) {
      const { type, data } = toWireEvent(event);
      expect(parseWireMessage(type, JSON.stringify(data))).toEqual(event);
    }
  });

  it("is snake_case with ISO instants", () => {
    const event: SearchEvent = {
      type: "provider",
      provider: aProvider("kitsu", { state: "skipped", retryAt: 0 }),
      items: [],
    };
    const wire = toWireEvent(event);
    expect(wire.data).toMatchObject({ retry_at: "1970-01-01T00:00:00.000Z", has_more: false });
    expect(fromWireEvent(wire)).toEqual(event);
  });

  it("passes over an event of a newer server", () => {
    expect(parseWireMessage("other", "{}")).toBeNull();
  });
});
