import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { seedUser } from "@/tests/support/seed-library";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import { deleteSearches, listSearches, recordSearch } from "./search-history";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let db: TestDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.dispose());

it("lists a user's own searches, newest first, each words once", async () => {
  const [ann, bob] = [await seedUser(db.client, "ann"), await seedUser(db.client, "bob")];
  const search = (viewerId: string, query: string, minute: number) =>
    recordSearch(db.client, { viewerId, query, at: new Date(minute * 60_000) });
  await search(ann, "berserk", 1);
  await search(ann, "naruto", 2);
  await search(ann, "berserk", 3);
  await search(bob, "secret", 4);
  expect((await listSearches(db.client, { viewerId: ann })).map(({ query }) => query)).toEqual(["berserk", "naruto"]);
  expect(await deleteSearches(db.client, { viewerId: ann })).toBe(2);
  expect(await listSearches(db.client, { viewerId: bob })).toHaveLength(1);
});

it("forgets the oldest beyond a hundred", async () => {
  const viewerId = await seedUser(db.client);
  for (let n = 0; n < 103; n++) await recordSearch(db.client, { viewerId, query: `q${n}`, at: new Date(n * 1000) });
  const kept = await listSearches(db.client, { viewerId, limit: 200 });
  expect(kept).toHaveLength(100);
  expect(kept.at(-1)?.query).toBe("q3");
});
