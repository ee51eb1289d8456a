import type { WorkTitle } from "@/lib/providers/work";
import { type Card, type TitleLanguage, toCard } from "./card";
import type { Cluster } from "./merge";
import { titleKey, titleWords } from "./normalise";
import { parseQuery } from "./parse-query";
import { compareText, type ProviderWeights } from "./strength";
import { titleTextOf } from "./title-text";

/**
 * Reciprocal rank fusion with k = 10, made for lists of 10–25: one first place (0.091) beats two twentieth places (0.067) but not two
 * tenth ones (0.100). The usual 60 would let any two last places beat any first.
 */
const K = 10;
/** An exact title counts a little more than one more first place. */
const TITLE_WEIGHT = 0.1;
const FAVORITE_BOOST = 0.03;

export interface RankOptions {
  query: string;
  titleLanguage: TitleLanguage;
  weights?: ProviderWeights;
  /** Title ids of the asker's favorites. */
  favoriteIds?: ReadonlySet<string>;
}

/** Clusters as cards, best first: Σ weight / (10 + rank) + 0.1 × title match + favorite boost; ties by exact match, sources, title. */
export function rank(clusters: readonly Cluster[], options: RankOptions): Card[] {
  const { weights = {}, favoriteIds } = options;
  const query = toQueryForm(options.query);
  const wanted = parseQuery(options.query);
  return clusters
    .map((cluster) => {
      const card = toCard(cluster, options);
      const match =
        wanted.kind === "id"
          ? Number(card.ids[wanted.namespace] === wanted.id)
          : cluster.items.reduce((best, item) => Math.max(best, matchTitles(query, item.titles)), 0);
      card.isFavorite = favoriteIds !== undefined && card.titleIds.some((id) => favoriteIds.has(id));
      const places = cluster.items.reduce((sum, item) => sum + (weights[item.providerId] ?? 1) / (K + item.rank), 0);
      card.score = round(places + TITLE_WEIGHT * match + (card.isFavorite ? FAVORITE_BOOST : 0));
      return { card, isExact: match === 1 };
    })
    .sort(
      (a, b) =>
        b.card.score - a.card.score ||
        Number(b.isExact) - Number(a.isExact) ||
        b.card.sources.length - a.card.sources.length ||
        compareText(a.card.title, b.card.title) ||
        compareText(a.card.id, b.card.id),
    )
    .map(({ card }) => card);
}

/** How well a work's titles answer a query: 1 the same key, 0.6 begins with it, 0.4 holds all its words, else 0. */
export function titleMatch(query: string, titles: readonly WorkTitle[]): number {
  return matchTitles(toQueryForm(query), titles);
}

/** Mean title match of a page's items, 0–1; null for an empty page. It is what `avg_score` averages. */
export function relevanceOf(query: string, items: readonly { titles: readonly WorkTitle[] }[]): number | null {
  if (items.length === 0) return null;
  const form = toQueryForm(query);
  return items.reduce((sum, item) => sum + matchTitles(form, item.titles), 0) / items.length;
}

interface QueryForm {
  key: string;
  words: readonly string[];
}

function toQueryForm(query: string): QueryForm {
  return { key: titleKey(query), words: titleWords(query).map(titleKey) };
}

function matchTitles(query: QueryForm, titles: readonly WorkTitle[]): number {
  if (!query.key) return 0;
  let best = 0;
  for (const { text } of titles) {
    const { key } = titleTextOf(text);
    if (key === query.key) return 1;
    if (best < 0.6 && key.startsWith(query.key)) best = 0.6;
    if (best < 0.4 && query.words.length > 0 && query.words.every((word) => key.includes(word))) best = 0.4;
  }
  return best;
}

function round(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}
