import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ProviderRow } from "@/lib/providers/provider-store";
import { createSecretBox } from "@/lib/secret-box";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import { createProviderStore, listProviderKeys } from "./providers";

const box = createSecretBox("an instance key of at least thirty-two characters");
const row: ProviderRow = { id: "tmdb", adapter: "tmdb", name: "TMDb", source: "builtin", settings: { priority: 70 } };

let db: TestDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.dispose());

describe("createProviderStore", () => {
  it("gives back what was saved, and seals secrets", async () => {
    const store = createProviderStore(db.client, box);
    await store.save(row, { api_key: "hunter2" });
    expect(await store.list()).toEqual([{ ...row, secrets: { api_key: "hunter2" }, unreadableSecrets: [] }]);
    const stored = await db.client.provider.findUniqueOrThrow({ where: { id: "tmdb" } });
    expect(JSON.stringify(stored)).not.toContain("hunter2");
  });

  it("changes only the secrets that are named, and clears with null", async () => {
    const store = createProviderStore(db.client, box);
    await store.save(row, { username: "ann", password: "pw" });
    await store.save({ ...row, settings: {} }, { password: null });
    expect(await store.list()).toMatchObject([{ settings: {}, secrets: { username: "ann" } }]);
  });

  it("names secrets of another instance key, and keeps them for the day when that key is back", async () => {
    await createProviderStore(db.client, box).save(row, { api_key: "hunter2" });
    const other = createProviderStore(db.client, createSecretBox("another instance key, as long as the first one"));
    expect(await other.list()).toMatchObject([{ secrets: {}, unreadableSecrets: ["api_key"] }]);
    await other.save({ ...row, settings: { priority: 1 } }, {});
    expect(await createProviderStore(db.client, box).list()).toMatchObject([
      { settings: { priority: 1 }, secrets: { api_key: "hunter2" } },
    ]);
  });

  it("seals an address that has a key in it, and only such a one", async () => {
    const key = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
    const keyed = { ...row, settings: { base_url: `https://kavita.example/api/opds/${key}`, priority: 3 } };
    const store = createProviderStore(db.client, box);
    const stored = async () => JSON.stringify(await db.client.provider.findUniqueOrThrow({ where: { id: "tmdb" } }));
    await store.save(keyed, { password: "pw" });
    expect(await stored()).not.toContain(key);
    expect(await store.list()).toEqual([{ ...keyed, secrets: { password: "pw" }, unreadableSecrets: [] }]);
    await createProviderStore(db.client, createSecretBox("another instance key, as long as the first one")).save(
      row,
      {},
    );
    expect(await store.list()).toMatchObject([{ settings: { ...keyed.settings, priority: 70 } }]);
    const plain = { ...row, settings: { base_url: "https://books.example/opds" } };
    await store.save(plain, {});
    expect(await stored()).toContain("books.example");
    expect(await store.list()).toEqual([{ ...plain, secrets: { password: "pw" }, unreadableSecrets: [] }]);
    await store.save(keyed, {});
    await store.save(row, {});
    expect(await store.list()).toMatchObject([{ settings: { priority: 70 } }]);
    expect(await stored()).not.toContain("base_url");
  });

  it("makes missing rows, leaves others alone and numbers them all", async () => {
    const store = createProviderStore(db.client, box);
    await store.save(row, {});
    await store.ensure([
      { ...row, settings: {} },
      { ...row, id: "anilist" },
    ]);
    const keys = await listProviderKeys(db.client);
    expect([...keys.keys()].sort()).toEqual(["anilist", "tmdb"]);
    expect(new Set(keys.values()).size).toBe(2);
    expect((await store.list()).find(({ id }) => id === "tmdb")?.settings).toEqual({ priority: 70 });
  });

  it("removes, also what is not there", async () => {
    const store = createProviderStore(db.client, box);
    await store.save(row, {});
    await store.remove("tmdb");
    await store.remove("tmdb");
    expect(await store.list()).toEqual([]);
  });

  it("takes stored settings that cannot be read for unset, one by one", async () => {
    const settings = '{"priority":900,"timeout_ms":5000,"colour":"red"}';
    await db.client.provider.create({ data: { id: "a", adapter: "a", name: "A", settings, secrets: "nonsense" } });
    await db.client.provider.create({ data: { id: "b", adapter: "b", name: "B", settings: "{", secrets: "[]" } });
    const [a, b] = await createProviderStore(db.client, box).list();
    expect(a).toMatchObject({ settings: { timeout_ms: 5000 }, secrets: {} });
    expect(b).toMatchObject({ settings: {}, secrets: {} });
  });
});
