import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Demo, startDemo } from "@/demo/start-demo";
import { SIMULATED_IDS } from "@/demo/upstreams/service-ids";
import { listAddressKeys } from "@/lib/providers/address-keys";
import { api } from "@/tests/support/api";
import { type EchoServer, startEchoServer } from "@/tests/support/echo-server";
import { sessionCookie } from "@/tests/support/sign-in";
import { ADMIN, type App, READER, startApp } from "@/tests/support/start-app";

/** Of the older kind, which travels in the address. */
const TMDB_KEY = "5ec0e7c0ffee4badf00d1234567890ab";
const OPDS_PASSWORD = "under the third flagstone";
const ADDED_KEY = "komga-key-3b9f-of-somebody";
const ENVIRONMENT = {
  METRICS_TOKEN: "m-3f9a1c77e2d04b58",
  NEXTAUTH_SECRET: "n-0b6e1d7a9c5f4e23b8a7d6c5e4f3a2b1",
  INSTANCE_KEY: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  HEALTH_ALERT_WEBHOOK_URL: "http://127.0.0.1:9/hook/w-51b8e0c4d2f7",
  HEALTH_ALERT_WEBHOOK_SECRET: "h-77d1c0aa42e94f15",
  PROVIDER_JIKAN_ENABLED: "true",
  PROVIDER_JIKAN_API_KEY: "jikan-server-key-8841",
};
const KINDS = ["q=berserk", "q=matrix&type=movie,tv", "q=matrix&type=subtitle", "q=gpt&type=model"];

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({
    tmdbKey: TMDB_KEY,
    opdsCredentials: { username: "keeper", password: OPDS_PASSWORD },
  });
});
afterAll(() => demo?.stop());

/** Every secret in use, as it is and as it travels. */
function listSecrets(environment: Readonly<Record<string, string>>, others: readonly string[]): string[] {
  const given = Object.entries(environment);
  const named = given.filter(([name]) => /_(API_KEY|PASSWORD|SECRET|TOKEN)$|^INSTANCE_KEY$/.test(name));
  const plain = [...named.map(([, value]) => value), ...others, ADMIN.password, READER.password];
  const inAddresses = given.filter(([name]) => name.endsWith("_URL")).flatMap(([, url]) => listAddressKeys(url));
  const users = given.filter(([name]) => name.endsWith("_USERNAME"));
  const pairs = users.map(([name, user]) => `${user}:${environment[name.replace(/USERNAME$/, "PASSWORD")]}`);
  const all = [...plain, ...plain.map((secret) => `${secret}:`), ...pairs];
  return [...new Set([...plain, ...inAddresses, ...all.map(toBase64), ...plain.map(encodeURIComponent)])];
}

function toBase64(text: string): string {
  return Buffer.from(text).toString("base64").replace(/=+$/, "");
}

interface Heard {
  where: string;
  text: string;
}

