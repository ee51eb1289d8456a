import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import type { DatabaseQuery } from "./client";
import { Prisma } from "./generated/sqlite/client";

const queries: DatabaseQuery[] = [];
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase({ onQuery: (query) => void queries.push(query) });
});
afterAll(() => database.dispose());

const user = { email: "kay@yagura.example", name: "Kay", passwordHash: "x", role: "user" };

describe("a query", () => {
  const statements = [
    ["select", "findMany", () => database.client.user.findMany()],
    ["select", "count", () => database.client.user.count()],
    ["insert", "create", () => database.client.user.create({ data: user })],
    ["update", "updateMany", () => database.client.user.updateMany({ data: { name: "K" } })],
    ["select", "$queryRaw", () => database.client.$queryRaw`SELECT 1 AS one`],
    [
      "update",
      "$executeRaw",
      () => database.client.$executeRaw(Prisma.sql`UPDATE "User" SET "name" = ${"Kay"} WHERE "email" = ${user.email}`),
    ],
    ["delete", "$executeRaw", () => database.client.$executeRaw`DELETE FROM "User" WHERE "email" = 'nobody'`],
    [
      "insert",
      "$executeRawUnsafe",
      () => database.client.$executeRawUnsafe('INSERT INTO "Setting" SELECT * FROM "Setting" WHERE 1 = 0'),
    ],
    [
      "delete",
      "$executeRaw",
      () =>
        database.client
          .$executeRaw`WITH gone AS (SELECT id FROM "User" WHERE 1 = 0) DELETE FROM "User" WHERE id IN (SELECT id FROM gone)`,
    ],
    ["delete", "deleteMany", () => database.client.user.deleteMany()],
  ] satisfies [string, string, () => Promise<unknown>][];

  it.each(statements)("is told as %s when it is %s, with the time it took", async (verb, operation, run) => {
    queries.length = 0;
    await run();
    expect(queries).toMatchObject([{ verb, operation }]);
    expect(queries[0]?.durationMs).toBeGreaterThan(0);
  });

  it("is told inside a transaction, too, and when it fails", async () => {
    queries.length = 0;
    await database.client.$transaction(async (transaction) => {
      await transaction.user.count();
    });
    await database.client.user.findUniqueOrThrow({ where: { id: "nobody" } }).catch(() => {});
    expect(queries.map(({ operation }) => operation)).toEqual(["count", "findUniqueOrThrow"]);
  });
});

describe("the pool", () => {
  it("counts connections in use, and none when all is done", async () => {
    const { size } = database.pool();
    expect(size).toBeGreaterThan(0);
    const running = database.client.$transaction(async (transaction) => {
      await transaction.user.count();
      return database.pool().checkedOut;
    });
    expect(await running).toBe(database.dialect === "postgresql" ? 1 : 0);
    expect(database.pool()).toEqual({ size, checkedOut: 0, waiting: 0 });
  });
});

describe("a database", () => {
  it("closed with idle connections and dropped at once takes nothing with it, time and again", async () => {
    for (let round = 0; round < 5; round++) {
      const doomed = await openTestDatabase();
      await Promise.all([1, 2, 3, 4].map(() => doomed.client.user.count()));
      await doomed.dispose();
      await expect(doomed.client.user.count()).rejects.toThrow();
    }
    expect(await database.client.user.count()).toBe(0);
  }, 60_000);
});
