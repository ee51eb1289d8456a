import "server-only";
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { CallProvider } from "@/lib/providers/call-provider";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import { pickTitle } from "@/lib/search/card";
import type { ProviderItem } from "@/lib/search/item";
import { toWeight } from "@/lib/search/strength";
import { createCoverFiles } from "./cover-files";
import { type CoverFormat, type CoverWidth, drawPlaceholder, resizeCover } from "./cover-image";
import { toItems } from "./title-row";
import type { TitleStore } from "./title-store";

export interface Cover {
  bytes: Buffer;
  contentType: string;
  /** Quoted, of the content. */
  etag: string;
  /** Drawn, because there is no cover or it cannot be had now. */
  isPlaceholder: boolean;
}

export interface Covers {
  /** Null for an id that nobody ever saw. Never fails for a provider's sake. */
  find(
    titleId: string,
    options: { width: CoverWidth; format: CoverFormat; requestId?: string | null },
  ): Promise<Cover | null>;
}

export interface CoversOptions {
  titles: Pick<TitleStore, "find">;
  providers: Pick<ProviderCatalog, "list" | "find">;
  callProvider: CallProvider;
  /** Where they are kept. */
  folder: string;
  /** Epoch milliseconds. */
  clock: () => number;
  deadlineMs?: number;
  /** For the metrics. */
  onCache?: (outcome: "hit" | "miss") => void;
  /** Told of a disk that cannot be written and of pictures that are none. */
  report?: (error: unknown) => void;
}

const DEADLINE_MS = 8000;
/** A cover that could not be had is not asked for again at once. */
const FAILED_FOR_MS = 60_000;
const FAILED_MAX = 5000;

export function createCovers(options: CoversOptions): Covers {
  const { titles, providers, callProvider, clock, deadlineMs = DEADLINE_MS, onCache, report } = options;
  const files = createCoverFiles(options.folder);
  const making = new Map<string, Promise<Buffer | null>>();
  const failedAt = new LRUCache<string, number>({ max: FAILED_MAX });

  /** The title's own picture; from the disk or its first provider that gives it. Null when none does. */
  async function findPicture(items: readonly ProviderItem[], wanted: Wanted): Promise<Buffer | null> {
    for (const item of items) {
      if (!item.coverUrl) continue;
      const bytes = await share(item, item.coverUrl, wanted);
      if (bytes) return bytes;
    }
    return null;
  }

  function share(item: ProviderItem, url: string, wanted: Wanted): Promise<Buffer | null> {
    const name = nameOf(item.providerId, url, wanted);
    let picture = making.get(name);
    if (!picture) {
      picture = make(item.providerId, url, name, wanted)
        .catch((error: unknown) => {
          report?.(error);
          return null;
        })
        .finally(() => making.delete(name));
      making.set(name, picture);
    }
    return picture;
  }

  async function make(providerId: string, url: string, name: string, wanted: Wanted): Promise<Buffer | null> {
    const kept = await files.read(name);
    onCache?.(kept ? "hit" : "miss");
    if (kept) return kept;
    const original = await fetchPicture(providerId, url, wanted.requestId ?? null);
    if (!original) return null;
    try {
      const bytes = await resizeCover(original, wanted.width, wanted.format);
      await files.write(name, bytes).catch((error: unknown) => report?.(error));
      return bytes;
    } catch (error) {
      failedAt.set(`${providerId}\n${url}`, clock());
      throw error;
    }
  }

  async function fetchPicture(providerId: string, url: string, requestId: string | null): Promise<Uint8Array | null> {
    const key = `${providerId}\n${url}`;
    const provider = providers.find(providerId);
    if (!provider?.enabled || !provider.initialized || !provider.adapter.cover) return null;
    if (clock() - (failedAt.get(key) ?? Number.NEGATIVE_INFINITY) < FAILED_FOR_MS) return null;
    const input = { url };
    const answer = await callProvider({
      provider,
      operation: "cover",
      source: "download",
      input,
      deadlineMs,
      requestId,
    });
    if (answer.ok) return answer.value.bytes;
    failedAt.set(key, clock());
    return null;
  }

  return {
    async find(titleId, wanted) {
      const stored = await titles.find(titleId);
      if (!stored) return null;
      const weights = Object.fromEntries(providers.list().map(({ id, priority }) => [id, toWeight(priority)]));
      const items = toItems(stored.sources, weights);
      const picture = await findPicture(items, wanted);
      const bytes = picture ?? (await drawPlaceholder(pickTitle(items, "english"), wanted.width, wanted.format));
      return {
        bytes,
        contentType: `image/${wanted.format}`,
        etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
        isPlaceholder: picture === null,
      };
    },
  };
}

interface Wanted {
  width: CoverWidth;
  format: CoverFormat;
  requestId?: string | null;
}

function nameOf(providerId: string, url: string, { width, format }: Wanted): string {
  return `${createHash("sha256").update(`${providerId}\n${url}`).digest("hex")}-${width}.${format}`;
}
