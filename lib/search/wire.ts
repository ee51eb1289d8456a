import type { WorkTitle } from "@/lib/providers/work";
import type { Card } from "./card";
import type { SearchEvent, SearchProvider } from "./events";
import type { ProviderItem } from "./item";

/** The same objects as they travel: snake_case, instants as ISO 8601. No validation: both ends are ours. */
export interface WireProvider {
  id: string;
  name: string;
  state: SearchProvider["state"];
  ms: number | null;
  count: number | null;
  has_more: boolean;
  cached: boolean;
  age_ms: number | null;
  error: SearchProvider["error"];
  reason: string | null;
  retry_at: string | null;
  weight: number;
}

export interface WireItem {
  title_id: string;
  source_id: string;
  known: boolean;
  rank: number;
  external_id: string;
  titles: WorkTitle[];
  type: ProviderItem["type"];
  year: number | null;
  status: ProviderItem["status"];
  authors: string[];
  description: string | null;
  /** Whether there is one: the picture itself comes from our own cover proxy. */
  has_cover: boolean;
  content_rating: ProviderItem["contentRating"];
  tags: string[];
  languages: string[];
  ids: ProviderItem["ids"];
  url: string | null;
}

export type WireEvent =
  | { type: "start"; data: { search_id: string; query: string; page: number; providers: WireProvider[] } }
  | { type: "provider" | "late"; data: WireProvider & { items: WireItem[] } }
  | { type: "favorites"; data: { title_ids: string[] } }
  | { type: "deadline"; data: { answered: number; total: number } }
  | { type: "end"; data: { complete: boolean; took_ms: number } };

/** One item of the JSON search answer. */
export interface WireCard {
  id: string;
  title: string;
  titles: WorkTitle[];
  type: Card["type"];
  year: number | null;
  status: Card["status"];
  authors: string[];
  description: string | null;
  cover_image: string | null;
  content_rating: Card["contentRating"];
  tags: string[];
  languages: string[];
  score: number;
  is_favorite: boolean;
  ids: Card["ids"];
  sources: { provider_id: string; external_id: string; url: string | null; rank: number }[];
  merged_because: Card["mergedBecause"];
  maybe_same: string[];
}

export function toWireEvent(event: SearchEvent): WireEvent {
  switch (event.type) {
    case "start":
      return {
        type: "start",
        data: {
          search_id: event.searchId,
          query: event.query,
          page: event.page,
          providers: event.providers.map(toWireProvider),
        },
      };
    case "provider":
    case "late":
      return { type: event.type, data: { ...toWireProvider(event.provider), items: event.items.map(toWireItem) } };
    case "favorites":
      return { type: "favorites", data: { title_ids: event.titleIds } };
    case "deadline":
      return { type: "deadline", data: { answered: event.answered, total: event.total } };
    case "end":
      return { type: "end", data: { complete: event.complete, took_ms: event.tookMs } };
  }
}

/** The inverse of `toWireEvent`; a cover's own address stays on the server, so `coverUrl` comes back as a mark only. */
export function fromWireEvent(event: WireEvent): SearchEvent {
  switch (event.type) {
    case "start":
      return {
        type: "start",
        searchId: event.data.search_id,
        query: event.data.query,
        page: event.data.page,
        providers: event.data.providers.map(fromWireProvider),
      };
    case "provider":
    case "late":
      return {
        type: event.type,
        provider: fromWireProvider(event.data),
        items: event.data.items.map((item) => fromWireItem(item, event.data.id)),
      };
    case "favorites":
      return { type: "favorites", titleIds: event.data.title_ids };
    case "deadline":
      return { type: "deadline", answered: event.data.answered, total: event.data.total };
    case "end":
      return { type: "end", complete: event.data.complete, tookMs: event.data.took_ms };
  }
}

export const WIRE_EVENT_TYPES = ["start", "provider", "favorites", "deadline", "late", "end"] as const;

/** One message of an EventSource; null for a type of a newer server. */
export function parseWireMessage(type: string, data: string): SearchEvent | null {
  const known = WIRE_EVENT_TYPES.find((name) => name === type);
  // Safe because the stream is written by `toWireEvent` of the same build, under this very type.
  return known ? fromWireEvent({ type: known, data: JSON.parse(data) } as WireEvent) : null;
}

export function toWireProvider(provider: SearchProvider): WireProvider {
  const { hasMore, ageMs, retryAt, ...same } = provider;
  return {
    ...same,
    has_more: hasMore,
    age_ms: ageMs,
    retry_at: retryAt === null ? null : new Date(retryAt).toISOString(),
  };
}

function fromWireProvider(wire: WireProvider): SearchProvider {
  return {
    id: wire.id,
    name: wire.name,
    state: wire.state,
    ms: wire.ms,
    count: wire.count,
    hasMore: wire.has_more,
    cached: wire.cached,
    ageMs: wire.age_ms,
    error: wire.error,
    reason: wire.reason,
    retryAt: wire.retry_at === null ? null : Date.parse(wire.retry_at),
    weight: wire.weight,
  };
}

function toWireItem(item: ProviderItem): WireItem {
  return {
    title_id: item.titleId,
    source_id: item.sourceId,
    known: item.known,
    rank: item.rank,
    external_id: item.externalId,
    titles: item.titles,
    type: item.type,
    year: item.year,
    status: item.status,
    authors: item.authors,
    description: item.description,
    has_cover: item.coverUrl !== null,
    content_rating: item.contentRating,
    tags: item.tags,
    languages: item.languages,
    ids: item.ids,
    url: item.url,
  };
}

function fromWireItem(wire: WireItem, providerId: string): ProviderItem {
  return {
    providerId,
    titleId: wire.title_id,
    sourceId: wire.source_id,
    known: wire.known,
    rank: wire.rank,
    externalId: wire.external_id,
    titles: wire.titles,
    type: wire.type,
    year: wire.year,
    status: wire.status,
    authors: wire.authors,
    description: wire.description,
    coverUrl: wire.has_cover ? "proxied:" : null,
    contentRating: wire.content_rating,
    tags: wire.tags,
    languages: wire.languages,
    ids: wire.ids,
    url: wire.url,
  };
}

export function toWireCard(card: Card): WireCard {
  return {
    id: card.id,
    title: card.title,
    titles: card.titles,
    type: card.type,
    year: card.year,
    status: card.status,
    authors: card.authors,
    description: card.description,
    cover_image: card.coverImage,
    content_rating: card.contentRating,
    tags: card.tags,
    languages: card.languages,
    score: card.score,
    is_favorite: card.isFavorite,
    ids: card.ids,
    sources: card.sources.map((source) => ({
      provider_id: source.providerId,
      external_id: source.externalId,
      url: source.url,
      rank: source.rank,
    })),
    merged_because: card.mergedBecause,
    maybe_same: card.maybeSame,
  };
}
