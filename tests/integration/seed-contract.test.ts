import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDemo } from "@/demo/start-demo";
import { type Api, apiOf } from "@/tests/support/api";
import { ADMIN, type App, READER, startApp } from "@/tests/support/start-app";

interface Title {
  id: string;
  title: string;
}

const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const UNKNOWN_TITLE = "00000000-0000-5000-8000-000000000000";

let demo: Awaited<ReturnType<typeof startDemo>>;
let app: App;
let reader: Api;
let admin: Api;
let titles: Title[];

beforeAll(async () => {
  demo = await startDemo({ host: "127.0.0.1", ports: "random" });
  app = await startApp({ env: demo.environment });
  reader = await apiOf(app, READER.email);
  admin = await apiOf(app, ADMIN.email);
  const answer = await reader.get<{ items: Title[] }>("/api/v1/search?q=berserk");
  titles = answer.body.items;
  expect(titles.length).toBeGreaterThan(2);
});
afterAll(async () => {
  await app?.dispose();
  await demo?.stop();
});

const titleId = (at: number) => titles[at]?.id ?? "";

describe("favorites as the first version of the API had them", () => {
  it.each(["/api/v1/favorites", "/api/v1/favorites/"])("lists them at %s without a redirect", async (path) => {
    const { status, headers, body } = await reader.get<unknown[]>(`${path}?page=1&limit=20`);
    expect(status).toBe(200);
    expect(body).toBeInstanceOf(Array);
    expect(headers.get("x-total-count")).toMatch(/^\d+$/);
    expect(headers.get("cache-control")).toBe("private, no-store");
  });

  it("stars a work that a search has just shown, once with 201 and again with 200", async () => {
    const path = `/api/v1/favorites/${titleId(0)}`;
    expect((await reader.send("POST", path)).status).toBe(201);
    expect((await reader.send("POST", `${path}/`)).status).toBe(200);
    expect((await reader.send("PUT", path)).status).toBe(200);
    const { body } = await reader.get<Record<string, unknown>[]>("/api/v1/favorites/?page=1&limit=20");
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({
      id: expect.any(String),
      user_id: expect.any(String),
      manga_id: titleId(0),
      is_favorite: true,
      custom_title: null,
      rating: null,
      notes: null,
      tags: [],
      created_at: expect.stringMatching(ISO_INSTANT),
      updated_at: expect.stringMatching(ISO_INSTANT),
      manga: {
        id: titleId(0),
        title: titles[0]?.title,
        description: expect.anything(),
        cover_image: expect.anything(),
      },
    });
  });

  it("answers status and count, with and without a trailing slash", async () => {
    for (const slash of ["", "/"]) {
      expect((await reader.get(`/api/v1/favorites/${titleId(0)}/status${slash}`)).body).toEqual({
        manga_id: titleId(0),
        is_favorite: true,
      });
      expect((await reader.get(`/api/v1/favorites/${titleId(1)}/status${slash}`)).body).toEqual({
        manga_id: titleId(1),
        is_favorite: false,
      });
      expect((await reader.get(`/api/v1/favorites/count${slash}`)).body).toEqual({ count: 1 });
    }
  });

  it("changes rating, notes and custom title, and keeps them when the star goes", async () => {
    const path = `/api/v1/favorites/${titleId(0)}`;
    const changed = await reader.send("PATCH", path, {
      rating: 4.5,
      notes: "Great series!",
      custom_title: "The black swordsman",
    });
    expect(changed.body).toMatchObject({ rating: 4.5, notes: "Great series!", custom_title: "The black swordsman" });
    expect((await reader.send("DELETE", path)).status).toBe(204);
    expect((await reader.send("DELETE", path)).status).toBe(204);
    expect((await reader.get("/api/v1/favorites/count")).body).toEqual({ count: 0 });
    expect((await reader.send("POST", path)).body).toMatchObject({
      is_favorite: true,
      rating: 4.5,
      notes: "Great series!",
    });
  });

  it("updates many at once or none", async () => {
    const ids = [titleId(0), titleId(1), titleId(0)];
    const done = await reader.send("PATCH", "/api/v1/favorites/bulk", { manga_ids: ids, is_favorite: true });
    expect(done.status).toBe(200);
    expect(done.body).toMatchObject({ updated: 2 });
    const refused = await reader.send("PATCH", "/api/v1/favorites/bulk/", {
      manga_ids: [titleId(0), UNKNOWN_TITLE],
      is_favorite: false,
    });
    expect(refused.status).toBe(404);
    expect(refused.body).toMatchObject({ errors: [{ pointer: "/manga_ids/1" }] });
    expect((await reader.get("/api/v1/favorites/count")).body).toEqual({ count: 2 });
    const empty = await reader.send("PATCH", "/api/v1/favorites/bulk", { manga_ids: ids });
    expect(empty.status).toBe(400);
    expect(JSON.stringify(empty.body)).toContain("is_favorite");
  });

  it("answers 404 for a work that nobody knows", async () => {
    for (const [method, path] of [
      ["POST", ""],
      ["DELETE", ""],
      ["GET", "/status"],
    ] as const) {
      expect((await reader.send(method, `/api/v1/favorites/${UNKNOWN_TITLE}${path}`)).status).toBe(404);
    }
  });

  it("pages with totals and links, and answers an empty list beyond the end", async () => {
    const page = await reader.get<unknown[]>("/api/v1/favorites?page=1&limit=1");
    expect(page.body).toHaveLength(1);
    expect(page.headers.get("x-total-count")).toBe("2");
    expect(page.headers.get("link")).toMatch(/rel="next"/);
    expect((await reader.get("/api/v1/favorites?page=99&limit=1")).body).toEqual([]);
    expect((await reader.get("/api/v1/favorites?unknown=1")).status).toBe(400);
  });
});

