import "server-only";
import type { TitleSource } from "@/lib/db/titles";
import type { CallProvider } from "@/lib/providers/call-provider";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import type { Provider } from "@/lib/providers/provider";
import { type Card, type TitleLanguage, toCard } from "@/lib/search/card";
import { toWeight } from "@/lib/search/strength";
import { mergeRecord } from "./merge-record";
import { toItems } from "./title-row";
import type { TitleStore } from "./title-store";

/** One source of a title as it stands in the store. Instants are epoch milliseconds. */
export interface TitleSourceView {
  providerId: string;
  /** The provider's name; its id when it is no longer configured. */
  providerName: string;
  externalId: string;
  url: string | null;
  /** What this provider calls the work. */
  title: string;
  /** When the provider last said so. */
  snapshotAt: number;
}

/** A work with all that its sources say. */
export interface TitleView {
  /** Another id than asked for after a merge. */
  id: string;
  card: Card;
  sources: TitleSourceView[];
  /** The oldest of the sources' snapshots. */
  snapshotAt: number;
}

export interface TitleReader {
  /** Null for an id that nobody ever saw. Fetches details that are missing or old, for a moment; else shows what is stored. */
  find(
    titleId: string,
    options: { titleLanguage: TitleLanguage; requestId?: string | null },
  ): Promise<TitleView | null>;
}

export interface TitleReaderOptions {
  titles: Pick<TitleStore, "find" | "rememberDetails">;
  providers: Pick<ProviderCatalog, "list" | "find">;
  callProvider: CallProvider;
  /** Epoch milliseconds. */
  clock: () => number;
  /** How long a page may wait for details. */
  deadlineMs?: number;
}

const DETAILS_AGE_MAX_MS = 24 * 3_600_000;
const DEADLINE_MS = 2000;

export function createTitleReader(options: TitleReaderOptions): TitleReader {
  const { titles, providers, callProvider, clock, deadlineMs = DEADLINE_MS } = options;

  async function refresh(source: TitleSource, requestId: string | null): Promise<TitleSource> {
    const provider = providers.find(source.providerId);
    if (!provider || !isDue(source, provider, clock())) return source;
    const { externalId, providerId, titleId } = source;
    const input = { externalId };
    const answer = await callProvider({
      provider,
      operation: "details",
      source: "detail",
      input,
      deadlineMs,
      requestId,
    });
    if (!answer.ok || answer.value.externalId !== externalId) return source;
    titles.rememberDetails(titleId, providerId, answer.value);
    return {
      ...source,
      record: mergeRecord(source.record, answer.value),
      detailedAt: clock(),
      updatedAt: new Date(clock()),
    };
  }

  return {
    async find(titleId, { titleLanguage, requestId = null }) {
      const stored = await titles.find(titleId);
      if (!stored || stored.sources.length === 0) return null;
      const sources = await Promise.all(stored.sources.map((source) => refresh(source, requestId)));
      const weights = Object.fromEntries(providers.list().map(({ id, priority }) => [id, toWeight(priority)]));
      const items = toItems(sources, weights);
      const bySource = new Map(sources.map((source) => [`${source.providerId}\n${source.externalId}`, source]));
      return {
        id: stored.id,
        card: toCard({ id: stored.id, items, mergedBecause: [], maybeSame: [] }, { titleLanguage }),
        sources: items.map((item) => ({
          providerId: item.providerId,
          providerName: providers.find(item.providerId)?.name ?? item.providerId,
          externalId: item.externalId,
          url: item.url,
          title: item.titles[0]?.text ?? "",
          snapshotAt: bySource.get(`${item.providerId}\n${item.externalId}`)?.updatedAt.getTime() ?? clock(),
        })),
        snapshotAt: Math.min(...sources.map(({ updatedAt }) => updatedAt.getTime())),
      };
    },
  };
}

function isDue({ detailedAt }: TitleSource, { enabled, initialized, adapter }: Provider, now: number): boolean {
  if (!enabled || !initialized || !adapter.details) return false;
  return detailedAt === null || now - detailedAt > DETAILS_AGE_MAX_MS;
}
