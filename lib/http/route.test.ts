import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createAccount } from "@/lib/accounts/accounts";
import { issueApiKey } from "@/lib/accounts/api-keys";
import { toSessionCookie } from "@/lib/accounts/session-cookie";
import { startSession } from "@/lib/accounts/sessions";
import type { Scope } from "@/lib/accounts/viewer-type";
import { type User, updateUser } from "@/lib/db/users";
import { parseEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import { setEdgeContext } from "./edge-context";
import { countKeyRequest, KEY_REQUESTS_PER_MINUTE } from "./key-limit";
import { paged } from "./paged";
import { reply } from "./reply";
import { route } from "./route";

const SECRET = "a secret of at least thirty-two characters";
const NOW = Date.parse("2026-11-22T10:00:00Z");
const ADDRESS = "http://yagura.example/api/v1/things";

let db: TestDatabase;
let user: User;
let admin: User;
let logged: string[];

beforeAll(async () => {
  db = await openTestDatabase();
  user = await createAccount(db.client, { email: "u@yagura.example", password: "a lamp by the door", role: "user" });
  admin = await createAccount(db.client, { email: "a@yagura.example", password: "a lamp by the door", role: "admin" });
});
afterAll(() => db.dispose());
beforeEach(() => {
  logged = [];
  const log = pino({ level: "info" }, { write: (line: string) => void logged.push(line) });
  setEdgeContext({ db, env: parseEnv({}), log, secrets: { nextAuthSecret: SECRET }, clock: () => NOW });
});

async function cookieOf({ id }: User): Promise<Record<string, string>> {
  const token = await startSession(db.client, { userId: id, address: "", userAgent: "", now: NOW });
  return { cookie: `next-auth.session-token=${await toSessionCookie(token, SECRET)}`, host: "yagura.example" };
}

async function keyOf(viewer: User, scopes: Scope[] | null = null): Promise<Record<string, string>> {
  const { secret } = await issueApiKey(db.client, { viewer, name: "test", scopes, expiresAt: null, now: NOW });
  return { "x-api-key": secret };
}

async function call(
  handler: ReturnType<typeof route>,
  {
    method = "GET",
    url = ADDRESS,
    params = {},
    ...init
  }: RequestInit & { url?: string; params?: Record<string, string> },
) {
  const request = new Request(url, { method, ...init });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}

const json = { "content-type": "application/json" };
const about = { summary: "A thing", tag: "Things" };

describe("who may call a route", () => {
  const open = route({ ...about, access: "public" }, ({ viewer }) => ({ who: viewer?.email ?? null }));
  const forUsers = route({ ...about, access: "user" }, ({ viewer }) => ({ who: viewer.email }));
  const forAdmins = route({ ...about, access: "admin", body: z.object({ n: z.number() }) }, () => ({}));

  it("lets anyone in where it is open", async () => {
    expect((await call(open, {})).body).toEqual({ who: null });
  });

  it("answers 401 without credentials and with dead ones", async () => {
    const { status, headers, body } = await call(forUsers, {});
    expect([status, headers.get("content-type")]).toEqual([401, "application/problem+json"]);
    expect(body).toMatchObject({ title: "Not signed in", status: 401, instance: "/api/v1/things" });
    expect((await call(forUsers, { headers: { "x-api-key": "ygr_dead" } })).status).toBe(401);
    expect((await call(forUsers, { headers: { cookie: "next-auth.session-token=forged" } })).status).toBe(401);
  });

  it("knows a session, an X-Api-Key and a bearer token", async () => {
    const { "x-api-key": key } = await keyOf(user);
    for (const headers of [await cookieOf(user), { "x-api-key": `${key}` }, { authorization: `Bearer ${key}` }]) {
      expect((await call(forUsers, { headers })).body).toEqual({ who: user.email });
    }
  });

  it("ignores cookies beside a key, so that a dead key never acts for the session", async () => {
    const headers = { ...(await cookieOf(user)), "x-api-key": "ygr_dead" };
    expect((await call(forUsers, { headers })).status).toBe(401);
  });

  it("answers 403 by role before it looks at the body or the object", async () => {
    const headers = { ...(await keyOf(user)), "content-type": "text/plain" };
    expect((await call(forAdmins, { method: "POST", headers, body: "no json" })).status).toBe(403);
  });

  it("holds a change of role and a disabled account at once, for sessions and keys", async () => {
    const both = [await cookieOf(admin), await keyOf(admin)];
    const body = { method: "POST", body: '{"n":1}' };
    for (const headers of both)
      expect((await call(forAdmins, { ...body, headers: { ...headers, ...json } })).status).toBe(200);
    await updateUser(db.client, admin.id, { role: "user" });
    for (const headers of both)
      expect((await call(forAdmins, { ...body, headers: { ...headers, ...json } })).status).toBe(403);
    await updateUser(db.client, admin.id, { role: "admin", disabledAt: new Date(NOW) });
    for (const headers of both)
      expect((await call(forAdmins, { ...body, headers: { ...headers, ...json } })).status).toBe(401);
    await updateUser(db.client, admin.id, { disabledAt: null });
  });

  it("refuses an unsafe request of a session from another site, and does not ask keys where they come from", async () => {
    const change = route({ ...about, access: "user" }, () => ({}));
    const foreign = { origin: "https://evil.example" };
    const own = { origin: "http://yagura.example" };
    const cookie = await cookieOf(user);
    expect((await call(change, { method: "POST", headers: { ...cookie, ...foreign } })).status).toBe(403);
    expect((await call(change, { method: "POST", headers: { ...cookie, ...own } })).status).toBe(200);
    expect((await call(change, { method: "POST", headers: { ...(await keyOf(user)), ...foreign } })).status).toBe(200);
  });
});

describe("what a key's scopes allow", () => {
  const reads = route({ ...about, access: "user", scope: "favorites:read" }, () => ({}));
  const unscoped = route({ ...about, access: "user" }, () => ({}));
  const forAdmins = route({ ...about, access: "admin", scope: "providers:write" }, () => ({}));

  it("needs the route's scope", async () => {
    expect((await call(reads, { headers: await keyOf(user, ["favorites:read"]) })).status).toBe(200);
    expect((await call(reads, { headers: await keyOf(user, ["search:read"]) })).status).toBe(403);
    expect((await call(reads, { headers: await keyOf(user) })).status).toBe(200);
  });

  it("lets a limited key read but not change what has no scope", async () => {
    const headers = await keyOf(user, ["favorites:read"]);
    expect((await call(unscoped, { headers })).status).toBe(200);
    expect((await call(unscoped, { method: "PATCH", headers })).status).toBe(403);
    expect((await call(unscoped, { method: "PATCH", headers: await keyOf(user) })).status).toBe(200);
  });

  it("never reaches beyond the owner's role", async () => {
    expect((await call(forAdmins, { headers: await keyOf(user) })).status).toBe(403);
    expect((await call(forAdmins, { headers: await keyOf(admin, ["providers:write"]) })).status).toBe(200);
    expect((await call(forAdmins, { headers: await keyOf(admin, ["providers:read"]) })).status).toBe(403);
    await expect(keyOf(user, ["admin"])).rejects.toMatchObject({ code: "forbidden" });
  });

  it("slows a key down after 600 requests in a minute and says for how long", async () => {
    const options = { viewer: user, name: "busy", scopes: null, expiresAt: null, now: NOW };
    const { key, secret } = await issueApiKey(db.client, options);
    const headers = { "x-api-key": secret };
    for (let sent = 1; sent < KEY_REQUESTS_PER_MINUTE; sent++) await countKeyRequest(key.id);
    expect((await call(unscoped, { headers })).status).toBe(200);
    const { status, headers: answer } = await call(unscoped, { headers });
    expect(status).toBe(429);
    expect(Number(answer.get("retry-after"))).toBeGreaterThan(0);
    expect((await call(unscoped, { headers: await keyOf(user) })).status).toBe(200);
  });
});

describe("what a route takes", () => {
  const things = route(
    {
      ...about,
      access: "public",
      params: z.object({ id: z.uuid() }),
      query: z.object({ page: z.coerce.number().default(1) }),
      body: z.strictObject({ name: z.string(), tags: z.array(z.string().max(3)).optional() }),
    },
    ({ params, query, body }) => ({ params, query, body }),
  );
  const id = "00000000-0000-4000-8000-000000000000";
  const post = (body: string, headers: Record<string, string> = json, url = ADDRESS, params = { id }) =>
    call(things, { method: "POST", url, params, headers, body });

  it("hands parsed parts to the handler", async () => {
    const { body } = await post('{"name":"x"}', json, `${ADDRESS}?page=3`);
    expect(body).toEqual({ params: { id }, query: { page: 3 }, body: { name: "x" } });
  });

  it("names every bad field by a JSON pointer", async () => {
    const { status, body } = await post('{"tags":["ok","much too long"],"other":1}');
    expect(status).toBe(400);
    const pointers = body.errors.map((error: { pointer: string }) => error.pointer).sort();
    expect(pointers).toEqual(["/name", "/other", "/tags/1"]);
  });

  it("names bad, repeated and unknown parameters", async () => {
    for (const [query, pointer] of [
      ["page=x", "?page"],
      ["page=1&page=2", "?page"],
      ["pgae=1", "?pgae"],
    ]) {
      const { status, body } = await post('{"name":"x"}', json, `${ADDRESS}?${query}`);
      expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
    }
  });

  it("answers 404 to an id that cannot be one, after the input is found good", async () => {
    expect((await post('{"name":"x"}', json, ADDRESS, { id: "nope" })).status).toBe(404);
    expect((await post("{}", json, ADDRESS, { id: "nope" })).status).toBe(400);
  });

  it("answers 400 to broken JSON, 415 to other types and 413 to more than a megabyte", async () => {
    expect((await post("{")).status).toBe(400);
    expect((await post('{"name":"x"}', { "content-type": "text/plain" })).status).toBe(415);
    expect((await post(JSON.stringify({ name: "x".repeat(1024 * 1024) }))).status).toBe(413);
  });

  it("lets a body be optional", async () => {
    const optional = route(
      { ...about, access: "public", body: z.object({ n: z.number() }).optional() },
      ({ body }) => ({
        body: body ?? null,
      }),
    );
    expect((await call(optional, { method: "POST" })).body).toEqual({ body: null });
    expect((await call(optional, { method: "POST", headers: json, body: '{"n":1}' })).body).toEqual({ body: { n: 1 } });
  });
});

describe("what a route answers", () => {
  it("keeps the caller's request id when it is short and plain", async () => {
    const handler = route({ ...about, access: "public" }, ({ requestId }) => ({ requestId }));
    const kept = await call(handler, { headers: { "x-request-id": "abc-123" } });
    expect([kept.headers.get("x-request-id"), kept.body.requestId]).toEqual(["abc-123", "abc-123"]);
    const made = await call(handler, { headers: { "x-request-id": "a b\tc" } });
    expect(made.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("keeps personal answers out of caches", async () => {
    const handler = route({ ...about, access: "user" }, () => ({}));
    const { headers } = await call(handler, { headers: await keyOf(user) });
    expect(headers.get("cache-control")).toBe("private, no-store");
  });

  it("turns nothing into 204, a reply into its status, a page into its headers", async () => {
    const nothing = route({ ...about, access: "public" }, () => undefined);
    expect(await call(nothing, {})).toMatchObject({ status: 204, body: undefined });
    const made = route({ ...about, access: "public" }, () =>
      reply({ status: 201, headers: { location: "/x" }, body: { n: 1 } }),
    );
    expect(await call(made, {})).toMatchObject({ status: 201, body: { n: 1 } });
    const list = route({ ...about, access: "public", query: z.object({ page: z.string() }) }, () =>
      paged([1, 2], { total: 6, page: 2, limit: 2 }),
    );
    const { headers, body } = await call(list, { url: `${ADDRESS}?page=2` });
    expect(body).toEqual([1, 2]);
    expect(headers.get("x-total-count")).toBe("6");
    expect(headers.get("link")).toContain('</api/v1/things?page=3&limit=2>; rel="next"');
  });

  it("says what an AppError says", async () => {
    const handler = route({ ...about, access: "public" }, () => {
      throw new AppError("unavailable", "None could be asked.", { retryAfterSeconds: 12.3 });
    });
    const { status, headers, body } = await call(handler, {});
    expect([status, headers.get("retry-after"), body.detail]).toEqual([503, "13", "None could be asked."]);
  });

  it("logs any other error and gives away nothing but its reference", async () => {
    const handler = route({ ...about, access: "public" }, () => {
      throw new Error("SELECT secret FROM users");
    });
    const { status, body } = await call(handler, { headers: { "x-request-id": "ref-1" } });
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toMatch(/SELECT|secret|route\.test/);
    expect(body.request_id).toBe("ref-1");
    expect(logged.join("")).toMatch(/"request_id":"ref-1".*SELECT secret/);
  });
});
