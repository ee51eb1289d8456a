import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NO_FILTER } from "@/lib/db/favorite-list";
import { findFavorite } from "@/lib/db/favorites";
import { listTags } from "@/lib/db/tags";
import { AppError } from "@/lib/errors";
import { seedTitles, seedUser } from "@/tests/support/seed-library";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import { type BulkChange, bulkUpdate, bulkUpdateMatching } from "./bulk-update";
import { countFavorites } from "./count-favorites";
import type { FavoriteContext } from "./favorite-context";
import { favoriteStatus } from "./favorite-status";
import { listFavorites } from "./list-favorites";
import { favoriteListQuery } from "./list-query";
import { purgeFavorites } from "./purge-favorites";
import { refreshFavoriteKeys } from "./refresh-favorite-keys";
import { removeFavorite } from "./remove-favorite";
import { setFavorite } from "./set-favorite";
import { undoUnstar } from "./undo-unstar";
import { updateFavorite } from "./update-favorite";
import { bulkBody, favoriteFieldsBody, toFavoriteChange } from "./wire";

const MERGED_AWAY = "an-id-merged-away";

let database: TestDatabase;
let context: FavoriteContext;
let ada: string;
let bob: string;
let titleIds: string[];
let berserk: string;
let now: number;
let events: unknown[];
let changedStarsOf: string[];

beforeEach(async () => {
  database = await openTestDatabase();
  const { client } = database;
  ada = await seedUser(client, "ada");
  bob = await seedUser(client, "bob");
  titleIds = await seedTitles(client, [{ title: "Berserk", year: 1989 }, { title: "Pluto" }, { title: "Vagabond" }]);
  berserk = titleIds[0] ?? "";
  now = 1_800_000_000_000;
  events = [];
  changedStarsOf = [];
  const known = new Map([...titleIds.map((id) => [id, id] as const), [MERGED_AWAY, berserk]]);
  context = {
    client,
    ensureTitle: async (titleId) => known.get(titleId) ?? null,
    starsChanged: (viewerId) => void changedStarsOf.push(viewerId),
    clock: () => now++,
    log: { info: (record: unknown) => void events.push(record) },
  };
});
afterEach(() => database.dispose());

const star = (viewerId: string, titleId = berserk, body: object = {}) =>
  setFavorite(context, { viewerId, titleId, change: toFavoriteChange(favoriteFieldsBody.parse(body)) });
const change = (viewerId: string, titleId: string, body: object) =>
  updateFavorite(context, { viewerId, titleId, change: toFavoriteChange(favoriteFieldsBody.parse(body)) });
const bulk = (viewerId: string, ids: readonly string[], what: BulkChange) =>
  bulkUpdate(context, { viewerId, titleIds: ids, change: what });
const rowOf = (viewerId: string, titleId = berserk) => findFavorite(database.client, { viewerId, titleId });
const found = async (viewerId: string, query: object) => {
  const options = { viewerId, query: favoriteListQuery.parse(query), providers: [] };
  return (await listFavorites(context, options)).favorites.map(({ titleId }) => titleId);
};

async function refusal(work: Promise<unknown>): Promise<{ code: string; pointers: string[] }> {
  const error = await work.then(
    () => new Error("was not refused"),
    (cause: unknown) => cause,
  );
  if (!(error instanceof AppError)) throw error;
  return { code: error.code, pointers: error.errors.map(({ pointer }) => pointer) };
}

