import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, api, apiOf } from "@/tests/support/api";
import { sessionCookie } from "@/tests/support/sign-in";
import { ADMIN, type App, READER, startApp } from "@/tests/support/start-app";

const SOME_ID = "00000000-0000-5000-8000-000000000000";

/** Every unsafe route and who may call it. The OpenAPI document must list exactly these. */
const UNSAFE_ROUTES = [
  ["POST", "/favorites/{title_id}", "user"],
  ["PUT", "/favorites/{title_id}", "user"],
  ["PATCH", "/favorites/{title_id}", "user"],
  ["DELETE", "/favorites/{title_id}", "user"],
  ["PATCH", "/favorites/bulk", "user"],
  ["PATCH", "/providers/check-interval", "user"],
  ["POST", "/providers/{id}/test", "user"],
  ["PATCH", "/providers/{id}", "admin"],
  ["DELETE", "/providers/{id}", "admin"],
  ["POST", "/providers", "admin"],
  ["PATCH", "/providers/{id}/status", "admin"],
  ["POST", "/providers/test", "admin"],
  ["POST", "/providers/{id}/enable", "admin"],
  ["POST", "/providers/{id}/disable", "admin"],
  ["PATCH", "/settings", "admin"],
  ["POST", "/alerts/{id}/acknowledge", "admin"],
  ["POST", "/alerts/{id}/snooze", "admin"],
  ["POST", "/alerts/channels", "admin"],
  ["PATCH", "/alerts/channels/{id}", "admin"],
  ["DELETE", "/alerts/channels/{id}", "admin"],
  ["POST", "/alerts/channels/{id}/test", "admin"],
  ["PATCH", "/me", "user"],
  ["DELETE", "/me/sessions/{id}", "user"],
  ["POST", "/api-keys", "user"],
  ["DELETE", "/api-keys/{id}", "user"],
  ["POST", "/users", "admin"],
  ["PATCH", "/users/{id}", "admin"],
] as const;

const ADMIN_ROUTES = UNSAFE_ROUTES.filter(([, , who]) => who === "admin");

let app: App;
let cookie: string;
let reader: Api;
let adminReadOnly: Api;

beforeAll(async () => {
  app = await startApp();
  cookie = await sessionCookie(app, READER);
  reader = await apiOf(app, READER.email);
  adminReadOnly = await apiOf(app, ADMIN.email, "providers:read,favorites:read,search:read");
});
afterAll(() => app?.dispose());

const pathOf = (template: string) => `/api/v1${template.replaceAll(/\{[^}]+\}/g, SOME_ID)}`;

describe("every unsafe route", () => {
  it("is in the table", async () => {
    const { body } = await reader.get<{ paths: Record<string, Record<string, unknown>> }>("/api/v1/openapi.json");
    const unsafe = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => ["post", "put", "patch", "delete"].includes(method))
        .map((method) => `${method.toUpperCase()} ${path.replace(/^\/api\/v1/, "").replaceAll(/\{[^}]+\}/g, "{}")}`),
    );
    const table = UNSAFE_ROUTES.map(([method, path]) => `${method} ${path.replaceAll(/\{[^}]+\}/g, "{}")}`);
    expect(unsafe.sort()).toEqual(table.sort());
  });

  it.each(UNSAFE_ROUTES)("%s %s refuses a caller without credentials", async (method, path) => {
    const { status, headers, body } = await api(app.url).send(method, pathOf(path), {});
    expect(status).toBe(401);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(body).toMatchObject({ status: 401, request_id: expect.any(String) });
  });

  it.each(UNSAFE_ROUTES)("%s %s refuses a dead key", async (method, path) => {
    const { status } = await api(app.url, { "X-Api-Key": "ygr_dead_key", Cookie: cookie }).send(
      method,
      pathOf(path),
      {},
    );
    expect(status).toBe(401);
  });

  it.each(UNSAFE_ROUTES)("%s %s refuses a signed-in browser that comes from another site", async (method, path) => {
    const headers = { Cookie: cookie, Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
    expect((await api(app.url, headers).send(method, pathOf(path), {})).status).toBe(403);
  });

  it.each(UNSAFE_ROUTES)("%s %s refuses a key that may only read", async (method, path) => {
    expect((await adminReadOnly.send(method, pathOf(path), {})).status).toBe(403);
  });

  it.each(ADMIN_ROUTES)("%s %s refuses a user who is no admin, before it looks at the body", async (method, path) => {
    expect((await reader.send(method, pathOf(path), { nonsense: true })).status).toBe(403);
  });
});

