import "server-only";
import type { Client, Transaction } from "@/lib/db/client";
import { moveFavorites } from "@/lib/db/move-favorites";
import { findStoredId, listSources, listTitles, replaceTitle, type TitleSource, upsertTitles } from "@/lib/db/titles";
import { merge } from "@/lib/search/merge";
import type { ProviderWeights } from "@/lib/search/strength";
import { toItems, toTitleRow } from "./title-row";

export interface MergeTitlesOptions {
  client: Client;
  weights: ProviderWeights;
  at: Date;
  onTextsChanged?: ((client: Transaction, titleIds: readonly string[]) => Promise<void>) | undefined;
}

export interface MergedTitles {
  id: string;
  goneId: string;
  /** Those that were the gone title's. */
  sources: readonly TitleSource[];
}

/**
 * Makes one title of two, when the ids of all their sources prove them one work and nothing speaks against it; null otherwise. The
 * older one stays, the other becomes its alias; sources, aliases and every user's favorites go over without loss.
 */
export async function mergeTitles(a: string, b: string, options: MergeTitlesOptions): Promise<MergedTitles | null> {
  const { client, weights, at } = options;
  return client.$transaction(
    async (tx) => {
      const ids = [await findStoredId(tx, a), await findStoredId(tx, b)].filter((id) => id !== null);
      const [kept, gone] = (await listTitles(tx, ids)).sort(
        (x, y) => x.createdAt.getTime() - y.createdAt.getTime() || (x.id < y.id ? -1 : 1),
      );
      if (!kept || !gone) return null;
      const sources = await listSources(tx, [kept.id, gone.id]);
      if (!areOneWork(sources, weights)) return null;
      await moveFavorites(tx, { from: gone.id, to: kept.id });
      await replaceTitle(tx, { titleId: gone.id, by: kept.id, at });
      await upsertTitles(tx, [toTitleRow(kept.id, sources, weights)], at);
      await options.onTextsChanged?.(tx, [kept.id]);
      return { id: kept.id, goneId: gone.id, sources: sources.filter(({ titleId }) => titleId === gone.id) };
    },
    { maxWait: 10_000, timeout: 30_000 },
  );
}

/** What is stored as one title holds together by itself, so that one cluster means that shared ids joined the two. */
function areOneWork(sources: readonly TitleSource[], weights: ProviderWeights): boolean {
  const clusters = merge(toItems(sources, weights), { weights });
  return clusters.length === 1 && clusters[0]?.mergedBecause.some(({ rule }) => rule === "shared_id") === true;
}
