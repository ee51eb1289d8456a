import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDemo } from "@/demo/start-demo";
import { type Api, api } from "@/tests/support/api";
import { sessionCookie } from "@/tests/support/sign-in";
import { ADMIN, type App, READER, startApp } from "@/tests/support/start-app";

type Line = Record<string, unknown> & { event?: string };

const OPDS_PASSWORD = "under the third flagstone";
const METRICS_TOKEN = "m-3f9a1c77e2d04b58";
const SECRETS = [OPDS_PASSWORD, METRICS_TOKEN, ADMIN.password, READER.password];

let demo: Awaited<ReturnType<typeof startDemo>>;
let app: App;
let admin: Api;
let reader: Api;
let readerKey: string;

beforeAll(async () => {
  demo = await startDemo({ opdsCredentials: { username: "keeper", password: OPDS_PASSWORD } });
  app = await startApp({ env: { ...demo.environment, METRICS_TOKEN, CIRCUIT_BREAKER_FAILURE_THRESHOLD: "2" } });
  readerKey = await keyOf(READER.email);
  reader = api(app.url, { "X-Api-Key": readerKey });
  admin = api(app.url, { "X-Api-Key": await keyOf(ADMIN.email) });
});
afterAll(async () => {
  await app?.dispose();
  await demo?.stop();
});

async function keyOf(email: string): Promise<string> {
  return (await app.admin("api-key", "create", "--user", email, "--name", "test")).trim();
}

function lines(event?: string): Line[] {
  const all = app
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{"));
  return all.map((line): Line => JSON.parse(line)).filter((line) => event === undefined || line.event === event);
}

describe("the log", () => {
  it("is lines of JSON with a time and a level", () => {
    expect(lines().length).toBeGreaterThan(3);
    for (const line of lines()) {
      expect(line).toMatchObject({ level: expect.stringMatching(/^(info|warn|error)$/), time: expect.any(String) });
    }
  });

  it("follows a request down to the providers that fail and those that rest", async () => {
    await demo.upstreams.kitsu.setFault({ kind: "500" });
    const search = (number: number) =>
      reader.get(`/api/v1/search?q=berserk+${number}`, { "X-Request-Id": `search-${number}` });
    for (const number of [1, 2, 3]) await search(number);
    expect(lines("provider.call_failed")).toContainEqual(
      expect.objectContaining({ provider: "kitsu", source: "search", class: "http_5xx", request_id: "search-1" }),
    );
    expect(lines("provider.skipped")).toContainEqual(
      expect.objectContaining({ provider: "kitsu", gate: "circuit", request_id: "search-3" }),
    );
    const finished = lines("search.finished").map(({ request_id }) => request_id);
    expect(finished).toEqual(["search-1", "search-2", "search-3"]);
    expect(lines("search.finished")[0]).toMatchObject({ status: "partial", ms: expect.any(Number) });
  });

  it("does not tell what people search for", () => {
    expect(app.output()).not.toContain("berserk");
  });

  it("names checks, favorites, settings and sign-ins", async () => {
    const { body } = await reader.get<{ items: { id: string }[] }>("/api/v1/search?q=vagabond");
    const id = body.items[0]?.id ?? "";
    await reader.send("POST", `/api/v1/favorites/${id}`);
    await reader.send("PATCH", "/api/v1/favorites/bulk", { manga_ids: [id], is_favorite: false });
    await reader.send("PATCH", "/api/v1/me", { time_zone: "Asia/Tokyo" });
    await admin.send("PATCH", "/api/v1/providers/mangadex", { timeout_ms: 9000 });
    await sessionCookie(app, READER);
    await sessionCookie(app, { ...READER, password: "not the password at all" }).catch(() => {});
    expect(lines("provider.checked")).toContainEqual(expect.objectContaining({ provider: "mangadex", class: "ok" }));
    expect(lines("favorite.set")).toContainEqual(expect.objectContaining({ title_id: id, is_favorite: true }));
    expect(lines("favorite.bulk")).toHaveLength(1);
    expect(lines("settings.changed")).toEqual([
      expect.objectContaining({ fields: ["time_zone"] }),
      expect.objectContaining({ provider: "mangadex", fields: ["timeout_ms"], actor: ADMIN.email }),
    ]);
    expect(lines("auth.signed_in")).toHaveLength(1);
    expect(lines("auth.failed")).toEqual([expect.objectContaining({ address: "127.0.0.1" })]);
  });

  it("keeps secrets to itself, whatever is sent where", async () => {
    const guess = "g-77aa31bb90cc";
    await reader.get(`/api/v1/search?q=a&api_key=${guess}`);
    await api(app.url).get("/api/metrics", { Authorization: `Bearer ${guess}` });
    await api(app.url).get("/api/metrics", { Authorization: `Bearer ${METRICS_TOKEN}` });
    await api(app.url).get(`/no-such-page?token=${guess}`, { Cookie: `session=${guess}` });
    await admin.send("PATCH", "/api/v1/providers/opds-tower", { config: { password: guess } });
    for (const secret of [...SECRETS, readerKey, guess]) expect(app.output()).not.toContain(secret);
  });
});