describe("the edge of the API", () => {
  it("answers 404 as problem+json for unknown paths", async () => {
    const { status, headers } = await reader.get("/api/v1/nowhere");
    expect([status, headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  });

  it("answers 405 for wrong methods", async () => {
    const { status, headers } = await reader.send("DELETE", "/api/v1/favorites/count");
    expect([status, headers.get("content-type")]).toEqual([405, "application/problem+json"]);
  });

  it("refuses a body that is too large with 413 and another content type with 415", async () => {
    const huge = { manga_ids: ["x".repeat(2 * 1024 * 1024)] };
    expect((await reader.send("PATCH", "/api/v1/favorites/bulk", huge)).status).toBe(413);
    const plain = await reader.send("PATCH", "/api/v1/favorites/bulk", {}, { "Content-Type": "text/plain" });
    expect(plain.status).toBe(415);
  });

  it("gives every answer a request id, and keeps the caller's", async () => {
    expect((await reader.get("/api/v1/me")).headers.get("x-request-id")).toBeTruthy();
    expect((await reader.get("/api/v1/me", { "X-Request-Id": "abc-123" })).headers.get("x-request-id")).toBe("abc-123");
  });

  it("holds a role change, a disabled account and a revoked key at the next request", async () => {
    const admin = await apiOf(app, ADMIN.email);
    await app.admin("user", "create", "--email", "third@yagura.example", "--password", "a third lamp in the tower");
    const third = await apiOf(app, "third@yagura.example");
    const thirdCookie = await sessionCookie(app, {
      email: "third@yagura.example",
      password: "a third lamp in the tower",
    });
    const { body } = await admin.get<{ id: string; email: string }[]>("/api/v1/users?limit=200");
    const id = body.find((user) => user.email === "third@yagura.example")?.id;
    expect((await third.get("/api/v1/users")).status).toBe(403);
    await admin.send("PATCH", `/api/v1/users/${id}`, { role: "admin" });
    expect((await third.get("/api/v1/users")).status).toBe(200);
    await admin.send("PATCH", `/api/v1/users/${id}`, { disabled: true });
    expect((await third.get("/api/v1/me")).status).toBe(401);
    expect((await api(app.url, { Cookie: thirdCookie }).get("/api/v1/me")).status).toBe(401);
  });
});

describe("what answers without an account", () => {
  it("is liveness, readiness and metrics", async () => {
    const visitor = api(app.url);
    expect((await visitor.get("/api/healthz")).status).toBe(200);
    expect((await visitor.get("/api/readyz")).body).toEqual({ status: "ready", reasons: [] });
    const metrics = await visitor.get<string>("/api/metrics");
    expect(metrics.body).toContain("yagura_http_requests_total");
    expect(metrics.body).toMatch(/yagura_db_queries_total\{operation="select"\} [1-9]/);
  });

  it("counts requests by route template, never by id", async () => {
    await reader.get(`/api/v1/favorites/${SOME_ID}/status`);
    const scrape = async () => (await api(app.url).get<string>("/api/metrics")).body;
    await expect.poll(scrape, { timeout: 60_000 }).toContain("/api/v1/favorites/[title_id]/status");
    expect(await scrape()).not.toContain(SOME_ID);
  });
});
