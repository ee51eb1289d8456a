import "server-only";
import { LRUCache } from "lru-cache";
import type { Client, Transaction } from "@/lib/db/client";
import { findStoredId, findTextByCrossId, listSources, listTitleIndex, type TitleSource } from "@/lib/db/titles";
import type { IdNamespace, WorkRecord } from "@/lib/providers/work";
import { type ProviderItem, sourceKey, toProviderItem } from "@/lib/search/item";
import type { Cluster } from "@/lib/search/merge";
import type { ProviderWeights } from "@/lib/search/strength";
import { mergeTitles } from "./merge-titles";
import { createSeenBuffer, toSeenSource } from "./seen-titles";
import { createTitleIndex } from "./title-index";
import { type SeenSource, writeTitles } from "./write-titles";

/** A work as the store knows it. */
export interface StoredTitle {
  /** The id that it lives under now; another than asked for after a merge. */
  id: string;
  sources: TitleSource[];
}

/**
 * Works, their sources and their ids. A search reads identities from memory and never waits; what it saw is written behind it in
 * batches. An id that was shown is good at once, before anything is written, and for ever: after a merge it leads to the other title.
 */
export interface TitleStore {
  /** Reads the identities of all stored sources. Once, at start. */
  load(): Promise<void>;
  /** Gives a provider's records their identity, from memory; `firstRank` is the first one's place. */
  resolve(providerId: string, records: readonly WorkRecord[], firstRank: number): ProviderItem[];
  /** Notes the works of a search. Sources that are new join the title of a source that is stored, or make one. */
  remember(clusters: readonly Cluster[]): void;
  /** Notes one source's details. */
  rememberDetails(titleId: string, providerId: string, record: WorkRecord): void;
  /** Writes all that waits; rejects when the database cannot be written, and keeps it for the next time. */
  flush(): Promise<void>;
  /** The id under which a title is stored, writing it first when it was only seen; null when nobody ever saw it. */
  ensure(titleId: string): Promise<string | null>;
  /** Null when nobody ever saw it. While the database fails: what memory still has. */
  find(titleId: string): Promise<StoredTitle | null>;
  /** What a stored work with this id of a catalogue is called; null when none is. */
  findTextByCrossId(namespace: IdNamespace, id: string): Promise<string | null>;
  /** Changes when a source's title does. */
  version(): number;
  /** Writes all that waits and stops the timer. */
  stop(): Promise<void>;
}

export interface TitleStoreOptions {
  client: Client;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Weights of the providers as they are now. */
  weights?: () => ProviderWeights;
  flushDelayMs?: number;
  /** Told, inside the transaction, which stored titles are called otherwise than before. */
  onTextsChanged?: (client: Transaction, titleIds: readonly string[]) => Promise<void>;
  /** Told of failed writes. */
  report?: (error: unknown) => void;
}

const FLUSH_DELAY_MS = 1000;
const RETRY_DELAY_MS = 2000;
const BATCH_TITLES = 50;
const SHOWN_MAX = 5000;
const REWRITE_AFTER_MS = 12 * 3_600_000;

