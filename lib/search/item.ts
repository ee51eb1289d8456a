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

/** Names one source over all providers. A provider's id has no line break, so that two sources never share a key. */
export function sourceKey(source: { providerId: string; externalId: string }): string {
  return `${source.providerId}\n${source.externalId}`;
}
