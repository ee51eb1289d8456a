import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ProviderItem } from "@/lib/search/item";
import { merge } from "@/lib/search/merge";
import { anItem, type ItemSketch } from "@/lib/search/testing/items";
import { seedUser } from "@/tests/support/seed-library";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import { mintTitleId } from "./identity";
import { createTitleStore, type TitleStore } from "./title-store";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let db: TestDatabase;
let now: number;
let titles: TitleStore;

const open = () => createTitleStore({ client: db.client, clock: () => now, flushDelayMs: 60_000 });

beforeEach(async () => {
  db = await openTestDatabase();
  now = Date.UTC(2026, 10, 1);
  titles = open();
});
afterEach(() => db.dispose());

/** Works as one search finds them, with the identity that the store gives them. */
function see(...sketches: ItemSketch[]): ProviderItem[] {
  return sketches.flatMap((sketch) => {
    const { providerId: _, rank: __, titleId: ___, sourceId: ____, known: _____, ...record } = anItem(sketch);
    return titles.resolve(sketch.provider, [record], 1);
  });
}
const md: ItemSketch = { provider: "mangadex", id: "m", titles: ["Berserk"], year: 1989, ids: { mal: "2" } };
const kt: ItemSketch = { provider: "kitsu", id: "k", titles: ["Berserk"], year: 1989, ids: { mal: "2", kt: "8" } };

