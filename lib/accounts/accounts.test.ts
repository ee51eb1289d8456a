import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countUsers, findUser, hasUsers, listUsers, type User } from "@/lib/db/users";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import { changeAccount, changeOwnPassword, createAccount } from "./accounts";
import { findApiKeyViewer, issueApiKey, revokeApiKey } from "./api-keys";
import { ensureFirstAdmin, finishSetup } from "./first-admin";
import { createLoginLimits } from "./login-limits";
import { findSessionToken, toSessionCookie } from "./session-cookie";
import { endSession, findSessionViewer, startSession } from "./sessions";
import { authenticate } from "./sign-in";
import type { Role } from "./viewer-type";

const DAY_MS = 24 * 3600 * 1000;
const NOW = Date.parse("2026-11-22T10:00:00Z");
const PASSWORD = "a lamp by the door";
const ADDRESS = "198.51.100.7";

let db: TestDatabase;
let dataDir: string;
let logged: string[];
const log = pino({ level: "info" }, { write: (line: string) => void logged.push(line) });

beforeEach(async () => {
  db = await openTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), "yagura-accounts-"));
  logged = [];
});
afterEach(async () => {
  await db.dispose();
  rmSync(dataDir, { recursive: true, force: true });
});

const anAccount = (email: string, role: Role = "user"): Promise<User> =>
  createAccount(db.client, { email, password: PASSWORD, role });

const aSession = ({ id }: User, now = NOW) =>
  startSession(db.client, { userId: id, address: ADDRESS, userAgent: "test", now });

