import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";

let database: TestDatabase;

beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.dispose());

const write = (key: string) => database.client.setting.create({ data: { key, value: "1" } });

describe("transactions", () => {
  test("a write from elsewhere outlives the rollback of a transaction that was open when it was made", async () => {
    let elsewhere: Promise<unknown> = Promise.resolve();
    const rolledBack = database.client.$transaction(async (transaction) => {
      await transaction.setting.create({ data: { key: "inside", value: "1" } });
      elsewhere = write("elsewhere");
      await transaction.setting.count();
      throw new Error("no");
    });
    await expect(rolledBack).rejects.toThrow("no");
    await elsewhere;
    expect((await database.client.setting.findMany()).map(({ key }) => key)).toEqual(["elsewhere"]);
  });

  test("reads from elsewhere answer while a transaction is open", async () => {
    await database.client.$transaction(async () => {
      expect(await database.client.setting.count()).toBe(0);
    });
  });

  test("many transactions and writes at once all arrive", async () => {
    const inTransaction = (key: string) =>
      database.client.$transaction(async (transaction) => {
        await transaction.setting.create({ data: { key, value: "1" } });
        await transaction.setting.update({ where: { key }, data: { value: "2" } });
      });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? inTransaction(`t${index}`) : write(`w${index}`))),
    );
    expect(await database.client.setting.count()).toBe(20);
    expect(await database.client.setting.count({ where: { value: "2" } })).toBe(10);
  });
});
