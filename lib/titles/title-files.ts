import "server-only";
import type { TitleSource } from "@/lib/db/titles";
import { AppError } from "@/lib/errors";
import type { CallProvider } from "@/lib/providers/call-provider";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import type { FileRange, FileStream, Provider, WorkFile } from "@/lib/providers/provider";
import { toDownloadRefusal } from "./download-refusal";
import { mintFileId, mintSourceTag } from "./file-ids";
import { createFileLists, type ListedFiles, toWorkRef } from "./file-lists";
import { type SafeFile, toSafeFile } from "./safe-file";
import type { TitleStore } from "./title-store";

/** One file of a title, as people see it: nothing of the upstream's own address. */
export interface TitleFile extends SafeFile {
  id: string;
  providerId: string;
  providerName: string;
  sizeBytes: number | null;
  /** BCP 47. */
  language: string | null;
  /** Larger than the instance allows. */
  isTooLarge: boolean;
}

/** A provider whose files are not there now. */
export interface MissingFiles {
  providerId: string;
  providerName: string;
  /** Still being asked when the time to wait was over. */
  isPending: boolean;
}

export interface TitleFileList {
  /** Another id than asked for after a merge. */
  titleId: string;
  files: TitleFile[];
  missing: MissingFiles[];
}

interface OpenOptions {
  part: FileRange | null;
  /** The reader's: breaks the download off. */
  signal: AbortSignal;
  requestId: string | null;
}

export interface TitleFiles {
  /** Null for a title that nobody ever saw. What takes longer than `waitMs` goes on for the next one who asks. */
  list(titleId: string, options: { waitMs?: number; requestId: string | null }): Promise<TitleFileList | null>;
  /**
   * A file on its way. Only files that a source of this title lists now can be opened. Throws `AppError`: not_found, forbidden (too large),
   * range_not_satisfiable, unavailable.
   */
  open(titleId: string, fileId: string, options: OpenOptions): Promise<{ file: SafeFile; stream: FileStream }>;
}

export interface TitleFilesOptions {
  titles: Pick<TitleStore, "find">;
  providers: Pick<ProviderCatalog, "find">;
  callProvider: CallProvider;
  /** Epoch milliseconds. */
  clock: () => number;
  /** The largest file that may pass, in bytes. */
  bytesMax: () => number;
}

interface Shelf {
  provider: Provider;
  source: TitleSource;
}

export function createTitleFiles(options: TitleFilesOptions): TitleFiles {
  const { titles, providers, callProvider, bytesMax, clock } = options;
  const lists = createFileLists(options);

  function listShelves(sources: readonly TitleSource[]): Shelf[] {
    return sources.flatMap((source) => {
      const provider = providers.find(source.providerId);
      const canDownload = provider?.enabled && provider.adapter.download && provider.adapter.files;
      return canDownload ? [{ provider, source }] : [];
    });
  }

  return {
    async list(titleId, { waitMs, requestId }) {
      const stored = await titles.find(titleId);
      if (!stored) return null;
      const shelves = listShelves(stored.sources);
      const listed = await Promise.all(
        shelves.map((shelf) => lists.read({ ...shelf, requestId, ...(waitMs !== undefined && { waitMs }) })),
      );
      return {
        titleId: stored.id,
        files: shelves.flatMap((shelf, index) => toFiles(shelf, listed[index] ?? null, bytesMax())),
        missing: shelves.flatMap(({ provider }, index) => toMissing(provider, listed[index] ?? null)),
      };
    },

    async open(titleId, fileId, { part, signal, requestId }) {
      const stored = await titles.find(titleId);
      const shelf = listShelves(stored?.sources ?? []).find(({ source }) => fileId.startsWith(mintSourceTag(source)));
      if (!shelf) throw new AppError("not_found", "There is no such file.");
      const { provider, source } = shelf;
      const listed = await lists.read({ ...shelf, requestId });
      if (listed.state !== "listed")
        throw toDownloadRefusal(provider, listed.state === "failed" ? listed.result : null, clock());
      const file = listed.files.find(({ id }) => mintFileId(source, id) === fileId);
      if (!file) throw new AppError("not_found", `${provider.name} does not have this file any more.`);
      if (isTooLarge(file, bytesMax()))
        throw new AppError("forbidden", "The file is larger than this instance allows.");
      const result = await callProvider({
        provider,
        operation: "download",
        source: "download",
        input: { work: toWorkRef(source), fileId: file.id, part, bytesMax: bytesMax() },
        signal,
        requestId,
      });
      if (result.ok) return { file: toServedFile(file, result.value), stream: result.value };
      throw toDownloadRefusal(provider, result, clock());
    },
  };
}

function toFiles({ provider, source }: Shelf, listed: ListedFiles | null, bytesMax: number): TitleFile[] {
  if (listed?.state !== "listed") return [];
  return listed.files.map((file) => ({
    id: mintFileId(source, file.id),
    ...toSafeFile(file),
    providerId: provider.id,
    providerName: provider.name,
    sizeBytes: file.sizeBytes,
    language: file.language,
    isTooLarge: isTooLarge(file, bytesMax),
  }));
}

function toMissing({ id, name }: Provider, listed: ListedFiles | null): MissingFiles[] {
  if (listed?.state === "listed") return [];
  return [{ providerId: id, providerName: name, isPending: listed?.state === "pending" }];
}

function isTooLarge({ sizeBytes }: WorkFile, bytesMax: number): boolean {
  return sizeBytes !== null && sizeBytes > bytesMax;
}

/** By its listing, which is what somebody clicked on; the upstream's own words where that does not say what it is. */
function toServedFile(file: WorkFile, stream: FileStream): SafeFile {
  const listed = toSafeFile(file);
  if (!listed.fileName.endsWith(".bin")) return listed;
  return toSafeFile({ name: stream.fileName ?? file.name, mediaType: stream.contentType });
}
