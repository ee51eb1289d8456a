import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CallProvider } from "@/lib/providers/call-provider";
import type { Provider } from "@/lib/providers/provider";
import { anItem } from "@/lib/search/testing/items";
import { createCoverFiles } from "./cover-files";
import { drawPlaceholder } from "./cover-image";
import { type Covers, type CoversOptions, createCovers } from "./covers";

let folder: string;
let now: number;
let options: CoversOptions;
const callProvider = vi.fn();
const report = vi.fn();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "yagura-covers-"));
  now = 0;
  report.mockReset();
  const picture = await sharp({ create: { width: 800, height: 1200, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  callProvider
    .mockReset()
    .mockResolvedValue({ ok: true, value: { contentType: "image/png", bytes: picture }, durationMs: 1 });
  // Safe because covers read no more of a provider than this.
  const provider = {
    id: "kitsu",
    priority: 50,
    enabled: true,
    initialized: true,
    adapter: { cover: () => {} },
  } as unknown as Provider;
  const record = { ...anItem({ provider: "kitsu", titles: ["Berserk"] }), coverUrl: "https://media.example/1.png" };
  const source = {
    providerId: "kitsu",
    externalId: "1",
    titleId: "t",
    record,
    detailedAt: null,
    updatedAt: new Date(0),
  };
  const bare = { ...source, record: { ...record, coverUrl: null } };
  options = {
    titles: {
      find: async (id) => (id === "t" ? { id, sources: [source] } : id === "bare" ? { id, sources: [bare] } : null),
    },
    providers: { list: () => [provider], find: (id) => (id === "kitsu" ? provider : null) },
    callProvider: callProvider as CallProvider,
    folder,
    clock: () => now,
    report,
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const webp = { width: 160, format: "webp" } as const;
const widthOf = async (covers: Covers, id = "t") => {
  const cover = await covers.find(id, webp);
  return cover && { ...(await sharp(cover.bytes).metadata()), isPlaceholder: cover.isPlaceholder, etag: cover.etag };
};

describe("covers", () => {
  it("are made small, in the format wanted, and fetched once", async () => {
    const covers = createCovers(options);
    const [one, other] = await Promise.all([widthOf(covers), widthOf(covers)]);
    expect(one).toMatchObject({ width: 160, format: "webp", isPlaceholder: false });
    expect(other?.etag).toBe(one?.etag);
    await widthOf(createCovers(options));
    expect(callProvider).toHaveBeenCalledTimes(1);
    const cover = await covers.find("t", { width: 320, format: "avif" });
    expect(await sharp(cover?.bytes).metadata()).toMatchObject({ width: 320, format: "heif" });
  });

  it("are drawn when there is none, and unknown for an unknown title", async () => {
    const covers = createCovers(options);
    expect(await widthOf(covers, "bare")).toMatchObject({ width: 160, height: 240, isPlaceholder: true });
    expect(await covers.find("nothing", webp)).toBeNull();
    expect(callProvider).not.toHaveBeenCalled();
  });

  it("are drawn while the provider fails, and asked for again a minute later", async () => {
    const covers = createCovers(options);
    const picture = await callProvider();
    callProvider.mockClear().mockResolvedValueOnce({ ok: false, kind: "failed" }).mockResolvedValue(picture);
    expect(await widthOf(covers)).toMatchObject({ isPlaceholder: true });
    expect(await widthOf(covers)).toMatchObject({ isPlaceholder: true });
    expect(callProvider).toHaveBeenCalledTimes(1);
    now += 60_001;
    expect(await widthOf(covers)).toMatchObject({ isPlaceholder: false });
  });

  it("are drawn when the bytes are no picture", async () => {
    callProvider.mockResolvedValue({ ok: true, value: { contentType: "image/png", bytes: Buffer.from("no") } });
    expect(await widthOf(createCovers(options))).toMatchObject({ isPlaceholder: true });
    expect(report).toHaveBeenCalled();
  });

  it("are still shown when the disk cannot be written", async () => {
    writeFileSync(join(folder, "file"), "");
    const covers = createCovers({ ...options, folder: join(folder, "file") });
    expect((await covers.find("t", webp))?.bytes.length).toBeGreaterThan(0);
  });
});

it("draws any title, whatever stands in it", async () => {
  for (const title of ["<script>&\u0000", "進撃の巨人", "", "a".repeat(300)]) {
    expect((await drawPlaceholder(title, 160, "webp")).length).toBeGreaterThan(0);
  }
});

it("throws the oldest covers away when there is no room", async () => {
  const files = createCoverFiles(folder, 1000);
  for (let n = 0; n < 200; n++) await files.write(`${String(n).padStart(4, "0")}.webp`, Buffer.alloc(10));
  const left = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith(".webp"));
  expect(left.length).toBeLessThanOrEqual(80);
});
