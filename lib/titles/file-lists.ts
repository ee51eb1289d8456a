import { setTimeout as wait } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { TitleSource } from "@/lib/db/titles";
import type { CallProvider } from "@/lib/providers/call-provider";
import type { CallResult, Provider, WorkFile, WorkRef } from "@/lib/providers/provider";
import { sourceKey } from "@/lib/search/item";

export type FailedResult = Exclude<CallResult<unknown>, { ok: true }>;

export type ListedFiles =
  | { state: "listed"; files: readonly WorkFile[] }
  | { state: "failed"; result: FailedResult }
  /** Not there in the time that was given; the call goes on. */
  | { state: "pending" };

interface ListRequest {
  provider: Provider;
  source: TitleSource;
  requestId: string | null;
  waitMs?: number;
}

export interface FileLists {
  /** The files of one source: kept for five minutes, asked for once however many want them. Failures are not kept. */
  read(request: ListRequest): Promise<ListedFiles>;
}

const FRESH_MS = 5 * 60_000;
const LISTS_MAX = 500;

/** `clock` is epoch milliseconds. */
export function createFileLists({
  callProvider,
  clock,
}: {
  callProvider: CallProvider;
  clock: () => number;
}): FileLists {
  const kept = new LRUCache<string, { files: readonly WorkFile[]; at: number }>({ max: LISTS_MAX });
  const running = new Map<string, Promise<ListedFiles>>();

  async function ask({ provider, source, requestId }: ListRequest): Promise<ListedFiles> {
    const result = await callProvider({
      provider,
      operation: "files",
      source: "detail",
      input: toWorkRef(source),
      requestId,
    });
    if (!result.ok) return { state: "failed", result };
    kept.set(toKey({ provider, source }), { files: result.value, at: clock() });
    return { state: "listed", files: result.value };
  }

  return {
    async read(request) {
      const key = toKey(request);
      const known = kept.get(key);
      if (known && clock() - known.at < FRESH_MS) return { state: "listed", files: known.files };
      let asking = running.get(key);
      if (!asking) {
        asking = ask(request).finally(() => running.delete(key));
        running.set(key, asking);
      }
      if (request.waitMs === undefined) return asking;
      const patience = new AbortController();
      const tired = wait(request.waitMs, { state: "pending" } as const, { signal: patience.signal });
      tired.catch(() => {});
      try {
        return await Promise.race([asking, tired]);
      } finally {
        patience.abort();
      }
    },
  };
}

/** What a provider listed under another address is of no use any more. */
function toKey({ provider, source }: Pick<ListRequest, "provider" | "source">): string {
  return `${provider.config.baseUrl}\n${sourceKey(source)}`;
}

/** A source as its adapter looks it up. */
export function toWorkRef({ externalId, record }: TitleSource): WorkRef {
  return { externalId, title: record.titles[0]?.text ?? "" };
}