describe("an account", () => {
  it("is found by its address however that is written, and exists once", async () => {
    await anAccount(" Reader@Yagura.Example ");
    await expect(anAccount("reader@yagura.example")).rejects.toMatchObject({ code: "conflict" });
  });

  it("that is the last admin keeps its role and stays open", async () => {
    const admin = await anAccount("a@yagura.example", "admin");
    await expect(changeAccount(db.client, admin.id, { role: "user" }, NOW)).rejects.toMatchObject({ code: "conflict" });
    await expect(changeAccount(db.client, admin.id, { disabled: true }, NOW)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await findUser(db.client, admin.id)).toMatchObject({ role: "admin", disabledAt: null });
    const other = await anAccount("b@yagura.example", "admin");
    await changeAccount(db.client, admin.id, { role: "user" }, NOW);
    await expect(changeAccount(db.client, other.id, { role: "user" }, NOW)).rejects.toMatchObject({ code: "conflict" });
  });

  it("keeps one admin when two demote each other at once", async () => {
    const [first, second] = [
      await anAccount("a@yagura.example", "admin"),
      await anAccount("b@yagura.example", "admin"),
    ];
    const results = await Promise.allSettled(
      [first, second].map(({ id }) => changeAccount(db.client, id, { role: "user" }, NOW)),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("loses its sessions with a new password from an admin and when it is disabled", async () => {
    const user = await anAccount("u@yagura.example");
    for (const change of [{ password: "another lamp entirely" }, { disabled: true }]) {
      await changeAccount(db.client, user.id, { disabled: false }, NOW);
      const token = await aSession(user);
      expect(await findSessionViewer(db.client, token, NOW)).not.toBeNull();
      await changeAccount(db.client, user.id, change, NOW);
      expect(await findSessionViewer(db.client, token, NOW)).toBeNull();
    }
  });

  it("keeps the session that changes its own password, and ends the others", async () => {
    const user = await anAccount("u@yagura.example");
    const [own, other] = [await aSession(user), await aSession(user)];
    const viewer = await findSessionViewer(db.client, own, NOW);
    if (!viewer) throw new Error("no viewer");
    const change = (current: string) => changeOwnPassword(db.client, viewer, { current, password: "a new lamp here" });
    await expect(change("wrong one")).rejects.toMatchObject({ code: "bad_request" });
    await change(PASSWORD);
    expect(await findSessionViewer(db.client, own, NOW)).not.toBeNull();
    expect(await findSessionViewer(db.client, other, NOW)).toBeNull();
  });

  it("stands on one page only", async () => {
    for (const name of ["a", "b", "c"]) await anAccount(`${name}@yagura.example`);
    const pages = [1, 2, 3].map((page) => listUsers(db.client, { page, limit: 2 }));
    expect((await Promise.all(pages)).map(({ users, total }) => [users.length, total])).toEqual([
      [2, 3],
      [1, 3],
      [0, 3],
    ]);
  });
});

describe("a session", () => {
  it("is stored by the hash of its token", async () => {
    const token = await aSession(await anAccount("u@yagura.example"));
    const rows = await db.client.session.findMany();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(await findSessionViewer(db.client, `${token}x`, NOW)).toBeNull();
  });

  it("ends after 30 idle days and after 90 in any case", async () => {
    const user = await anAccount("u@yagura.example");
    const idle = await aSession(user);
    expect(await findSessionViewer(db.client, idle, NOW + 31 * DAY_MS)).toBeNull();
    const used = await aSession(user);
    for (const day of [25, 50, 75, 89]) {
      expect(await findSessionViewer(db.client, used, NOW + day * DAY_MS), `day ${day}`).not.toBeNull();
    }
    expect(await findSessionViewer(db.client, used, NOW + 90 * DAY_MS)).toBeNull();
  });

  it("writes when it was seen at most every ten minutes", async () => {
    const token = await aSession(await anAccount("u@yagura.example"));
    const seenAt = async () => (await db.client.session.findFirst())?.lastSeenAt.getTime();
    await findSessionViewer(db.client, token, NOW + 9 * 60_000);
    expect(await seenAt()).toBe(NOW);
    await findSessionViewer(db.client, token, NOW + 11 * 60_000);
    expect(await seenAt()).toBe(NOW + 11 * 60_000);
  });

  it("can be ended by its owner alone", async () => {
    const [user, stranger] = [await anAccount("u@yagura.example"), await anAccount("s@yagura.example")];
    const token = await aSession(user);
    const viewer = await findSessionViewer(db.client, token, NOW);
    const sessionId = viewer?.credential.kind === "session" ? viewer.credential.sessionId : "";
    expect(await endSession(db.client, { viewerId: stranger.id, sessionId })).toBe(false);
    expect(await endSession(db.client, { viewerId: user.id, sessionId })).toBe(true);
    expect(await findSessionViewer(db.client, token, NOW)).toBeNull();
  });

  it("travels in a cookie that only our secret opens", async () => {
    const [secret, now] = ["a secret of at least thirty-two characters", Date.now()];
    const cookie = await toSessionCookie("t".repeat(43), secret);
    expect(cookie).not.toContain("ttt");
    expect(await findSessionToken(cookie, { secret: `${secret}!`, now })).toBeNull();
    expect(await findSessionToken(cookie, { secret, now })).toBe("t".repeat(43));
    expect(await findSessionToken(cookie, { secret, now: now + 91 * DAY_MS })).toBeNull();
    expect(await findSessionToken(`${cookie}x`, { secret, now })).toBeNull();
  });
});

describe("signing in", () => {
  const edge = () => ({ db, log, clock: () => NOW });
  const attempt = (email: string, password: string, limits = createLoginLimits(), address = ADDRESS) =>
    authenticate(edge(), { email, password, address }, limits);

  it("works with the address in any case", async () => {
    const user = await anAccount("u@yagura.example");
    expect(await attempt("U@yagura.example ", PASSWORD)).toMatchObject({ ok: true, value: { id: user.id } });
  });

  it("fails alike for an unknown account, a wrong password and a disabled account", async () => {
    const disabled = await anAccount("d@yagura.example");
    await anAccount("u@yagura.example");
    await changeAccount(db.client, disabled.id, { disabled: true }, NOW);
    const results = [
      await attempt("nobody@yagura.example", PASSWORD),
      await attempt("u@yagura.example", "wrong password"),
      await attempt("d@yagura.example", PASSWORD),
    ];
    for (const result of results) expect(result).toEqual({ ok: false, failure: { kind: "wrong" } });
    expect(logged).toHaveLength(3);
    for (const line of logged) expect(JSON.parse(line)).toMatchObject({ event: "auth.failed", address: ADDRESS });
    expect(logged.join("")).not.toContain("wrong password");
  });

  it("is refused after ten wrong attempts on an account, from wherever, also with the right password", async () => {
    await anAccount("u@yagura.example");
    const limits = createLoginLimits();
    for (let n = 0; n < 10; n++) await attempt("u@yagura.example", "wrong password", limits, `198.51.100.${n}`);
    const result = await attempt("u@yagura.example", PASSWORD, limits, "203.0.113.1");
    expect(result).toMatchObject({ ok: false, failure: { kind: "limited", retryAfterSeconds: expect.any(Number) } });
  });

  it("is refused to an address after ten wrong attempts, which cost the eleventh account nothing", async () => {
    await anAccount("u@yagura.example");
    const limits = createLoginLimits();
    for (let n = 0; n < 25; n++) await attempt(`${n}@yagura.example`, "wrong password", limits);
    expect(await attempt("u@yagura.example", PASSWORD, limits)).toMatchObject({
      ok: false,
      failure: { kind: "limited" },
    });
    expect(await attempt("u@yagura.example", PASSWORD, limits, "203.0.113.1")).toMatchObject({ ok: true });
  });

  it("is never refused to someone who signs in often", async () => {
    await anAccount("u@yagura.example");
    const limits = createLoginLimits();
    for (let n = 0; n < 12; n++) expect((await attempt("u@yagura.example", PASSWORD, limits)).ok).toBe(true);
  });
});

describe("an API key", () => {
  const issue = (viewer: User, more: Partial<Parameters<typeof issueApiKey>[1]> = {}) =>
    issueApiKey(db.client, { viewer, name: "script", scopes: null, expiresAt: null, now: NOW, ...more });

  it("has the form ygr_<prefix>_<secret> and is stored by its hash", async () => {
    const { key, secret } = await issue(await anAccount("u@yagura.example"));
    expect(secret).toMatch(/^ygr_[0-9a-f]{8}_[\w-]{43}$/);
    expect(secret).toContain(key.prefix);
    expect(JSON.stringify(await db.client.apiKey.findMany())).not.toContain(secret.split("_").slice(2).join("_"));
  });

  it("does what its owner's present role allows, and no more", async () => {
    const user = await anAccount("u@yagura.example", "admin");
    await anAccount("other@yagura.example", "admin");
    const { secret } = await issue(user);
    const scopes = async () => {
      const viewer = await findApiKeyViewer(db.client, secret, NOW);
      return viewer?.credential.kind === "key" ? viewer.credential.scopes : [];
    };
    expect(await scopes()).toContain("admin");
    await changeAccount(db.client, user.id, { role: "user" }, NOW);
    expect(await scopes()).not.toContain("admin");
    expect(await scopes()).toContain("favorites:write");
  });

  it("dies with its expiry, its owner's account and its revocation", async () => {
    const user = await anAccount("u@yagura.example");
    const short = await issue(user, { expiresAt: new Date(NOW + 1000) });
    expect(await findApiKeyViewer(db.client, short.secret, NOW + 1000)).toBeNull();
    const { key, secret } = await issue(user);
    await expect(revokeApiKey(db.client, { viewerId: "someone", keyId: key.id })).rejects.toMatchObject({
      code: "not_found",
    });
    await changeAccount(db.client, user.id, { disabled: true }, NOW);
    expect(await findApiKeyViewer(db.client, secret, NOW)).toBeNull();
    await changeAccount(db.client, user.id, { disabled: false }, NOW);
    expect(await findApiKeyViewer(db.client, secret, NOW)).not.toBeNull();
    await revokeApiKey(db.client, { viewerId: user.id, keyId: key.id });
    expect(await findApiKeyViewer(db.client, secret, NOW)).toBeNull();
  });

  it("cannot make a key that may do more than itself", async () => {
    const user = await anAccount("u@yagura.example");
    const { secret } = await issue(user, { scopes: ["search:read"] });
    const viewer = await findApiKeyViewer(db.client, secret, NOW);
    if (!viewer) throw new Error("no viewer");
    await expect(issue({ ...user, ...viewer }, { viewer, scopes: ["favorites:write"] })).rejects.toMatchObject({
      code: "forbidden",
      errors: [{ pointer: "/scopes/0" }],
    });
    await expect(issue({ ...user, ...viewer }, { viewer, scopes: null })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the first admin", () => {
  const env = () => ({ DATA_DIR: dataDir, YAGURA_ADMIN_EMAIL: undefined, YAGURA_ADMIN_PASSWORD: undefined });
  const account = { email: "first@yagura.example", password: PASSWORD };

  it("comes from the environment, once", async () => {
    const fromEnvironment = { ...env(), YAGURA_ADMIN_EMAIL: account.email, YAGURA_ADMIN_PASSWORD: "password123" };
    for (const _start of [1, 2])
      expect(await ensureFirstAdmin({ client: db.client, env: fromEnvironment, log })).toBeNull();
    expect((await listUsers(db.client, { page: 1, limit: 9 })).users).toMatchObject([
      { email: account.email, role: "admin" },
    ]);
  });

  it("needs the token that the log shows, which stays the same over restarts", async () => {
    const token = await ensureFirstAdmin({ client: db.client, env: env(), log });
    expect(logged.join("")).toContain(token);
    expect(await ensureFirstAdmin({ client: db.client, env: env(), log })).toBe(token);
    await expect(finishSetup(db.client, { dataDir, token: "guess", account })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await hasUsers(db.client)).toBe(false);
    const user = await finishSetup(db.client, { dataDir, token: ` ${token} `, account });
    expect(user.role).toBe("admin");
    expect(() => readFileSync(join(dataDir, "setup-token"))).toThrow();
    await expect(finishSetup(db.client, { dataDir, token: `${token}`, account })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("is one, however many finish at the same time", async () => {
    const token = (await ensureFirstAdmin({ client: db.client, env: env(), log })) ?? "";
    const results = await Promise.allSettled(
      ["a", "b", "c"].map((name) =>
        finishSetup(db.client, { dataDir, token, account: { ...account, email: `${name}@yagura.example` } }),
      ),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await countUsers(db.client)).toBe(1);
  });

  it("can try again after a weak password", async () => {
    const token = (await ensureFirstAdmin({ client: db.client, env: env(), log })) ?? "";
    const weak = { ...account, password: "password123" };
    await expect(finishSetup(db.client, { dataDir, token, account: weak })).rejects.toMatchObject({
      code: "bad_request",
    });
    expect((await finishSetup(db.client, { dataDir, token, account })).email).toBe(account.email);
  });
});
