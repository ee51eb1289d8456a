import { LRUCache } from "lru-cache";
import { mintTitleId } from "./identity";

/** Which title each stored source belongs to, in memory, so that a search never waits for the database. */
export interface TitleIndex {
  /** Null for a source that is not stored. */
  find(sourceKey: string): string | null;
  set(sourceKey: string, titleId: string): void;
  delete(sourceKey: string): void;
  /** The id that the source would mint. */
  mint(source: { providerId: string; externalId: string }, sourceKey: string): string;
  /** Changes when a source's title does. */
  version(): number;
}

const MINTED_MAX = 20_000;

export function createTitleIndex(): TitleIndex {
  const titleOf = new Map<string, string>();
  const minted = new LRUCache<string, string>({ max: MINTED_MAX });
  let version = 0;
  return {
    find: (sourceKey) => titleOf.get(sourceKey) ?? null,
    set(sourceKey, titleId) {
      if (titleOf.get(sourceKey) === titleId) return;
      titleOf.set(sourceKey, titleId);
      version++;
    },
    delete(sourceKey) {
      if (titleOf.delete(sourceKey)) version++;
    },
    mint({ providerId, externalId }, sourceKey) {
      let id = minted.get(sourceKey);
      if (!id) {
        id = mintTitleId(providerId, externalId);
        minted.set(sourceKey, id);
      }
      return id;
    },
    version: () => version,
  };
}