describe("providers as the first version of the API had them", () => {
  it.each(["/api/v1/providers", "/api/v1/providers/"])("lists providers with their health at %s", async (path) => {
    const { status, body } = await reader.get<Record<string, unknown>[]>(path);
    expect(status).toBe(200);
    for (const provider of body) {
      expect(provider).toMatchObject({
        id: expect.any(String),
        name: expect.any(String),
        enabled: expect.any(Boolean),
        healthy: expect.any(Boolean),
        status: expect.stringMatching(/^(ACTIVE|DOWN|UNKNOWN|TESTING)$/),
        priority: expect.any(Number),
        downloads: expect.any(Number),
        stats: expect.objectContaining({
          total_searches: expect.any(Number),
          consecutive_failures: expect.any(Number),
        }),
      });
    }
    expect(body.map((provider) => provider["id"])).toEqual(
      expect.arrayContaining(["mangadex", "anilist", "kitsu", "mangaupdates"]),
    );
  });

  it.each(["", "/"])("answers the detailed status with every field (trailing %j)", async (slash) => {
    const { body } = await reader.get<Record<string, unknown>[]>(`/api/v1/providers/status${slash}`);
    const kitsu = body.find((row) => row["provider_id"] === "kitsu");
    expect(kitsu).toMatchObject({
      provider_id: "kitsu",
      provider_name: "Kitsu",
      provider_url: expect.stringMatching(/^https?:\/\/[^/]+$/),
      consecutive_failures: 0,
      is_enabled: true,
      check_interval: 60,
      max_consecutive_failures: 3,
    });
    for (const field of [
      "status",
      "last_check",
      "response_time",
      "total_checks",
      "successful_checks",
      "uptime_percentage",
      "error_message",
    ]) {
      expect(kitsu).toHaveProperty(field);
    }
  });

  it("changes settings for admins only", async () => {
    const path = "/api/v1/providers/kitsu/status";
    const settings = { is_enabled: true, check_interval: 120, max_consecutive_failures: 5 };
    expect((await reader.send("PATCH", path, settings)).status).toBe(403);
    expect((await admin.send("PATCH", path, settings)).body).toMatchObject({
      check_interval: 120,
      max_consecutive_failures: 5,
    });
    expect((await admin.send("PATCH", `${path}/`, { check_interval: 61 })).status).toBe(400);
    expect((await admin.send("PATCH", path, { check_interval: 60, max_consecutive_failures: 3 })).status).toBe(200);
  });

  it("tests a provider on request, for users not more than once in 30 seconds", async () => {
    const first = await reader.send("POST", "/api/v1/providers/mangadex/test");
    expect(first.body).toEqual({ healthy: true, response_time: expect.any(Number), error: null });
    const again = await reader.send("POST", "/api/v1/providers/mangadex/test/");
    expect(again.status).toBe(429);
    expect(Number(again.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await admin.send("POST", "/api/v1/providers/mangadex/test")).status).toBe(200);
  });

  it.each([30, 60, 120, 1440, 10_080, 43_200, null])("lets a user choose the check interval %s", async (interval) => {
    expect((await reader.send("PATCH", "/api/v1/providers/check-interval", { interval })).body).toEqual({ interval });
  });

  it("refuses any other interval by name", async () => {
    const { status, body } = await reader.send("PATCH", "/api/v1/providers/check-interval/", { interval: 45 });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ pointer: "/interval" }] });
  });

  it("answers 404 for a provider that does not exist", async () => {
    expect((await reader.get("/api/v1/providers/nowhere")).status).toBe(404);
    expect((await admin.send("PATCH", "/api/v1/providers/nowhere/status", { is_enabled: true })).status).toBe(404);
  });
});
