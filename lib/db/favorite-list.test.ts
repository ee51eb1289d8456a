import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toFavoriteKeys, toQueryWords } from "@/lib/favorites/favorite-keys";
import { toSearchText } from "@/lib/search/normalise";
import { seedTitles, seedUser } from "@/tests/support/seed-library";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import {
  countFavorites,
  type FavoriteFilter,
  type FavoriteSort,
  listFavorites,
  listMatchingTitleIds,
  NO_FILTER,
} from "./favorite-list";
import { starTitles, unstarTitles, updateFavorites } from "./favorites";
import { addTags, listTags } from "./tags";

interface Row {
  title: string;
  year: number | null;
  rating: number | null;
  status: string | null;
  tags: string[];
  providers: string[];
  starred: boolean;
}

const PROVIDERS = ["anilist", "kitsu", "mangadex"];
const TITLES = ["Berserk", "Pokémon", "Vagabond", "Vinland Saga", "Vagabond 2", "Zetman"];

/** Every combination often enough, from one small generator without chance. */
const ROWS: Row[] = Array.from({ length: 60 }, (_, index) => ({
  title: `${TITLES[index % TITLES.length]} ${index}`,
  year: index % 7 === 0 ? null : 1990 + (index % 5),
  rating: index % 4 === 0 ? null : (index * 3) % 11,
  status: [null, "reading", "completed"][index % 3] ?? null,
  tags: ["dark", "long"].filter((_, place) => (index >> place) % 2 === 0),
  providers: PROVIDERS.filter((_, place) => (index + place) % 3 !== 0),
  starred: index % 6 !== 5,
}));

let database: TestDatabase;
let viewerId: string;
let stranger: string;
let titleIds: string[];

beforeAll(async () => {
  database = await openTestDatabase();
  const { client } = database;
  viewerId = await seedUser(client);
  stranger = await seedUser(client, "stranger");
  titleIds = await seedTitles(client, ROWS);
  for (const [index, row] of ROWS.entries()) {
    const titleId = titleIds[index] ?? "";
    const at = new Date(1_000_000 + index * 1000);
    const title = { titleId, ...toFavoriteKeys({ ...row, searchText: toSearchText([row.title]) }, null) };
    await starTitles(client, { viewerId, titles: [title], at });
    const fields = { ratingHalves: row.rating, readingStatus: row.status };
    await updateFavorites(client, { viewerId, titleIds: [titleId], fields, at });
    await addTags(client, { viewerId, titleIds: [titleId], names: row.tags });
    if (!row.starred) await unstarTitles(client, { viewerId, titleIds: [titleId], at });
  }
  await starTitles(client, {
    viewerId: stranger,
    titles: titleIds.map((titleId) => ({ titleId, sortTitle: "x", sortYear: null, searchText: "berserk" })),
    at: new Date(0),
  });
  await addTags(client, { viewerId: stranger, titleIds, names: ["dark", "theirs"] });
});
afterAll(() => database.dispose());

const sorts = fc.record({
  key: fc.constantFrom<FavoriteSort["key"][]>("updated", "created", "title", "rating", "year"),
  descending: fc.boolean(),
});
const someProviders = fc.subarray(PROVIDERS, { minLength: 1 });
const filters: fc.Arbitrary<FavoriteFilter> = fc.record({
  isFavorite: fc.boolean(),
  words: fc.subarray(["vagabond", "pokemon", "2", "nowhere"], { maxLength: 2 }),
  tags: fc.subarray(["dark", "long", "theirs"], { maxLength: 2 }),
  rating: fc.oneof(
    fc.constant(null),
    fc.constant("none" as const),
    fc.record({ min: fc.integer({ min: 0, max: 10 }), max: fc.integer({ min: 0, max: 10 }) }),
  ),
  readingStatus: fc.constantFrom(null, "none", "reading", "dropped"),
  withSourceAt: fc.array(fc.oneof(someProviders, fc.constant([])), { maxLength: 1 }),
  withoutSourceAt: fc.option(fc.subarray(PROVIDERS)),
});

function matches(row: Row, filter: FavoriteFilter): boolean {
  const { rating, readingStatus, withoutSourceAt } = filter;
  const text = toSearchText([row.title]);
  return (
    row.starred === filter.isFavorite &&
    filter.words.every((word) => text.includes(word)) &&
    filter.tags.every((tag) => row.tags.includes(tag)) &&
    (rating === null ||
      (rating === "none"
        ? row.rating === null
        : row.rating !== null && row.rating >= rating.min && row.rating <= rating.max)) &&
    (readingStatus === null || (row.status ?? "none") === readingStatus) &&
    filter.withSourceAt.every((some) => some.some((provider) => row.providers.includes(provider))) &&
    !withoutSourceAt?.some((provider) => row.providers.includes(provider))
  );
}