export function createTitleStore(options: TitleStoreOptions): TitleStore {
  const { client, clock, flushDelayMs = FLUSH_DELAY_MS } = options;
  const weights = () => options.weights?.() ?? {};
  const index = createTitleIndex();
  const buffer = createSeenBuffer((_, sources) => {
    for (const source of sources) if (!stored.has(keyOf(source))) index.delete(keyOf(source));
  });
  /** Keys of sources that are in the database for certain. */
  const stored = new Set<string>();
  /** Shown to somebody, and of no cluster yet. */
  const shown = new LRUCache<string, ProviderItem>({ max: SHOWN_MAX });
  /** When a record, by its list of titles, was noted last: a cached page is not written again at every search. */
  const notedAt = new WeakMap<WorkRecord["titles"], number>();
  const proved = new Map<string, readonly [string, string]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;

  function schedule(delayMs: number): void {
    if (timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      flush().catch(() => {});
    }, delayMs);
    timer.unref?.();
  }

  function resolve(providerId: string, records: readonly WorkRecord[], firstRank: number): ProviderItem[] {
    return records.map((record, place) => {
      const key = sourceKey({ providerId, externalId: record.externalId });
      const sourceId = index.mint({ providerId, externalId: record.externalId }, key);
      const titleId = index.find(key);
      const item = toProviderItem(record, {
        providerId,
        rank: firstRank + place,
        titleId: titleId ?? sourceId,
        sourceId,
        known: titleId !== null,
      });
      if (titleId === null) shown.set(sourceId, item);
      return item;
    });
  }

  function remember(clusters: readonly Cluster[]): void {
    for (const cluster of clusters) rememberCluster(cluster);
    if (buffer.size() > 0 || proved.size > 0) schedule(flushDelayMs);
  }

  function rememberCluster({ id, items }: Cluster): void {
    const homes = items.map((item) => index.find(sourceKey(item)));
    const home = homes.find((titleId) => titleId !== null) ?? id;
    const byTitle = new Map<string, ProviderItem[]>();
    for (const [place, item] of items.entries()) {
      const titleId = homes[place] ?? home;
      if (homes[place] == null) index.set(sourceKey(item), titleId);
      else if (clock() - (notedAt.get(item.titles) ?? 0) < REWRITE_AFTER_MS) continue;
      notedAt.set(item.titles, clock());
      byTitle.set(titleId, [...(byTitle.get(titleId) ?? []), item]);
    }
    for (const [titleId, some] of byTitle) {
      const ids = some.map(({ sourceId }) => sourceId);
      buffer.add(titleId, some.map(toSeenSource), titleId === home ? [id, ...ids] : ids);
    }
    noteProof(items, homes);
  }

  /** Two stored titles with a source each that share an id are one work; whether nothing speaks against it is seen later. */
  function noteProof(items: readonly ProviderItem[], homes: readonly (string | null)[]): void {
    if (new Set(homes).size < 2) return;
    for (const [i, a] of items.entries()) {
      for (const [j, b] of items.entries()) {
        const [one, other] = [homes[i], homes[j]];
        if (!one || !other || one >= other || !shareAnId(a, b)) continue;
        proved.set(`${one}\n${other}`, [one, other]);
      }
    }
  }

  function rememberDetails(titleId: string, providerId: string, record: WorkRecord): void {
    const key = sourceKey({ providerId, externalId: record.externalId });
    buffer.add(index.find(key) ?? titleId, [{ providerId, record, detailedAt: clock() }], []);
    schedule(flushDelayMs);
  }

  function flush(): Promise<void> {
    running ??= writeAll().finally(() => {
      running = null;
    });
    return running;
  }

  async function writeAll(): Promise<void> {
    while (buffer.size() > 0) {
      const taken = buffer.take(BATCH_TITLES);
      try {
        const { onTextsChanged } = options;
        const owners = await writeTitles(taken, { client, weights: weights(), at: new Date(clock()), onTextsChanged });
        for (const [key, titleId] of owners) {
          stored.add(key);
          index.set(key, titleId);
        }
        buffer.settle(taken, true);
      } catch (error) {
        buffer.settle(taken, false);
        options.report?.(error);
        schedule(RETRY_DELAY_MS);
        throw error;
      }
    }
    await mergeProved();
  }

  async function mergeProved(): Promise<void> {
    for (const [name, [a, b]] of proved) {
      proved.delete(name);
      try {
        const { onTextsChanged } = options;
        const merged = await mergeTitles(a, b, { client, weights: weights(), at: new Date(clock()), onTextsChanged });
        for (const source of merged?.sources ?? []) index.set(sourceKey(source), merged?.id ?? source.titleId);
      } catch (error) {
        options.report?.(error);
      }
    }
  }

  /** Writes a title that waits, or that was shown in a search still running. */
  async function settle(titleId: string): Promise<void> {
    const item = buffer.find(titleId) === null ? shown.get(titleId) : undefined;
    if (item && index.find(sourceKey(item)) === null) {
      rememberCluster({ id: titleId, items: [item], mergedBecause: [], maybeSame: [] });
    }
    if (buffer.find(titleId) !== null) await flush();
  }

  async function findTitle(titleId: string): Promise<StoredTitle | null> {
    try {
      await settle(titleId);
      const id = await findStoredId(client, titleId);
      return id === null ? null : { id, sources: await listSources(client, [id]) };
    } catch (error) {
      const waiting = buffer.find(titleId);
      if (waiting === null) throw error;
      return { id: waiting, sources: buffer.sources(waiting).map((source) => toUnwritten(source, waiting, clock())) };
    }
  }

  return {
    async load() {
      for await (const rows of listTitleIndex(client)) {
        for (const row of rows) {
          stored.add(sourceKey(row));
          index.set(sourceKey(row), row.titleId);
        }
      }
    },
    resolve,
    remember,
    rememberDetails,
    flush,
    async ensure(titleId) {
      await settle(titleId);
      return findStoredId(client, titleId);
    },
    find: findTitle,
    findTextByCrossId: (namespace, id) => findTextByCrossId(client, namespace, id),
    version: index.version,
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await flush();
      clearTimeout(timer);
    },
  };
}

function shareAnId(a: ProviderItem, b: ProviderItem): boolean {
  return Object.entries(a.ids).some(([namespace, id]) => id && b.ids[namespace as keyof typeof b.ids] === id);
}

function keyOf({ providerId, record }: SeenSource): string {
  return sourceKey({ providerId, externalId: record.externalId });
}

function toUnwritten({ providerId, record, detailedAt }: SeenSource, titleId: string, now: number): TitleSource {
  return { providerId, externalId: record.externalId, titleId, record, detailedAt, updatedAt: new Date(now) };
}
