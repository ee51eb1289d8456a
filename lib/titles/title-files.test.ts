import { beforeEach, describe, expect, it, vi } from "vitest";
import type { CallProvider } from "@/lib/providers/call-provider";
import type { FileStream, WorkFile } from "@/lib/providers/provider";
import { fakeAdapter, fakeProvider } from "@/lib/providers/testing/fake-provider";
import { anItem } from "@/lib/search/testing/items";
import { createTitleFiles, type TitleFiles } from "./title-files";

const KEY = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const FILE: WorkFile = {
  id: `https://books.example/api/opds/${KEY}/file/1`,
  name: "Berserk v01",
  mediaType: "application/epub+zip",
  sizeBytes: 2048,
  language: "en",
};
const OPEN = { part: null, signal: new AbortController().signal, requestId: null };

let now: number;
let files: TitleFiles;
const callProvider = vi.fn();

function aStream(overrides: Partial<FileStream> = {}): FileStream {
  return {
    status: 200,
    contentType: "application/octet-stream",
    length: null,
    contentRange: null,
    acceptsRanges: false,
    etag: null,
    lastModified: null,
    fileName: null,
    body: new ReadableStream(),
    ended: Promise.resolve(null),
    ...overrides,
  };
}

function sourceOf(providerId: string, externalId = "1") {
  const record = anItem({ provider: providerId, titles: ["Berserk"] });
  return { providerId, externalId, titleId: "t", record, detailedAt: null, updatedAt: new Date(0) };
}

beforeEach(() => {
  now = Date.parse("2026-11-22T12:00:00Z");
  callProvider.mockReset().mockResolvedValue({ ok: true, value: [FILE], durationMs: 1 });
  const adapter = fakeAdapter({ files: async () => [], download: async () => aStream() });
  const providers = [
    fakeProvider({ id: "opds-a", name: "Attic", adapter }),
    fakeProvider({ id: "opds-b", name: "Barn", adapter }),
    fakeProvider({ id: "opds-off", adapter, enabled: false }),
    fakeProvider({ id: "plain", adapter: fakeAdapter() }),
  ];
  const titles: Record<string, ReturnType<typeof sourceOf>[]> = {
    t: ["opds-a", "plain", "opds-off", "gone"].map((id) => sourceOf(id)),
    two: [sourceOf("opds-a"), sourceOf("opds-b")],
  };
  files = createTitleFiles({
    titles: { find: async (id) => (titles[id] ? { id, sources: titles[id] } : null) },
    providers: { find: (id) => providers.find((provider) => provider.id === id) ?? null },
    // Safe because only files and downloads are asked for here, and each test says what comes.
    callProvider: callProvider as CallProvider,
    clock: () => now,
    bytesMax: () => 4096,
  });
});

const list = async (id = "t") => (await files.list(id, { requestId: null })) ?? { files: [], missing: [] };
const idOf = async (id = "t") => (await list(id)).files[0]?.id ?? "";

describe("the files of a title", () => {
  it("come from its enabled providers that have downloads, and show nothing of the upstream's addresses", async () => {
    const { files: found, missing } = await list();
    expect(found).toEqual([
      {
        id: expect.stringMatching(/^[\w-]{30}$/),
        fileName: "Berserk v01.epub",
        mediaType: "application/epub+zip",
        providerId: "opds-a",
        providerName: "Attic",
        sizeBytes: 2048,
        language: "en",
        isTooLarge: false,
      },
    ]);
    expect(missing).toEqual([]);
    expect(JSON.stringify(found)).not.toContain(KEY);
    expect(callProvider).toHaveBeenCalledTimes(1);
    expect(callProvider.mock.calls[0]?.[0]).toMatchObject({
      operation: "files",
      source: "detail",
      input: { externalId: "1", title: "Berserk" },
    });
  });

  it("are asked for once by many, and again after five minutes", async () => {
    await Promise.all([list(), list()]);
    await list();
    expect(callProvider).toHaveBeenCalledTimes(1);
    now += 300_000;
    await list();
    expect(callProvider).toHaveBeenCalledTimes(2);
  });

  it("name the providers whose files are missing, be it for a failure or for want of time", async () => {
    callProvider.mockImplementation(({ provider }) =>
      provider.id === "opds-a"
        ? Promise.resolve({ ok: false, kind: "failed", failure: { class: "timeout" } })
        : new Promise(() => {}),
    );
    const { files: found, missing } = (await files.list("two", { waitMs: 5, requestId: null })) ?? (await list());
    expect(found).toEqual([]);
    expect(missing).toEqual([
      { providerId: "opds-a", providerName: "Attic", isPending: false },
      { providerId: "opds-b", providerName: "Barn", isPending: true },
    ]);
  });

  it("are of nobody for a title that nobody saw", async () => {
    expect(await files.list("nothing", { requestId: null })).toBeNull();
  });
});

