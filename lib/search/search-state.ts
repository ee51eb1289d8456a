import type { Card, TitleLanguage } from "./card";
import { type SearchEvent, type SearchProvider, wasAsked } from "./events";
import { matchesFilters, type SearchFilters } from "./filters";
import { type ProviderItem, sourceKey } from "./item";
import { type MergeOverrides, merge } from "./merge";
import { rank } from "./rank";

/** A card in the list with the React key that it keeps, whatever id its cluster takes on later. */
export interface ShownCard extends Card {
  key: string;
}

/** All that the search page shows of one running search. Plain data; every function here returns a new one. */
export interface SearchState {
  searchId: string | null;
  query: string;
  options: SearchStateOptions;
  providers: readonly SearchProvider[];
  itemsByProvider: Readonly<Record<string, readonly ProviderItem[]>>;
  favoriteIds: ReadonlySet<string>;
  /** In the order to paint. */
  cards: readonly ShownCard[];
  /** The best order of everything that has arrived; what `updateOrder` will show. */
  order: readonly Card[];
  /** Works that wait behind "update order". */
  lateCount: number;
  /** Set by the first interaction and by the soft deadline: cards on screen stay where they are. */
  frozen: boolean;
  deadlinePassed: boolean;
  /** Providers that were asked and have answered, well or badly; skipped ones are not counted. */
  answered: number;
  total: number;
  ended: boolean;
  complete: boolean;
  tookMs: number | null;
}

export interface SearchStateOptions {
  filters: SearchFilters;
  titleLanguage: TitleLanguage;
  showAdult: boolean;
  overrides?: MergeOverrides;
}

export function initialSearchState(query: string, options: SearchStateOptions): SearchState {
  return {
    searchId: null,
    query,
    options,
    providers: [],
    itemsByProvider: {},
    favoriteIds: new Set(),
    cards: [],
    order: [],
    lateCount: 0,
    frozen: false,
    deadlinePassed: false,
    answered: 0,
    total: 0,
    ended: false,
    complete: false,
    tookMs: null,
  };
}

export function applyEvent(state: SearchState, event: SearchEvent): SearchState {
  return applyEvents(state, [event]);
}

/** The state after a batch of events; merges and ranks once, however many there are. */
export function applyEvents(state: SearchState, events: readonly SearchEvent[]): SearchState {
  const next = events.reduce(note, state);
  const changed = next.itemsByProvider !== state.itemsByProvider || next.favoriteIds !== state.favoriteIds;
  return changed ? arrange(next) : next;
}

/** Call at the first scroll, pointer or key press in the list: from then on no card moves by itself. */
export function freeze(state: SearchState): SearchState {
  return state.frozen ? state : { ...state, frozen: true };
}

/** What the button "n more – update order" does. The list stays frozen in its new order. */
export function updateOrder(state: SearchState): SearchState {
  const keys = keysBySource(state.cards);
  return { ...state, cards: withKeys(state.order, keys), lateCount: 0 };
}

/**
 * The events of a Retry of one provider (a stream of its own) told to the list that stands: its `start` and `end` say nothing
 * about the other providers.
 */
export function applyRetryEvent(state: SearchState, event: SearchEvent): SearchState {
  if (event.type === "start") {
    const retried = new Map(event.providers.map((provider) => [provider.id, provider]));
    return count({ ...state, providers: state.providers.map((provider) => retried.get(provider.id) ?? provider) });
  }
  if (event.type === "end" || event.type === "deadline") return state;
  return applyEvent(state, event);
}

function note(state: SearchState, event: SearchEvent): SearchState {
  switch (event.type) {
    case "start":
      return count({ ...state, searchId: event.searchId, query: event.query, providers: event.providers });
    case "provider":
    case "late": {
      const { provider, items } = event;
      // A failed retry keeps the hits that are on screen.
      const keep = provider.state !== "ok" && (state.itemsByProvider[provider.id]?.length ?? 0) > 0;
      return count({
        ...state,
        providers: state.providers.map((other) => (other.id === provider.id ? provider : other)),
        itemsByProvider: keep ? state.itemsByProvider : { ...state.itemsByProvider, [provider.id]: items },
      });
    }
    case "favorites":
      return { ...state, favoriteIds: new Set([...state.favoriteIds, ...event.titleIds]) };
    case "deadline":
      return { ...state, deadlinePassed: true, frozen: state.frozen || state.cards.length > 0 };
    case "end":
      return { ...state, ended: true, complete: event.complete, tookMs: event.tookMs };
  }
}

function count(state: SearchState): SearchState {
  const asked = state.providers.filter(wasAsked);
  return {
    ...state,
    total: asked.length,
    answered: asked.filter((provider) => provider.state !== "waiting").length,
  };
}

function arrange(state: SearchState): SearchState {
  const { options, query, favoriteIds } = state;
  const weights = Object.fromEntries(state.providers.map(({ id, weight }) => [id, weight]));
  const clusters = merge(Object.values(state.itemsByProvider).flat(), {
    weights,
    ...(options.overrides ? { overrides: options.overrides } : {}),
  });
  const order = rank(clusters, { query, weights, titleLanguage: options.titleLanguage, favoriteIds }).filter((card) =>
    matchesFilters(card, options.filters, options),
  );
  if (!state.frozen || state.cards.length === 0) {
    return { ...state, order, cards: withKeys(order, keysBySource(state.cards)), lateCount: 0 };
  }
  return { ...state, order, ...keepPlaces(state.cards, order) };
}

/** Shown cards keep their places and take on what is new of them; new cards go below when they rank there, else they wait. */
function keepPlaces(
  shown: readonly ShownCard[],
  order: readonly Card[],
): { cards: readonly ShownCard[]; lateCount: number } {
  const placeBySource = new Map<string, number>();
  for (const [place, card] of order.entries()) {
    for (const source of card.sources) placeBySource.set(sourceKey(source), place);
  }
  const taken = new Set<number>();
  let lowest = -1;
  const cards = shown.map((card) => {
    const place = card.sources
      .map((source) => placeBySource.get(sourceKey(source)))
      .find((p) => p !== undefined && !taken.has(p));
    const now = place === undefined ? undefined : order[place];
    if (place === undefined || !now) return card;
    taken.add(place);
    lowest = Math.max(lowest, place);
    return { ...now, key: card.key };
  });
  const fresh = [...order.entries()].filter(([place]) => !taken.has(place));
  const below = fresh.filter(([place]) => place > lowest).map(([, card]) => card);
  const keys = keysBySource(cards);
  const used = new Set(cards.map((card) => card.key));
  return { cards: [...cards, ...withKeys(below, keys, used)], lateCount: fresh.length - below.length };
}

function keysBySource(cards: readonly ShownCard[]): Map<string, string> {
  const keys = new Map<string, string>();
  for (const card of cards) for (const source of card.sources) keys.set(sourceKey(source), card.key);
  return keys;
}

function withKeys(
  cards: readonly Card[],
  known: ReadonlyMap<string, string>,
  used: Set<string> = new Set(),
): ShownCard[] {
  return cards.map((card) => {
    const old = card.sources.map((source) => known.get(sourceKey(source))).find((key) => key && !used.has(key));
    const key = old ?? [card.id, ...card.titleIds].find((id) => !used.has(id)) ?? `${card.id}#${used.size}`;
    used.add(key);
    return { ...card, key };
  });
}
