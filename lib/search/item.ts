import type { WorkRecord } from "@/lib/providers/work";

/** One provider's hit, with the identity that the server found for it. Browser-safe. */
export interface ProviderItem extends WorkRecord {
  providerId: string;
  /** Place in the provider's own order over all its pages, from 1. */
  rank: number;
  /** The title that it is stored under, or the one minted from itself (then equal to `sourceId`). */
  titleId: string;
  /** The title id that this source alone would mint; always valid for it, and never another source's. */
  sourceId: string;
  /** Whether the source is stored already. */
  known: boolean;
}

type Identity = Pick<ProviderItem, "providerId" | "rank" | "titleId" | "sourceId" | "known">;

/** A hit of a provider's record. Field by field: a spread of so many costs ten times as much, and a search makes hundreds. */
export function toProviderItem(record: WorkRecord, identity: Identity): ProviderItem {
  return {
    externalId: record.externalId,
    titles: record.titles,
    type: record.type,
    year: record.year,
    status: record.status,
    authors: record.authors,
    description: record.description,
    coverUrl: record.coverUrl,
    contentRating: record.contentRating,
    tags: record.tags,
    languages: record.languages,
    ids: record.ids,
    url: record.url,
    providerId: identity.providerId,
    rank: identity.rank,
    titleId: identity.titleId,
    sourceId: identity.sourceId,
    known: identity.known,
  };
}

/** Names one source over all providers. A provider's id has no line break, so that two sources never share a key. */
export function sourceKey(source: { providerId: string; externalId: string }): string {
  return `${source.providerId}\n${source.externalId}`;
}