/** Everything that the app says to anyone who asks, log, metrics and files included. */
async function hearAll(app: App, credentials: Readonly<Record<string, Record<string, string>>>): Promise<Heard[]> {
  const heard: Heard[] = [];
  const ask = async (who: string, path: string) => {
    const answer = await fetch(app.url + path, { headers: credentials[who] ?? {}, redirect: "manual" });
    const headers = [...answer.headers].filter(([name]) => name !== "set-cookie");
    heard.push({ where: `${who} ${path}`, text: `${headers.join("\n")}\n${await answer.text()}` });
  };
  const { body } = await api(app.url, credentials["admin key"]).get<{ id: string }[]>("/api/v1/providers");
  const ids = body.map(({ id }) => id);
  const paths = [
    ...["providers", "providers/status", "providers/health", "providers/stats", "providers/history", "me", "favorites"],
    ...["health/integration?include=graph,recent", "health/integration/history", "health/integration/alerts?state=all"],
    ...["providers/adapters", "settings", "users", "api-keys", "alerts/channels", "me/sessions", "openapi.json"],
    ...KINDS.map((kind) => `search?${kind}`),
    ...ids.flatMap((id) => [`providers/${id}`, `providers/${id}/history?step=raw`, `providers/${id}/events`]),
  ].map((path) => `/api/v1/${path}`);
  const pages = ["/", "/?q=berserk&plain=1", "/providers", "/alerts", "/topology", "/favorites", "/settings", "/admin"];
  pages.push(...ids.map((id) => `/providers/${id}`));
  for (const who of Object.keys(credentials)) {
    for (const path of who.endsWith("key") ? paths : pages) await ask(who, path);
  }
  await ask("nobody", "/");
  const metrics = await fetch(`${app.url}/api/metrics`, {
    headers: { Authorization: `Bearer ${ENVIRONMENT.METRICS_TOKEN}` },
  });
  heard.push({ where: "metrics", text: await metrics.text() });
  heard.push({ where: "log", text: app.output() });
  await app.stop();
  heard.push({ where: "log to the end", text: app.output() });
  for (const file of readdirSync(app.dataDir, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    heard.push({ where: path.slice(app.dataDir.length), text: readFileSync(path).toString("latin1") });
  }
  return heard;
}

function findLeaks(heard: readonly Heard[], secrets: readonly string[]): string[] {
  return heard.flatMap(({ where, text }) => {
    // A file is read as bytes.
    const found = secrets.filter(
      (secret) => text.includes(secret) || text.includes(Buffer.from(secret).toString("latin1")),
    );
    return found.map((secret) => `${where}: ${secret}`);
  });
}

async function credentialsOf(app: App) {
  const keyOf = async (email: string) => (await app.admin("api-key", "create", "--user", email, "--name", "x")).trim();
  const [adminKey, readerKey] = [await keyOf(ADMIN.email), await keyOf(READER.email)];
  return {
    secrets: [adminKey, readerKey],
    who: {
      "admin key": { "X-Api-Key": adminKey },
      "reader key": { "X-Api-Key": readerKey },
      "admin page": { Cookie: await sessionCookie(app, ADMIN) },
      "reader page": { Cookie: await sessionCookie(app, READER) },
    },
  };
}

describe("secrets", () => {
  it("are found nowhere while everything works, nor while everything fails", async () => {
    const app = await startApp({ env: { ...demo.environment, ...ENVIRONMENT } });
    try {
      const { who, secrets } = await credentialsOf(app);
      const admin = api(app.url, who["admin key"]);
      const reader = api(app.url, who["reader key"]);
      const added = {
        adapter: "komga",
        name: "Loft",
        config: { base_url: demo.upstreams["komga-attic"].baseUrl, api_key: ADDED_KEY },
      };
      expect((await admin.send("POST", "/api/v1/providers", added)).status).toBe(201);
      const found = await Promise.all(
        KINDS.map((kind) => reader.get<{ items: { id: string }[] }>(`/api/v1/search?${kind}`)),
      );
      for (const { body } of found) {
        expect(body.items.length).toBeGreaterThan(0);
        for (const { id } of body.items.slice(0, 4)) {
          await reader.get(`/api/v1/titles/${id}`);
          await reader.get(`/api/v1/titles/${id}/files`);
          await reader.send("POST", `/api/v1/favorites/${id}`);
        }
      }
      for (const kind of ["bad-key", "redirect", "200-error-body"] as const) {
        await Promise.all(SIMULATED_IDS.map((id) => demo.upstreams[id].setFault({ kind })));
        await admin.send("POST", "/api/v1/providers/test");
        await Promise.all(KINDS.map((query) => reader.get(`/api/v1/search?${query}+${kind}&fresh=1`)));
      }
      await Promise.all(SIMULATED_IDS.map((id) => demo.upstreams[id].setFault({ kind: "none" })));
      const all = listSecrets({ ...demo.environment, ...ENVIRONMENT }, [ADDED_KEY, ...secrets]);
      expect(all.length).toBeGreaterThan(40);
      expect(findLeaks(await hearAll(app, who), all)).toEqual([]);
    } finally {
      await app.dispose();
    }
  }, 180_000);

  it("are found nowhere though upstreams say them back", async () => {
    const echo: EchoServer = await startEchoServer();
    const bases = Object.entries(demo.environment).map(([name, value]) => {
      const isBase = name.endsWith("_BASE_URL");
      return [name, isBase ? `${echo.origin}${new URL(value).pathname}${new URL(value).search}` : value];
    });
    const environment: Record<string, string> = { ...Object.fromEntries(bases), ...ENVIRONMENT };
    const app = await startApp({ env: environment });
    try {
      const { who, secrets } = await credentialsOf(app);
      const admin = api(app.url, who["admin key"]);
      const reader = api(app.url, who["reader key"]);
      for (let round = 0; round < 4; round += 1) {
        await admin.send("POST", "/api/v1/providers/test");
        await Promise.all(KINDS.map((kind) => reader.get(`/api/v1/search?${kind}+${round}`)));
        for (const id of SIMULATED_IDS) await admin.send("POST", `/api/v1/providers/${id}/enable`);
      }
      expect(findLeaks(await hearAll(app, who), listSecrets(environment, secrets))).toEqual([]);
    } finally {
      await app.dispose();
      await echo.stop();
    }
  }, 180_000);
});