describe("the title store", () => {
  it("makes an id good at once that was only shown, before its search has ended", async () => {
    const [item] = see(md);
    expect(item?.known).toBe(false);
    expect(await titles.ensure(item?.titleId ?? "")).toBe(item?.titleId);
    expect(await db.client.title.count()).toBe(1);
  });

  it("does not know an id that nobody ever saw", async () => {
    expect(await titles.ensure("00000000-0000-5000-8000-000000000000")).toBeNull();
    expect(await titles.find("nothing")).toBeNull();
  });

  it("writes a cluster as one title with its sources, and every minted id leads to it", async () => {
    const items = see(md, kt);
    titles.remember(merge(items));
    await titles.flush();
    const found = await titles.find(mintTitleId("kitsu", "k"));
    expect(found?.id).toBe(mintTitleId("mangadex", "m"));
    expect(found?.sources.map(({ providerId }) => providerId).sort()).toEqual(["kitsu", "mangadex"]);
    const row = await db.client.title.findUniqueOrThrow({ where: { id: found?.id ?? "" } });
    expect(row).toMatchObject({ title: "Berserk", year: 1989, type: "manga" });
    expect(JSON.parse(row.ids)).toEqual({ mal: "2", kt: "8" });
    expect(row.createdAt.getTime()).toBe(now);
  });

  it("knows what a work is called by its id elsewhere", async () => {
    titles.remember(merge(see(md)));
    await titles.flush();
    expect(await titles.findTextByCrossId("mal", "2")).toBe("Berserk");
    expect(await titles.findTextByCrossId("mal", "22")).toBeNull();
  });

  it("knows everything again after a restart", async () => {
    titles.remember(merge(see(md, kt)));
    await titles.stop();
    titles = open();
    await titles.load();
    const [item] = see(kt);
    expect(item).toMatchObject({ known: true, titleId: mintTitleId("mangadex", "m") });
    expect(await titles.find(mintTitleId("mangadex", "m"))).toMatchObject({ id: mintTitleId("mangadex", "m") });
  });

  it("lets a new source join the title of a stored one", async () => {
    const [first] = see(kt);
    await titles.ensure(first?.titleId ?? "");
    titles.remember(merge(see(md, kt)));
    await titles.flush();
    expect(see(md)[0]?.titleId).toBe(first?.titleId);
    expect(await titles.ensure(mintTitleId("mangadex", "m"))).toBe(first?.titleId);
  });

  it("keeps what a detailed record knew when a short one comes", async () => {
    const [item] = see(md);
    const id = (await titles.ensure(item?.titleId ?? "")) ?? "";
    const detailed = (await titles.find(id))?.sources[0]?.record;
    if (!detailed) throw new Error("no source");
    titles.rememberDetails(id, "mangadex", { ...detailed, authors: ["Miura Kentarou"], description: "Long story." });
    await titles.flush();
    titles.remember(merge(see({ ...md, titles: ["Berserk", "ベルセルク"] })));
    await titles.flush();
    const [source] = (await titles.find(id))?.sources ?? [];
    expect(source).toMatchObject({
      detailedAt: now,
      record: { authors: ["Miura Kentarou"], description: "Long story." },
    });
    expect(source?.record.titles.map(({ text }) => text)).toContain("ベルセルク");
  });

  it("makes one title of two stored ones that their ids prove the same", async () => {
    const [one] = see({ ...md, ids: {} });
    const [other] = see({ ...kt, titles: ["Beruseruku"], ids: {} });
    await titles.ensure(one?.titleId ?? "");
    now += 1000;
    await titles.ensure(other?.titleId ?? "");
    titles.remember(merge(see(md, kt)));
    await titles.flush();
    expect(await db.client.title.count()).toBe(1);
    expect(await titles.ensure(other?.titleId ?? "")).toBe(one?.titleId);
    expect(see(kt)[0]?.titleId).toBe(one?.titleId);
  });

  it("does not make one title of two that only look alike", async () => {
    const [one] = see({ ...md, ids: {}, authors: ["Miura"] });
    const [other] = see({ ...kt, ids: {}, authors: ["Miura"] });
    await titles.ensure(one?.titleId ?? "");
    await titles.ensure(other?.titleId ?? "");
    titles.remember(merge(see({ ...md, ids: {}, authors: ["Miura"] }, { ...kt, ids: {}, authors: ["Miura"] })));
    await titles.flush();
    expect(await db.client.title.count()).toBe(2);
  });

  it("loses nothing of a user's favorites when titles become one", async () => {
    const userId = await seedUser(db.client);
    const [one] = see({ ...md, ids: {} });
    const [other] = see({ ...kt, titles: ["Beruseruku"], ids: {} });
    const a = await titles.ensure(one?.titleId ?? "");
    now += 1000;
    const b = await titles.ensure(other?.titleId ?? "");
    const tag = await db.client.tag.create({ data: { userId, name: "dark" } });
    const base = { userId, sortTitle: "b", searchText: "b" };
    await db.client.favorite.create({
      data: { ...base, titleId: a ?? "", isFavorite: false, ratingHalves: 9, notes: "one", readingStatus: "reading" },
    });
    await db.client.favorite.create({
      data: { ...base, titleId: b ?? "", notes: "two", progress: 3, tags: { create: { tagId: tag.id } } },
    });
    titles.remember(merge(see(md, kt)));
    await titles.flush();
    const rows = await db.client.favorite.findMany({ include: { tags: true } });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      isFavorite: true,
      ratingHalves: 9,
      notes: "one\n\ntwo",
      readingStatus: "reading",
      progress: 3,
      tags: [{ tagId: tag.id }],
    });
  });

  it("follows another instance that stored a source under another title", async () => {
    const elsewhere = open();
    const [theirs] = elsewhere.resolve("kitsu", [{ ...anItem(kt), ids: {} }], 1);
    await elsewhere.ensure(theirs?.titleId ?? "");
    titles.remember(merge(see(md, kt)));
    await titles.flush();
    expect(see(md)[0]?.titleId).toBe(theirs?.titleId);
    expect(await db.client.title.count()).toBe(1);
  });

  it("keeps what could not be written, shows it meanwhile, and writes it later", async () => {
    const failing = vi.spyOn(db.client, "$transaction").mockRejectedValueOnce(new Error("disk full"));
    const report = vi.fn();
    titles = createTitleStore({ client: db.client, clock: () => now, flushDelayMs: 60_000, report });
    const [item] = see(md);
    titles.remember(merge(see(md)));
    expect((await titles.find(item?.titleId ?? ""))?.sources).toHaveLength(1);
    expect(report).toHaveBeenCalledOnce();
    failing.mockRestore();
    await titles.stop();
    expect(await db.client.title.count()).toBe(1);
  });

  it("tells which stored titles are called otherwise now", async () => {
    const onTextsChanged = vi.fn(async () => {});
    titles = createTitleStore({ client: db.client, clock: () => now, flushDelayMs: 60_000, onTextsChanged });
    const id = (await titles.ensure(see(md)[0]?.titleId ?? "")) ?? "";
    expect(onTextsChanged).not.toHaveBeenCalled();
    titles.remember(merge(see({ ...md, english: "Berserk: Deluxe" })));
    await titles.flush();
    expect(onTextsChanged).toHaveBeenCalledWith(expect.anything(), [id]);
  });

  it("writes two hundred works of a search in few statements", async () => {
    const queries: string[] = [];
    await db.dispose();
    db = await openTestDatabase({ onQuery: ({ operation }) => void queries.push(operation) });
    titles = open();
    const many = Array.from({ length: 200 }, (_, n) => ({ ...md, id: String(n), titles: [`Work ${n}`], ids: {} }));
    titles.remember(merge(see(...many)));
    await titles.flush();
    expect(await db.client.title.count()).toBe(200);
    expect(queries.length).toBeLessThan(60);
  });
});
