import type { TitleRow, TitleSource } from "@/lib/db/titles";
import { toCard } from "@/lib/search/card";
import { type ProviderItem, sourceKey } from "@/lib/search/item";
import { toSearchText } from "@/lib/search/normalise";
import { compareStrength, type ProviderWeights } from "@/lib/search/strength";
import { mintTitleId } from "./identity";

/** A title's stored sources as items of a search, the strongest first. */
export function toItems(sources: readonly TitleSource[], weights: ProviderWeights): ProviderItem[] {
  return sources
    .map(({ providerId, externalId, titleId, record }) => ({
      ...record,
      providerId,
      rank: 1,
      titleId,
      sourceId: mintTitleId(providerId, externalId),
      known: true,
    }))
    .sort(compareStrength(weights));
}

/** What the store keeps of a work, made of all its sources. */
export function toTitleRow(id: string, sources: readonly TitleSource[], weights: ProviderWeights): TitleRow {
  const items = toItems(sources, weights);
  const card = toCard({ id, items, mergedBecause: [], maybeSame: [] }, { titleLanguage: "english" });
  const cover = items.find(({ coverUrl }) => coverUrl);
  return {
    id,
    title: card.title || sources.map(sourceKey).join(" "),
    titles: JSON.stringify(card.titles),
    type: card.type,
    year: card.year,
    status: card.status,
    authors: JSON.stringify(card.authors),
    description: card.description,
    coverUrl: cover?.coverUrl ?? null,
    coverProvider: cover?.providerId ?? null,
    contentRating: card.contentRating,
    tags: JSON.stringify(card.tags),
    ids: JSON.stringify(card.ids),
    searchText: toSearchText([card.title, ...card.titles.map(({ text }) => text)]),
  };
}
