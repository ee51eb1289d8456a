import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import { createSettingsStore } from "./settings";

let db: TestDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.dispose());

describe("createSettingsStore", () => {
  it("keeps, changes and removes fields, and leaves other settings alone", async () => {
    await db.client.setting.create({ data: { key: "other", value: "1" } });
    const store = createSettingsStore(db.client);
    await store.save(
      new Map([
        ["a", "1"],
        ["b", "[2]"],
      ]),
    );
    await store.save(
      new Map([
        ["a", "3"],
        ["b", null],
        ["never", null],
      ]),
    );
    expect([...(await store.list())]).toEqual([["a", "3"]]);
    expect(await db.client.setting.count()).toBe(2);
  });
});
