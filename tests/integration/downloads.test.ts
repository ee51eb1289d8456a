import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Demo, startDemo } from "@/demo/start-demo";
import { type Api, api } from "@/tests/support/api";
import { type BigLibrary, LIBRARY_KEY, startBigLibrary } from "@/tests/support/big-library";
import { sessionCookie } from "@/tests/support/sign-in";
import { ADMIN, type App, READER, startApp } from "@/tests/support/start-app";

const MEBIBYTE = 1024 * 1024;
const SIZE = 1024 * MEBIBYTE;
/** Of a Komga server that an admin adds, with the attic's upstream behind it. */
const SHED = "komga-shed";

interface File {
  id: string;
  provider_id: string;
  name: string;
  media_type: string;
  size_bytes: number | null;
  too_large: boolean;
  url: string;
}

let demo: Demo;
let library: BigLibrary;
let app: App;
let reader: Api;
let admin: Api;
let readerKey: string;

beforeAll(async () => {
  [demo, library] = await Promise.all([startDemo(), startBigLibrary(SIZE)]);
  app = await startApp({ env: { ...demo.environment, CONNECTIVITY_CANARIES: "off" } });
  readerKey = (await app.admin("api-key", "create", "--user", READER.email, "--name", "test")).trim();
  const adminKey = (await app.admin("api-key", "create", "--user", ADMIN.email, "--name", "test")).trim();
  reader = api(app.url, { "X-Api-Key": readerKey });
  admin = api(app.url, { "X-Api-Key": adminKey });
});
afterAll(async () => {
  await app?.dispose();
  await Promise.all([demo?.stop(), library?.stop()]);
});

async function findTitle(text: string, provider: string): Promise<string> {
  const query = new URLSearchParams({ q: text, providers: provider });
  const { body } = await reader.get<{ items: { id: string }[] }>(`/api/v1/search?${query}`);
  return body.items[0]?.id ?? "";
}

async function listFiles(titleId: string): Promise<File[]> {
  const { status, body } = await reader.get<File[]>(`/api/v1/titles/${titleId}/files?limit=100`);
  expect(status).toBe(200);
  return body;
}

async function getFile(text: string, provider: string): Promise<File> {
  const file = (await listFiles(await findTitle(text, provider))).find((each) => each.provider_id === provider);
  if (!file) throw new Error(`${provider} has no file for ${text}`);
  return file;
}

function fetchFile(file: Pick<File, "url">, init: RequestInit = {}): Promise<Response> {
  return fetch(app.url + file.url, { ...init, headers: { "X-Api-Key": readerKey, ...init.headers } });
}

async function statsOf(provider: string) {
  const { body } = await reader.get<{ stats: Record<string, number> }>(`/api/v1/providers/${provider}`);
  return body.stats;
}