describe("opening a file", () => {
  it("asks the provider for what its list named, with the range", async () => {
    const id = await idOf();
    callProvider.mockResolvedValue({ ok: true, value: aStream({ contentType: "text/html" }), durationMs: 1 });
    const part = { range: "bytes=1-", ifRange: null };
    const { file } = await files.open("t", id, { ...OPEN, part });
    expect(file).toEqual({ fileName: "Berserk v01.epub", mediaType: "application/epub+zip" });
    expect(callProvider.mock.lastCall?.[0]).toMatchObject({
      operation: "download",
      source: "download",
      input: { work: { externalId: "1", title: "Berserk" }, fileId: FILE.id, part, bytesMax: 4096 },
    });
  });

  it("lists again after a restart, so that links live on", async () => {
    const id = await idOf();
    now += 300_000;
    callProvider.mockImplementation(async ({ operation }) => ({
      ok: true,
      value: operation === "files" ? [FILE] : aStream(),
      durationMs: 1,
    }));
    await expect(files.open("t", id, OPEN)).resolves.toBeDefined();
  });

  it("takes the upstream's own name where the list says nothing", async () => {
    callProvider.mockResolvedValue({ ok: true, value: [{ ...FILE, mediaType: null }], durationMs: 1 });
    const id = await idOf();
    const value = aStream({ contentType: "application/pdf", fileName: "../Volume 1.pdf" });
    callProvider.mockResolvedValue({ ok: true, value, durationMs: 1 });
    const { file } = await files.open("t", id, OPEN);
    expect(file).toEqual({ fileName: "_Volume 1.pdf", mediaType: "application/pdf" });
  });

  it.each(["https://elsewhere.example/x", "", "A".repeat(30)])(
    "knows no file %j, and asks nobody about it",
    async (id) => {
      await expect(files.open("t", id, OPEN)).rejects.toMatchObject({ code: "not_found" });
      expect(callProvider).not.toHaveBeenCalled();
    },
  );

  it("does not open another title's file, nor one that the list has no more", async () => {
    const id = await idOf();
    await expect(files.open("nothing", id, OPEN)).rejects.toMatchObject({ code: "not_found" });
    now += 300_000;
    callProvider.mockResolvedValue({ ok: true, value: [], durationMs: 1 });
    await expect(files.open("t", id, OPEN)).rejects.toMatchObject({ code: "not_found" });
  });

  it("refuses what is larger than allowed before it asks", async () => {
    callProvider.mockResolvedValue({ ok: true, value: [{ ...FILE, sizeBytes: 4097 }], durationMs: 1 });
    const [file] = (await list()).files;
    expect(file?.isTooLarge).toBe(true);
    await expect(files.open("t", file?.id ?? "", OPEN)).rejects.toMatchObject({ code: "forbidden" });
    expect(callProvider).toHaveBeenCalledTimes(1);
  });

  it.each([
    [{ kind: "failed", failure: { class: "client", httpStatus: 404 } }, { code: "not_found" }],
    [{ kind: "failed", failure: { class: "client", httpStatus: 416 } }, { code: "range_not_satisfiable" }],
    [{ kind: "failed", failure: { class: "client", httpStatus: null } }, { code: "forbidden" }],
    [
      { kind: "failed", failure: { class: "quota", httpStatus: 406, retryAt: Date.parse("2026-11-22T12:01:00Z") } },
      { code: "unavailable", retryAfterSeconds: 60 },
    ],
    [{ kind: "failed", failure: { class: "network", retryAt: null } }, { code: "unavailable" }],
    [
      { kind: "queued", waitedMs: 1 },
      { code: "unavailable", retryAfterSeconds: 1 },
    ],
    [
      { kind: "rejected", admission: { reason: "resting after failures", until: null } },
      { code: "unavailable", message: "Attic is not asked now: resting after failures." },
    ],
  ])("tells what became of it: %j", async (result, error) => {
    const id = await idOf();
    callProvider.mockResolvedValue({ ok: false, ...result });
    await expect(files.open("t", id, OPEN)).rejects.toMatchObject(error);
  });
});
