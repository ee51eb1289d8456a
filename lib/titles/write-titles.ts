import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { Client, Transaction } from "@/lib/db/client";
import {
  insertAliases,
  listAliases,
  listOwners,
  listSources,
  listTitles,
  type TitleRow,
  type TitleSource,
  upsertSources,
  upsertTitles,
} from "@/lib/db/titles";
import type { WorkRecord } from "@/lib/providers/work";
import { sourceKey } from "@/lib/search/item";
import type { ProviderWeights } from "@/lib/search/strength";
import { mintTitleId } from "./identity";
import { mergeRecord } from "./merge-record";
import { toTitleRow } from "./title-row";

/** A source seen and not written yet. */
export interface SeenSource {
  providerId: string;
  record: WorkRecord;
  /** When its details were fetched, epoch milliseconds; null for a search's record. */
  detailedAt: number | null;
}

/** Title id → its newly seen sources by key. */
export type SeenTitles = ReadonlyMap<string, ReadonlyMap<string, SeenSource>>;

export interface WriteOptions {
  client: Client;
  weights: ProviderWeights;
  at: Date;
  /** Told, inside the transaction, which titles are called otherwise than before. */
  onTextsChanged?: ((client: Transaction, titleIds: readonly string[]) => Promise<void>) | undefined;
}

/** An unchanged record is written again after this long, so that its age says when the provider last confirmed it. */
const CONFIRM_AFTER_MS = 12 * 3_600_000;
const TRANSACTION_OPTIONS = { maxWait: 10_000, timeout: 30_000 };

/**
 * Writes titles with their sources in one transaction. A source that is stored under another title (by another instance, a moment
 * ago) stays there, and a title that would be new joins it. Returns source key → the title that it is stored under.
 */
export async function writeTitles(seen: SeenTitles, options: WriteOptions): Promise<Map<string, string>> {
  const { client, at, weights } = options;
  return client.$transaction(async (tx) => {
    const owners = await assignOwners(tx, seen);
    const ids = [...new Set(owners.values())];
    const rowsBefore = new Map((await listTitles(tx, ids)).map(({ createdAt: _, ...row }) => [row.id, row]));
    const stored = groupBy(await listSources(tx, ids), ({ titleId }) => titleId);
    const fresh = groupBy(flatten(seen), ({ key }) => owners.get(key) ?? "");
    const titles: TitleRow[] = [];
    const sources: TitleSource[] = [];
    const aliases = [...seen.keys()].map((id) => ({ id, titleId: ownerOf(id, seen, owners) }));
    for (const id of ids) {
      const all = new Map((stored.get(id) ?? []).map((source) => [sourceKey(source), source]));
      for (const { key, source } of fresh.get(id) ?? []) {
        const before = all.get(key);
        const now = toSource(source, { titleId: id, before, at });
        all.set(key, now);
        aliases.push({ id: mintTitleId(now.providerId, now.externalId), titleId: id });
        if (!before || isChanged(before, now) || at.getTime() - before.updatedAt.getTime() > CONFIRM_AFTER_MS) {
          sources.push(now);
        }
      }
      const row = toTitleRow(id, [...all.values()], weights);
      if (!isDeepStrictEqual(rowsBefore.get(id), row)) titles.push(row);
    }
    await upsertTitles(tx, titles, at);
    await upsertSources(tx, sources);
    await insertAliases(
      tx,
      aliases.filter(({ id, titleId }) => id !== titleId && !rowsBefore.has(id) && titleId !== ""),
      at,
    );
    const renamed = titles.filter(({ id, title, year, searchText }) => {
      const before = rowsBefore.get(id);
      return before && (before.title !== title || before.year !== year || before.searchText !== searchText);
    });
    if (renamed.length > 0)
      await options.onTextsChanged?.(
        tx,
        renamed.map(({ id }) => id),
      );
    return owners;
  }, TRANSACTION_OPTIONS);
}

async function assignOwners(tx: Transaction, seen: SeenTitles): Promise<Map<string, string>> {
  const ids = [...seen.keys()];
  const keys = flatten(seen).map(({ source }) => ({
    providerId: source.providerId,
    externalId: source.record.externalId,
  }));
  const storedOwner = new Map((await listOwners(tx, keys)).map((source) => [sourceKey(source), source.titleId]));
  const existing = new Set((await listTitles(tx, ids)).map(({ id }) => id));
  const aliases = await listAliases(tx, ids);
  const owners = new Map<string, string>();
  for (const [id, sources] of seen) {
    const elsewhere = [...sources.keys()].map((key) => storedOwner.get(key)).find((owner) => owner !== undefined);
    const home = existing.has(id) ? id : (aliases.get(id) ?? elsewhere ?? id);
    for (const key of sources.keys()) owners.set(key, storedOwner.get(key) ?? home);
  }
  return owners;
}

function ownerOf(id: string, seen: SeenTitles, owners: ReadonlyMap<string, string>): string {
  const [key] = seen.get(id)?.keys() ?? [];
  return (key !== undefined && owners.get(key)) || "";
}

function flatten(seen: SeenTitles): { key: string; source: SeenSource }[] {
  return [...seen.values()].flatMap((sources) => [...sources].map(([key, source]) => ({ key, source })));
}

function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

function toSource(
  { providerId, record, detailedAt }: SeenSource,
  { titleId, before, at }: { titleId: string; before: TitleSource | undefined; at: Date },
): TitleSource {
  return {
    providerId,
    externalId: record.externalId,
    titleId,
    updatedAt: at,
    record: before ? mergeRecord(before.record, record) : record,
    detailedAt: detailedAt ?? before?.detailedAt ?? null,
  };
}

function isChanged(before: TitleSource, now: TitleSource): boolean {
  return before.detailedAt !== now.detailedAt || !isDeepStrictEqual(before.record, now.record);
}