async function until(isTrue: () => boolean | Promise<boolean>, what: string, timeoutMs = 30_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; !(await isTrue()); ) {
    if (Date.now() > end) throw new Error(`It did not come about: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("providers that people run themselves", () => {
  it("come from the environment, several of a kind, and answer", async () => {
    for (const id of ["opds-tower", "opds-harbour", "komga-attic", "komga-cellar"]) {
      const { body } = await admin.send("POST", `/api/v1/providers/${id}/test`);
      expect([id, body]).toMatchObject([id, { healthy: true, error: null }]);
      expect((await reader.get<{ capabilities: string[] }>(`/api/v1/providers/${id}`)).body.capabilities).toEqual([
        "check",
        "search",
        "details",
        "cover",
        "download",
      ]);
    }
  });

  it("are added by an admin, one of them with its key in the address", async () => {
    const attic = { base_url: demo.upstreams["komga-attic"].baseUrl };
    const apiKey = demo.environment["PROVIDER_KOMGA_ATTIC_API_KEY"];
    const additions = [
      { adapter: "komga", name: "Shed", config: { ...attic, api_key: apiKey } },
      { adapter: "opds", name: "Big", config: { base_url: library.baseUrl } },
    ];
    for (const addition of additions) {
      expect((await admin.send("POST", "/api/v1/providers", addition)).status).toBe(201);
    }
    for (const id of [SHED, "opds-big"]) {
      expect((await admin.send("POST", `/api/v1/providers/${id}/test`)).body).toMatchObject({ healthy: true });
    }
  });

  it("are refused by name of the field that is missing, and to those who are no admins", async () => {
    const missing = await admin.send("POST", "/api/v1/providers", { adapter: "komga", name: "Barn", config: {} });
    expect([missing.status, missing.body]).toMatchObject([400, { errors: [{ pointer: "/config/base_url" }] }]);
    expect((await reader.send("POST", "/api/v1/providers", { adapter: "opds" })).status).toBe(403);
  });

  it("say what is wrong with their credentials", async () => {
    await admin.send("PATCH", `/api/v1/providers/${SHED}`, { config: { api_key: "another-key" } });
    const tested = await admin.send("POST", `/api/v1/providers/${SHED}/test`);
    expect(tested.body).toMatchObject({ healthy: false, error: { class: "auth" } });
    const apiKey = demo.environment["PROVIDER_KOMGA_ATTIC_API_KEY"];
    await admin.send("PATCH", `/api/v1/providers/${SHED}`, { config: { api_key: apiKey } });
    expect((await admin.send("POST", `/api/v1/providers/${SHED}/test`)).body).toMatchObject({ healthy: true });
  });
});

describe("the files of a title", () => {
  it.each(["opds-tower", "opds-harbour", "komga-attic", "komga-cellar"])(
    "of %s are listed and come whole",
    async (id) => {
      const file = await getFile("berserk", id);
      expect(file).toMatchObject({
        name: expect.stringMatching(/\.cbz$/),
        media_type: "application/vnd.comicbook+zip",
      });
      const before = await statsOf(id);
      const answer = await fetchFile(file);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toBe("application/vnd.comicbook+zip");
      expect(answer.headers.get("content-disposition")).toMatch(
        /^attachment; filename=".+"; filename\*=UTF-8''.+\.cbz$/,
      );
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("content-security-policy")).toContain("sandbox");
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.subarray(0, 2).toString()).toBe("PK");
      if (file.size_bytes !== null) expect(bytes.length).toBe(file.size_bytes);
      await until(
        async () => (await statsOf(id))["successful_downloads"] === (before["successful_downloads"] ?? 0) + 1,
        "the download is counted",
      );
    },
  );

  it("come in parts", async () => {
    const file = await getFile("berserk", "komga-attic");
    const whole = Buffer.from(await (await fetchFile(file)).arrayBuffer());
    const part = await fetchFile(file, { headers: { Range: "bytes=10-19" } });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 10-19/${whole.length}`);
    expect(part.headers.get("accept-ranges")).toBe("bytes");
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(10, 20));
    const etag = part.headers.get("etag") ?? "";
    const rest = await fetchFile(file, { headers: { Range: "bytes=20-", "If-Range": etag } });
    expect(rest.status).toBe(206);
    expect(Buffer.from(await rest.arrayBuffer())).toEqual(whole.subarray(20));
    const changed = await fetchFile(file, { headers: { Range: "bytes=20-", "If-Range": '"another"' } });
    expect([changed.status, (await changed.arrayBuffer()).byteLength]).toEqual([200, whole.length]);
    const beyond = await fetchFile(file, { headers: { Range: `bytes=${whole.length}-` } });
    expect([beyond.status, await beyond.json()]).toMatchObject([416, { status: 416 }]);
  });

  it("are for signed-in people, of titles and files that there are, by GET alone", async () => {
    const file = await getFile("berserk", "komga-attic");
    expect((await fetch(app.url + file.url)).status).toBe(401);
    const cookie = await sessionCookie(app, READER);
    const signedIn = await fetch(app.url + file.url, { headers: { Cookie: cookie } });
    expect(signedIn.status).toBe(200);
    await signedIn.body?.cancel();
    const [, titleId] = /titles\/([^/]+)\//.exec(file.url) ?? [];
    const address = encodeURIComponent(`${demo.upstreams["komga-attic"].baseUrl}/api/v1/claim`);
    for (const path of [
      `/api/v1/titles/${titleId}/files/nothing`,
      `/api/v1/titles/${titleId}/files/${address}`,
      `/api/v1/titles/nobody/files/${file.id}`,
      "/api/v1/titles/nobody/files",
    ]) {
      expect([path, (await reader.get(path)).status]).toEqual([path, 404]);
    }
    expect((await reader.send("HEAD", file.url)).status).toBe(405);
  });

  it("of a provider that cannot be asked are 503, with the reason", async () => {
    const file = await getFile("monster", "komga-cellar");
    await demo.upstreams["komga-cellar"].setFault({ kind: "500", scope: "all" });
    const answer = await fetchFile(file);
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { detail: expect.stringContaining("did not give") },
    ]);
    await demo.upstreams["komga-cellar"].setFault({ kind: "wrong-type", scope: "all" });
    expect((await fetchFile(file)).status).toBe(503);
    await demo.upstreams["komga-cellar"].setFault({ kind: "none" });
    expect((await fetchFile(file)).status).toBe(200);
  });

  it("are links on the title's page that work without a script", async () => {
    const id = await findTitle("berserk", "komga-attic");
    const page = await fetch(`${app.url}/titles/${id}`, { headers: { Cookie: await sessionCookie(app, READER) } });
    const html = await page.text();
    const [file] = await listFiles(id);
    expect(html).toContain(`href="${file?.url}"`);
    expect(html).toContain("Komga attic");
  });
});