describe("the star", () => {
  test("is set, not flipped: twice is once, and only the first is new", async () => {
    expect((await star(ada)).created).toBe(true);
    const first = await rowOf(ada);
    expect((await star(ada)).created).toBe(false);
    expect(await rowOf(ada)).toEqual(first);
    expect(await countFavorites(context, { viewerId: ada })).toBe(1);
  });

  test("of ten requests at once makes one favorite and is new to one of them", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => star(ada)));
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(answers.map(({ favorite }) => favorite.id)).size).toBe(1);
  });

  test("taken back keeps rating, notes and tags, and set again is new again", async () => {
    await star(ada, berserk, { rating: 4.5, notes: "Griffith!", tags: ["dark"] });
    await removeFavorite(context, { viewerId: ada, titleId: berserk, purge: false });
    expect(await rowOf(ada)).toMatchObject({ isFavorite: false, ratingHalves: 9, notes: "Griffith!", tags: ["dark"] });
    const again = await star(ada);
    expect(again).toMatchObject({ created: true, favorite: { isFavorite: true, ratingHalves: 9, tags: ["dark"] } });
  });

  test("taken back with purge deletes the row and tags that are on nothing else", async () => {
    await star(ada, berserk, { tags: ["dark"] });
    await star(bob, berserk, { tags: ["dark"] });
    await removeFavorite(context, { viewerId: ada, titleId: berserk, purge: true });
    expect(await rowOf(ada)).toBeNull();
    expect(await database.client.tag.count({ where: { userId: ada } })).toBe(0);
    expect(await rowOf(bob)).toMatchObject({ isFavorite: true, tags: ["dark"] });
  });

  test("can be taken back where there was none", async () => {
    await removeFavorite(context, { viewerId: ada, titleId: berserk, purge: false });
    expect(await rowOf(ada)).toBeNull();
  });

  test("goes to the surviving title when an old id is named", async () => {
    const { favorite } = await star(ada, MERGED_AWAY);
    expect(favorite.titleId).toBe(berserk);
    const asked = { viewerId: ada, titleId: MERGED_AWAY };
    expect(await favoriteStatus(context, asked)).toEqual({ titleId: berserk, isFavorite: true });
  });

  test("of an unknown title is refused everywhere", async () => {
    const asked = { viewerId: ada, titleId: "nothing" };
    for (const work of [
      () => star(ada, "nothing"),
      () => favoriteStatus(context, asked),
      () => removeFavorite(context, { ...asked, purge: false }),
      () => change(ada, "nothing", { notes: "x" }),
    ]) {
      expect((await refusal(work())).code).toBe("not_found");
    }
  });

  test("is told of by whatever changes it, once each time", async () => {
    const all = { viewerId: ada, filter: NO_FILTER };
    const tellings = async (work: () => Promise<unknown>) => {
      changedStarsOf = [];
      await work();
      return changedStarsOf;
    };
    expect(await tellings(() => star(ada))).toEqual([ada]);
    expect(await tellings(() => bulk(ada, titleIds, { isFavorite: true }))).toEqual([ada]);
    expect(await tellings(() => bulkUpdateMatching(context, { ...all, change: { isFavorite: false } }))).toEqual([ada]);
    const unstarredAt = (await rowOf(ada))?.updatedAt ?? new Date(0);
    expect(await tellings(() => undoUnstar(context, { viewerId: ada, unstarredAt }))).toEqual([ada]);
    const removal = { viewerId: ada, titleId: berserk, purge: false };
    expect(await tellings(() => removeFavorite(context, removal))).toEqual([ada]);
    expect(await tellings(() => purgeFavorites(context, { viewerId: ada, of: all }))).toEqual([ada]);
  });

  test("is written to the log by name", async () => {
    await star(ada);
    expect(events).toMatchObject([{ event: "favorite.set", user_id: ada, title_id: berserk, is_favorite: true }]);
  });
});

