import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Demo, startDemo } from "@/demo/start-demo";
import { type Api, apiOf } from "@/tests/support/api";
import { sessionCookie } from "@/tests/support/sign-in";
import { ADMIN, type App, READER, startApp } from "@/tests/support/start-app";

const NOTE = "only mine to read";

let demo: Demo;
let app: App;
let owner: Api;
let other: Api;
let otherCookie: string;
let titleId: string;

beforeAll(async () => {
  demo = await startDemo();
  app = await startApp({ env: demo.environment });
  owner = await apiOf(app, READER.email);
  // An admin, so that no role opens the door either.
  other = await apiOf(app, ADMIN.email);
  otherCookie = await sessionCookie(app, ADMIN);
  const { body } = await owner.get<{ items: { id: string }[] }>("/api/v1/search?q=berserk");
  titleId = body.items[0]?.id ?? "";
  await owner.send("PUT", `/api/v1/favorites/${titleId}`, { notes: NOTE, rating: 4, tags: ["secret shelf"] });
});
afterAll(async () => {
  await app?.dispose();
  await demo?.stop();
});

const ownersFavorite = async () =>
  (await owner.get<{ notes: string; is_favorite: boolean }[]>("/api/v1/favorites")).body[0];

describe("another user", () => {
  it("sees nothing of one's favorites in the API", async () => {
    expect((await other.get("/api/v1/favorites")).body).toEqual([]);
    expect((await other.get("/api/v1/favorites/count")).body).toEqual({ count: 0 });
    expect((await other.get(`/api/v1/favorites/${titleId}/status`)).body).toMatchObject({ is_favorite: false });
    const search = await other.get<{ items: { id: string; is_favorite: boolean }[] }>("/api/v1/search?q=berserk");
    expect(search.body.items.find(({ id }) => id === titleId)?.is_favorite).toBe(false);
  });

  it.each(["/favorites", "/", "/?q=berserk&plain=1"])(
    "sees nothing of one's favorites on the page %s",
    async (path) => {
      const html = await (await fetch(app.url + path, { headers: { Cookie: otherCookie } })).text();
      expect(html).not.toContain(NOTE);
      expect(html).not.toContain("secret shelf");
      expect(html).not.toContain("Remove Berserk from favorites");
    },
  );

  it("sees nothing of them on the title's own page", async () => {
    const html = await (await fetch(`${app.url}/titles/${titleId}`, { headers: { Cookie: otherCookie } })).text();
    expect(html).toContain("Berserk");
    expect(html).not.toContain(NOTE);
  });

  it("changes nothing of them through the API", async () => {
    expect((await other.send("PATCH", `/api/v1/favorites/${titleId}`, { notes: "mine now" })).status).toBe(404);
    await other.send("DELETE", `/api/v1/favorites/${titleId}?purge=1`);
    await other.send("PATCH", "/api/v1/favorites/bulk", { manga_ids: [titleId], is_favorite: false });
    expect(await ownersFavorite()).toMatchObject({ notes: NOTE, is_favorite: true });
  });

  it("changes nothing of them through the form of the star", async () => {
    const body = new URLSearchParams({ titleId, favorite: "false", next: "/favorites" });
    const headers = { Cookie: otherCookie, Origin: app.url };
    const answer = await fetch(`${app.url}/favorites/star`, { method: "POST", headers, body, redirect: "manual" });
    expect([302, 303, 307]).toContain(answer.status);
    expect(await ownersFavorite()).toMatchObject({ notes: NOTE, is_favorite: true });
  });

  it("cannot star for somebody from another site", async () => {
    const body = new URLSearchParams({ titleId, favorite: "true", next: "/favorites" });
    const headers = { Cookie: otherCookie, Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
    await fetch(`${app.url}/favorites/star`, { method: "POST", headers, body, redirect: "manual" });
    expect((await other.get("/api/v1/favorites/count")).body).toEqual({ count: 0 });
  });
});
