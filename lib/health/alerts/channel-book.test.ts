import { describe, expect, it } from "vitest";
import { createChannelBook } from "./channel-book";
import { createMemoryAlertStore } from "./testing/memory-alert-store";

const hook = {
  kind: "webhook",
  name: "Hook",
  url: "https://hook.example/a?token=b",
  secret: "hunter2",
  enabled: true,
} as const;
const topic = { kind: "ntfy", name: "Phone", url: "https://ntfy.example/topic", token: null, enabled: true } as const;

async function openBook(environment: { url: string; secret: string | null } | null = null) {
  const { channelStore: store } = createMemoryAlertStore();
  let ids = 0;
  const book = createChannelBook({ store, environment, newId: () => `c${++ids}` });
  await book.load();
  return book;
}

describe("channels", () => {
  it("are the log alone, until somebody names more", async () => {
    const book = await openBook();
    expect(book.list()).toMatchObject([{ id: "log", kind: "log", source: "builtin", enabled: true, url: null }]);
  });

  it("show of the environment's address no more than where it leads", async () => {
    const book = await openBook({ url: "https://hook.example/services/T000/secret", secret: "s" });
    expect(book.list()[1]).toMatchObject({ id: "environment", url: "https://hook.example", hasSecret: true });
    expect(book.find("environment")).toMatchObject({ url: "https://hook.example/services/T000/secret", secret: "s" });
  });

  it("say that a secret is set, and keep it when other fields change", async () => {
    const book = await openBook();
    const { id, ...added } = await book.add(hook);
    expect(added).toMatchObject({ source: "admin", hasSecret: true });
    expect(JSON.stringify(added)).not.toContain("hunter2");
    expect(await book.change(id, { name: "Other", enabled: false })).toMatchObject({ name: "Other", enabled: false });
    expect(book.find(id)).toMatchObject({ secret: "hunter2", url: hook.url });
    expect(await book.change(id, { secret: null })).toMatchObject({ hasSecret: false });
  });

  it("take no field of another kind, and no topic that is none", async () => {
    const book = await openBook();
    const { id: hookId } = await book.add(hook);
    const { id: topicId } = await book.add(topic);
    const refused = { code: "bad_request" };
    await expect(book.change(hookId, { token: "t" })).rejects.toMatchObject({
      ...refused,
      errors: [{ pointer: "/token" }],
    });
    await expect(book.change(topicId, { secret: "s" })).rejects.toMatchObject(refused);
    await expect(book.change(topicId, { url: "https://ntfy.example/" })).rejects.toMatchObject({
      errors: [{ pointer: "/url" }],
    });
  });

  it.each(["log", "environment"])("that no admin made cannot be changed: %s", async (id) => {
    const book = await openBook({ url: "https://hook.example", secret: null });
    await expect(book.change(id, { name: "X" })).rejects.toMatchObject({ code: "conflict" });
    await expect(book.remove(id)).rejects.toMatchObject({ code: "conflict" });
  });

  it("are gone when removed", async () => {
    const book = await openBook();
    const { id } = await book.add(topic);
    await book.remove(id);
    expect(book.find(id)).toBeNull();
    await expect(book.remove(id)).rejects.toMatchObject({ code: "not_found" });
  });
});
