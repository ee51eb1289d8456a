import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSecretBox } from "@/lib/secret-box";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import { createChannelStore } from "./alert-channels";

const box = createSecretBox("an instance key of at least thirty-two characters");
const hook = { id: "c1", kind: "webhook", name: "Hook", url: "https://hook.example/yagura", enabled: true } as const;

let db: TestDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.dispose());

describe("createChannelStore", () => {
  it("gives back what was saved, and seals secrets", async () => {
    const store = createChannelStore(db.client, box);
    await store.save({ ...hook, secret: "hunter2" });
    expect(await store.list()).toEqual([{ ...hook, secret: "hunter2", secretUnreadable: false }]);
    expect(JSON.stringify(await db.client.alertChannel.findMany())).not.toContain("hunter2");
  });

  it("leaves a secret that is not named, and clears it with null", async () => {
    const store = createChannelStore(db.client, box);
    await store.save({ ...hook, secret: "hunter2" });
    await store.save({ ...hook, name: "Renamed" });
    expect(await store.list()).toMatchObject([{ name: "Renamed", secret: "hunter2" }]);
    await store.save({ ...hook, secret: null });
    expect(await store.list()).toMatchObject([{ secret: null }]);
  });

  it("says when a secret was sealed with another key", async () => {
    await createChannelStore(db.client, box).save({ ...hook, secret: "hunter2" });
    const other = createChannelStore(db.client, createSecretBox("another instance key, as long as the first one"));
    expect(await other.list()).toMatchObject([{ secret: null, secretUnreadable: true }]);
  });

  it("removes", async () => {
    const store = createChannelStore(db.client, box);
    await store.save({ ...hook, secret: null });
    await store.remove(hook.id);
    expect(await store.list()).toEqual([]);
  });
});