describe("fields", () => {
  test("absent stays and null clears", async () => {
    await star(ada, berserk, { rating: 3, notes: "n", custom_title: "Kenpū", progress: 12, reading_status: "reading" });
    await change(ada, berserk, { rating: null });
    expect(await rowOf(ada)).toMatchObject({
      ratingHalves: null,
      notes: "n",
      customTitle: "Kenpū",
      progress: 12,
      readingStatus: "reading",
    });
    await change(ada, berserk, { notes: null, custom_title: null, progress: null, reading_status: null, tags: null });
    expect(await rowOf(ada)).toMatchObject({ notes: null, customTitle: null, progress: null, readingStatus: null });
  });

  test("a rating of 0 is a rating", async () => {
    await star(ada, berserk, { rating: 0 });
    expect((await rowOf(ada))?.ratingHalves).toBe(0);
    expect(await found(ada, { rating: "0" })).toEqual([berserk]);
    expect(await found(ada, { rating: "none" })).toEqual([]);
  });

  test("a favorite is found by its custom title and still by its own", async () => {
    await star(ada, berserk, { custom_title: "Das schwarze Schwert" });
    expect(await found(ada, { q: "schwert" })).toEqual([berserk]);
    expect(await found(ada, { q: "berserk" })).toEqual([berserk]);
    await change(ada, berserk, { custom_title: null });
    expect(await found(ada, { q: "schwert" })).toEqual([]);
  });

  test("a title that learns a new name is found by it", async () => {
    await star(ada, berserk, { custom_title: "Mine" });
    const learnt = { title: "Berserk", searchText: "berserk | ベルセルク", year: 1990 };
    await database.client.title.update({ where: { id: berserk }, data: learnt });
    await refreshFavoriteKeys(database.client, [berserk]);
    expect(await found(ada, { q: "ベルセルク" })).toEqual([berserk]);
    expect(await found(ada, { q: "mine" })).toEqual([berserk]);
  });

  test("a change of nothing leaves the time of the last change", async () => {
    await star(ada, berserk, { rating: 3 });
    const before = await rowOf(ada);
    await change(ada, berserk, {});
    expect(await rowOf(ada)).toEqual(before);
  });

  test("tags are replaced as a whole, and a tag on nothing is gone", async () => {
    await star(ada, berserk, { tags: ["dark", "long", "dark"] });
    await change(ada, berserk, { tags: [" long ", "new"] });
    expect((await rowOf(ada))?.tags).toEqual(["long", "new"]);
    expect(await listTags(database.client, { viewerId: ada })).toEqual([
      { name: "long", count: 1 },
      { name: "new", count: 1 },
    ]);
  });

  test("cannot be changed where the viewer has no row, whoever else has one", async () => {
    await star(bob, berserk, { notes: "bob's" });
    expect((await refusal(change(ada, berserk, { notes: "ada's" }))).code).toBe("not_found");
    expect((await rowOf(bob))?.notes).toBe("bob's");
  });

  test.each([
    { rating: 5.5 },
    { rating: 0.3 },
    { rating: -1 },
    { custom_title: "x".repeat(501) },
    { tags: ["a,b"] },
    { tags: [" "] },
    { progress: -1 },
    { progress: 1.5 },
    { reading_status: "skimming" },
    { is_favorite: true },
  ])("%j is refused", (body) => {
    expect(favoriteFieldsBody.safeParse(body).success).toBe(false);
  });
});