describe("a file of 1 GiB", () => {
  /** Reads and forgets. */
  async function drain(response: Response, bytesMax = Number.POSITIVE_INFINITY): Promise<number> {
    const stream = response.body?.getReader();
    let bytes = 0;
    for (let next = await stream?.read(); next && !next.done && bytes < bytesMax; next = await stream?.read()) {
      bytes += next.value.length;
    }
    return bytes;
  }

  it("passes through with less than 50 MB of memory", async () => {
    const file = await getFile("big book", "opds-big");
    expect(file).toMatchObject({ name: "The Big Book of Sizes.epub", size_bytes: SIZE, too_large: false });
    await drain(await fetchFile(file, { headers: { Range: `bytes=${SIZE - 128 * MEBIBYTE}-` } }));
    const before = app.rss();
    expect(before).toBeGreaterThan(0);
    let highest = before;
    const answer = await fetchFile(file);
    const watching = setInterval(() => {
      highest = Math.max(highest, app.rss());
    }, 100);
    const bytes = await drain(answer);
    clearInterval(watching);
    expect(bytes).toBe(SIZE);
    expect(highest - before).toBeLessThan(50_000_000);
  });

  it("is no longer read from its provider within a second of its reader's leaving", async () => {
    const file = await getFile("big book", "opds-big");
    const before = await statsOf("opds-big");
    const leaving = new AbortController();
    const answer = await fetchFile(file, { signal: leaving.signal });
    await drain(answer, SIZE / 4);
    const leftAt = performance.now();
    leaving.abort();
    await until(() => library.last().closedAt !== null, "the upstream's connection is closed");
    expect((library.last().closedAt ?? 0) - leftAt).toBeLessThan(1000);
    expect(library.last().bytes).toBeLessThan(SIZE / 2);
    // Nobody's fault.
    expect(await statsOf("opds-big")).toMatchObject({ failed_downloads: before["failed_downloads"] });
  });

  it("is refused when an admin allows less", async () => {
    expect((await admin.send("PATCH", "/api/v1/settings", { download_max_mib: 1023 })).status).toBe(200);
    const file = await getFile("big book", "opds-big");
    expect(file.too_large).toBe(true);
    const answer = await fetchFile(file);
    expect([answer.status, await answer.json()]).toMatchObject([403, { status: 403 }]);
    await admin.send("PATCH", "/api/v1/settings", { download_max_mib: null });
    expect((await getFile("big book", "opds-big")).too_large).toBe(false);
  });
});

describe("keys and passwords", () => {
  it("of these providers are in no log, metric or answer, and not in the database as they are", async () => {
    const secrets = [
      LIBRARY_KEY,
      new URL(demo.upstreams["opds-harbour"].baseUrl).pathname.split("/")[3] ?? "",
      ...["KOMGA_ATTIC_API_KEY", "KOMGA_CELLAR_PASSWORD", "OPDS_TOWER_PASSWORD"].map(
        (name) => demo.environment[`PROVIDER_${name}`] ?? "",
      ),
    ];
    expect(secrets.every((secret) => secret.length > 5)).toBe(true);
    // Failures of every kind, whose messages are stored and shown.
    for (const kind of ["500", "redirect", "wrong-type", "bad-key"] as const) {
      await demo.upstreams["opds-harbour"].setFault({ kind, scope: "all" });
      await admin.send("POST", "/api/v1/providers/opds-harbour/test");
      await findTitle(`fault ${kind}`, "opds-harbour");
    }
    const title = await findTitle("big book", "opds-big");
    const texts = await Promise.all(
      [
        "/api/v1/providers",
        "/api/v1/providers/status",
        "/api/v1/providers/opds-big",
        "/api/v1/providers/opds-harbour",
        "/api/v1/providers/opds-harbour/events",
        "/api/v1/providers/opds-harbour/history?step=raw",
        "/api/v1/health/integration?include=graph,recent",
        `/api/v1/titles/${title}`,
        `/api/v1/titles/${title}/files`,
        "/api/v1/search?q=big%20book",
      ].map(async (path) => JSON.stringify((await reader.get(path)).body)),
    );
    texts.push((await admin.get<string>("/api/metrics")).body);
    const page = await fetch(`${app.url}/titles/${title}`, { headers: { Cookie: await sessionCookie(app, READER) } });
    texts.push(await page.text(), app.output());
    await app.stop();
    for (const name of ["yagura.db", "yagura.db-wal"]) texts.push(readLatin(join(app.dataDir, name)));
    for (const secret of secrets) {
      for (const [index, text] of texts.entries()) expect([index, text.includes(secret)]).toEqual([index, false]);
    }
  });
});

function readLatin(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
