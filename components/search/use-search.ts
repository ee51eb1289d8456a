"use client";

import { useCallback, useEffect, useReducer, useRef } from "react";
import type { SearchEvent } from "@/lib/search/events";
import {
  applyEvents,
  applyRetryEvent,
  freeze,
  initialSearchState,
  type SearchState,
  type SearchStateOptions,
  updateOrder,
} from "@/lib/search/search-state";
import { openSearchStream } from "./open-search-stream";

export interface SearchStart {
  query: string;
  options: SearchStateOptions;
  /** What the server knew when it made the page: who is asked, and what the cache had. */
  events: readonly SearchEvent[];
  /** Null when the server has waited already and nothing more will come. */
  streamHref: string | null;
  /** When the page was made, epoch milliseconds. */
  now: number;
}

type Change =
  | { type: "events" | "retry" | "more"; events: readonly SearchEvent[]; now: number }
  | { type: "freeze" }
  | { type: "update-order" }
  | { type: "lost" };

interface Live {
  search: SearchState;
  /** The clock of the last change, so that ages in words are as old as what they speak of. */
  now: number;
  /** The page of each provider's list that was asked for last. */
  page: number;
  lost: boolean;
}

/** One search as it grows in the page: its state, and what a person can do to it. */
export function useSearch({ query, options, events, streamHref, now }: SearchStart) {
  const [live, change] = useReducer(reduce, null, () => ({
    search: applyEvents(initialSearchState(query, options), events),
    now,
    page: 1,
    lost: false,
  }));
  const extra = useRef(new Set<() => void>());

  useEffect(() => {
    if (!streamHref) return;
    const streams = extra.current;
    const close = openSearchStream({
      href: streamHref,
      onEvents: (arrived) => change({ type: "events", events: arrived, now: Date.now() }),
      onLost: () => change({ type: "lost" }),
    });
    return () => {
      close();
      for (const closeExtra of streams) closeExtra();
    };
  }, [streamHref]);

  const follow = useCallback(
    (type: "retry" | "more", changes: Record<string, string>) => {
      if (!streamHref) return;
      const close = openSearchStream({
        href: withQuery(streamHref, changes),
        onEvents: (arrived) => change({ type, events: arrived, now: Date.now() }),
        onLost: () => change({ type: "lost" }),
      });
      extra.current.add(close);
    },
    [streamHref],
  );

  return {
    ...live,
    freeze: useCallback(() => change({ type: "freeze" }), []),
    updateOrder: useCallback(() => change({ type: "update-order" }), []),
    retry: useCallback((providerId: string) => follow("retry", { providers: providerId, retry: "1" }), [follow]),
    more: useCallback(() => follow("more", { page: String(live.page + 1) }), [follow, live.page]),
  };
}

function reduce(live: Live, change: Change): Live {
  switch (change.type) {
    case "events":
      return { ...live, search: applyEvents(live.search, change.events), now: change.now, lost: false };
    case "retry":
      return { ...live, search: change.events.reduce(applyRetryEvent, live.search), now: change.now };
    case "more":
      return {
        ...live,
        search: change.events.reduce(applyMoreEvent, freeze(live.search)),
        page: change.events.some(({ type }) => type === "start") ? live.page + 1 : live.page,
        now: change.now,
      };
    case "freeze":
      return live.search.frozen ? live : { ...live, search: freeze(live.search) };
    case "update-order":
      return { ...live, search: updateOrder(live.search) };
    case "lost":
      return { ...live, lost: true };
  }
}

/** The next page of each provider's list joins the pages before it. */
function applyMoreEvent(search: SearchState, event: SearchEvent): SearchState {
  if (event.type !== "provider" && event.type !== "late") return applyRetryEvent(search, event);
  const before = search.itemsByProvider[event.provider.id] ?? [];
  const known = new Set(event.items.map(({ externalId }) => externalId));
  const items = [...before.filter(({ externalId }) => !known.has(externalId)), ...event.items];
  const provider = event.provider.state === "ok" ? { ...event.provider, count: items.length } : event.provider;
  return applyRetryEvent(search, { ...event, provider, items });
}

function withQuery(href: string, changes: Record<string, string>): string {
  const [path = "", query = ""] = href.split("?");
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) parameters.set(name, value);
  return `${path}?${parameters}`;
}