describe("many at once", () => {
  test("star, tag and rate together; each title counts once, under whichever id", async () => {
    const answer = await bulk(ada, [berserk, MERGED_AWAY, titleIds[1] ?? "", berserk], {
      isFavorite: true,
      tagsAdd: ["dark"],
      ratingHalves: 8,
    });
    expect(answer.updated).toBe(2);
    expect(answer.items).toEqual([
      { titleId: berserk, isFavorite: true },
      { titleId: titleIds[1], isFavorite: true },
    ]);
    expect(await rowOf(ada)).toMatchObject({ tags: ["dark"], ratingHalves: 8 });
  });

  test("one unknown id changes nothing and is pointed at", async () => {
    await star(ada, berserk, { tags: ["dark"] });
    const before = await rowOf(ada);
    const ids = [berserk, titleIds[1] ?? "", "nothing", "nor this"];
    const refused = await refusal(bulk(ada, ids, { isFavorite: false, tagsRemove: ["dark"] }));
    expect(refused).toEqual({ code: "not_found", pointers: ["/manga_ids/2", "/manga_ids/3"] });
    expect(await rowOf(ada)).toEqual(before);
  });

  test("a rating for a title without a row changes nothing and is pointed at", async () => {
    await star(ada, berserk);
    await star(bob, titleIds[1]);
    const refused = await refusal(bulk(ada, [berserk, titleIds[1] ?? ""], { ratingHalves: 2 }));
    expect(refused).toEqual({ code: "not_found", pointers: ["/manga_ids/1"] });
    expect((await rowOf(ada))?.ratingHalves).toBeNull();
    expect((await rowOf(bob, titleIds[1]))?.ratingHalves).toBeNull();
  });

  test("unstar makes no rows and touches nobody else's", async () => {
    await star(ada);
    await star(bob);
    const answer = await bulk(ada, titleIds, { isFavorite: false });
    expect(answer).toMatchObject({ updated: 3, items: titleIds.map((titleId) => ({ titleId, isFavorite: false })) });
    expect(await database.client.favorite.count({ where: { userId: ada } })).toBe(1);
    expect((await rowOf(bob))?.isFavorite).toBe(true);
  });

  test("what was taken off is put back by its instant, and nothing else", async () => {
    await bulk(ada, titleIds, { isFavorite: true });
    await removeFavorite(context, { viewerId: ada, titleId: titleIds[2] ?? "", purge: false });
    await star(bob);
    const { at } = await bulk(ada, titleIds, { isFavorite: false });
    expect(await undoUnstar(context, { viewerId: bob, unstarredAt: at })).toBe(0);
    expect(await undoUnstar(context, { viewerId: ada, unstarredAt: at })).toBe(2);
    expect((await rowOf(ada, titleIds[2]))?.isFavorite).toBe(false);
  });

  test("all that match a filter are changed, and only the viewer's", async () => {
    for (const viewerId of [ada, bob]) await bulk(viewerId, titleIds, { isFavorite: true });
    const filter = { ...NO_FILTER, words: ["berserk"] };
    const tagged = await bulkUpdateMatching(context, { viewerId: ada, filter, change: { tagsAdd: ["kept"] } });
    expect(tagged.updated).toBe(1);
    expect((await rowOf(ada))?.tags).toEqual(["kept"]);
    expect((await rowOf(bob))?.tags).toEqual([]);
    expect(await purgeFavorites(context, { viewerId: ada, of: { filter: NO_FILTER } })).toBe(3);
    expect(await countFavorites(context, { viewerId: bob })).toBe(3);
  });

  test("ten thousand go in one change", async () => {
    const many = await seedTitles(
      database.client,
      Array.from({ length: 10_000 }, (_, index) => ({ title: `Title ${index}`, providers: [] })),
    );
    for (let start = 0; start < many.length; start += 1000) {
      await bulk(ada, many.slice(start, start + 1000), { isFavorite: true });
    }
    const off = { viewerId: ada, filter: NO_FILTER, change: { isFavorite: false, tagsAdd: ["old"] } };
    expect((await bulkUpdateMatching(context, off)).updated).toBe(10_000);
    expect(await countFavorites(context, { viewerId: ada })).toBe(0);
  }, 120_000);

  test("a body that asks for no change is refused at is_favorite", () => {
    for (const body of [{ manga_ids: ["a"] }, { manga_ids: ["a"], tags_add: [] }]) {
      expect(bulkBody.safeParse(body).error?.issues).toMatchObject([{ path: ["is_favorite"] }]);
    }
    expect(bulkBody.safeParse({ manga_ids: ["a"], rating: null }).success).toBe(true);
    expect(bulkBody.safeParse({ manga_ids: [], is_favorite: true }).success).toBe(false);
    expect(bulkBody.safeParse({ manga_ids: Array(1001).fill("a"), is_favorite: true }).success).toBe(false);
  });
});