/** The sort value of a row; null comes last in either direction. */
function placeOf(row: Row, key: FavoriteSort["key"]): number | string | null {
  if (key === "title") return toFavoriteKeys({ ...row, searchText: "" }, null).sortTitle;
  if (key === "rating") return row.rating;
  return key === "year" ? row.year : ROWS.indexOf(row);
}

function inOrder(a: Row, b: Row, { key, descending }: FavoriteSort): boolean {
  const [first, second] = [placeOf(a, key), placeOf(b, key)];
  if (first === null || second === null) return second === null;
  return descending ? first >= second : first <= second;
}

describe("the list of favorites", () => {
  test("holds what a plain filter over all rows keeps, in order, with nothing lost between pages", async () => {
    await fc.assert(
      fc.asyncProperty(filters, sorts, fc.integer({ min: 1, max: 25 }), async (filter, sort, limit) => {
        const wanted = ROWS.filter((row) => matches(row, filter));
        const seen: Row[] = [];
        for (let page = 1; page <= Math.ceil(wanted.length / limit) + 1; page++) {
          const { favorites, total } = await listFavorites(database.client, { viewerId, filter, sort, page, limit });
          expect(total).toBe(wanted.length);
          for (const favorite of favorites) {
            const row = ROWS[titleIds.indexOf(favorite.titleId)];
            if (row) seen.push(row);
          }
        }
        expect(new Set(seen)).toEqual(new Set(wanted));
        expect(seen).toHaveLength(wanted.length);
        for (const [index, row] of seen.entries()) {
          const next = seen[index + 1];
          if (next) expect(inOrder(row, next, sort)).toBe(true);
        }
        const ids = await listMatchingTitleIds(database.client, { viewerId, filter });
        expect(ids.sort()).toEqual(wanted.map((row) => titleIds[ROWS.indexOf(row)]).sort());
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test("tells each favorite once over all pages, however many of the wanted providers have it", async () => {
    const filter = { ...NO_FILTER, withSourceAt: [["anilist", "mangadex"]] };
    const options = { viewerId, filter, sort: { key: "updated", descending: false }, limit: 1 } as const;
    const wanted = ROWS.filter((row) => matches(row, filter)).map((row) => titleIds[ROWS.indexOf(row)]);
    const seen: string[] = [];
    for (let page = 1; page <= wanted.length; page++) {
      seen.push(
        ...(await listFavorites(database.client, { ...options, page })).favorites.map(({ titleId }) => titleId),
      );
    }
    expect(seen).toEqual(wanted);
  });

  test("beyond the end is an empty page that still knows the total", async () => {
    const options = { viewerId, filter: NO_FILTER, sort: { key: "title", descending: false }, limit: 20 } as const;
    const page = await listFavorites(database.client, { ...options, page: 999 });
    expect(page).toEqual({ favorites: [], total: ROWS.filter(({ starred }) => starred).length });
  });

  test("counts starred ones only", async () => {
    const starred = ROWS.filter((row) => row.starred).length;
    expect(await countFavorites(database.client, { viewerId, filter: NO_FILTER })).toBe(starred);
  });

  test("shows nobody else's rows, tags or counts", async () => {
    const all = await listFavorites(database.client, {
      viewerId: stranger,
      filter: NO_FILTER,
      sort: { key: "created", descending: true },
      page: 1,
      limit: 200,
    });
    expect(all.total).toBe(ROWS.length);
    expect(new Set(all.favorites.map(({ userId }) => userId))).toEqual(new Set([stranger]));
    expect(all.favorites.every(({ tags }) => tags.join() === "dark,theirs")).toBe(true);
    expect((await listTags(database.client, { viewerId })).map(({ name }) => name)).toEqual(["dark", "long"]);
  });

  test("a word of signs is taken as it is, not as a pattern", async () => {
    for (const word of ["%", "_", "!"]) {
      expect(
        await listMatchingTitleIds(database.client, { viewerId, filter: { ...NO_FILTER, words: [word] } }),
      ).toEqual([]);
    }
  });
});

describe("the text filter", () => {
  test.each([
    ["POKEMON", "Pokémon"],
    ["pokémon red", "Pokémon Red"],
    ["red pokemon", "Pokémon Red"],
    ["ﾍﾞﾙｾﾙｸ", "ベルセルク"],
    ["ベルセルク", "ベルセルク"],
    ["進撃", "進撃の巨人"],
    ["나 혼자만", "나 혼자만 레벨업"],
    ["don't call", "Don’t Call It Mystery"],
    ["onepunch", "One-Punch Man"],
    ["…", "…"],
  ])("%s finds %s", (query, title) => {
    const text = toSearchText([title]);
    expect(toQueryWords(query).every((word) => text.includes(word))).toBe(true);
  });

  test("ガ does not find カ, and blanks filter nothing", () => {
    expect(toQueryWords("ガ").every((word) => toSearchText(["カ"]).includes(word))).toBe(false);
    expect(toQueryWords("   ")).toEqual([]);
  });
});
