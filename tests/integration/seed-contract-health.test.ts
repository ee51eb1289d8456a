import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startDemo } from "@/demo/start-demo";
import { type Api, apiOf } from "@/tests/support/api";
import { type LiveReader, openLive } from "@/tests/support/live-reader";
import { sessionCookie } from "@/tests/support/sign-in";
import { ADMIN, type App, READER, startApp } from "@/tests/support/start-app";

type Row = Record<string, unknown>;

const IDS = ["mangadex", "anilist", "kitsu", "mangaupdates", "opds-tower"];
/** No probe comes between the calls of a test, and none of them waits for its turn. */
const QUIET = {
  CONNECTIVITY_CANARIES: "off",
  PROVIDER_PROBE_INTERVALS_SECONDS: "3600",
  PROVIDER_KITSU_RATE_PER_SECOND: "100",
  PROVIDER_MANGAUPDATES_RATE_PER_SECOND: "100",
};
const WINDOW = ["samples", "requests_per_minute", "error_rate", "p50_ms", "p95_ms", "p99_ms", "classes"];

let demo: Awaited<ReturnType<typeof startDemo>>;
let app: App;
let reader: Api;
let admin: Api;
let readerKey: string;
const readers: LiveReader[] = [];

beforeAll(async () => {
  demo = await startDemo({ host: "127.0.0.1", ports: "random" });
  app = await startApp({ env: { ...demo.environment, ...QUIET, CIRCUIT_BREAKER_SUCCESS_THRESHOLD: "3" } });
  reader = await apiOf(app, READER.email);
  admin = await apiOf(app, ADMIN.email);
  readerKey = (await app.admin("api-key", "create", "--user", READER.email, "--name", "live")).trim();
  await reader.get("/api/v1/search?q=berserk");
  const allWell = async () => {
    const { body } = await reader.get<Row[]>("/api/v1/providers/health");
    return body.filter((row) => IDS.includes(String(row["id"]))).every((row) => row["state"] === "ACTIVE");
  };
  await vi.waitUntil(allWell, { timeout: 90_000, interval: 200 });
});
afterAll(async () => {
  for (const open of readers) open.close();
  await app?.dispose();
  await demo?.stop();
});

async function live(headers: Record<string, string> = {}): Promise<LiveReader> {
  const opened = await openLive(`${app.url}/api/v1/health/stream`, { "X-Api-Key": readerKey, ...headers });
  readers.push(opened);
  return opened;
}

async function failTests(id: keyof typeof demo.upstreams, times: number): Promise<void> {
  await demo.upstreams[id].setFault({ kind: "500" });
  for (let count = 0; count < times; count++) {
    const { body } = await admin.send<Row>("POST", `/api/v1/providers/${id}/test`);
    expect(body).toMatchObject({ healthy: false, error: { class: "http_5xx" } });
  }
}

const statusOf = async (id: string) => (await reader.get<Row>(`/api/v1/providers/${id}`)).body;

const INFO = [
  ...["id", "name", "kind", "adapter", "url", "enabled", "initialized", "healthy", "status", "state", "message"],
  ...["priority", "downloads", "config_fields", "stats", "capabilities"],
];
const STATUS = [
  ...["id", "provider_id", "provider_name", "provider_url", "status", "state", "last_check", "response_time"],
  ...["error_message", "consecutive_failures", "total_checks", "successful_checks", "uptime_percentage", "is_enabled"],
  ...["check_interval", "max_consecutive_failures", "stats", "circuit", "hold", "auto_disabled", "disabled_until"],
  ...["why", "next"],
];
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

describe("every row about providers", () => {
  it.each([
    ["/api/v1/providers", INFO],
    ["/api/v1/providers/status", STATUS],
  ])("%s has exactly the fields that were agreed", async (path, fields) => {
    const { body } = await reader.get<Row[]>(path);
    expect(body.length).toBeGreaterThanOrEqual(IDS.length);
    for (const row of body) expect(sorted(Object.keys(row))).toEqual(sorted(fields));
  });

  it("of one provider has all of both; for admins also its settings, and no secret", async () => {
    const { body } = await reader.get<Row>("/api/v1/providers/opds-tower");
    expect(sorted(Object.keys(body))).toEqual(sorted([...INFO, ...STATUS]));
    const own = (await admin.get<{ settings: Row; config_fields: Row[] }>("/api/v1/providers/opds-tower")).body;
    expect(own.settings).toMatchObject({
      timeout_ms: expect.any(Number),
      locked: expect.arrayContaining(["base_url"]),
    });
    expect(own.config_fields.find(({ key }) => key === "password")).toMatchObject({ secret: true, set: true });
    expect(JSON.stringify(own)).not.toContain(demo.environment["PROVIDER_OPDS_TOWER_PASSWORD"]);
    for (const field of body["config_fields"] as Row[]) {
      expect(sorted(Object.keys(field))).toEqual(sorted(["key", "label", "type", "required", "secret", "help"]));
    }
  });

  it("names kinds of providers for admins", async () => {
    expect((await reader.get("/api/v1/providers/adapters")).status).toBe(403);
    const { body } = await admin.get<Row[]>("/api/v1/providers/adapters");
    expect(body.find(({ id }) => id === "opds")).toMatchObject({ multi: true, config_fields: expect.any(Array) });
  });

  it("tests them all, or those that are not well", async () => {
    const all = await admin.send<Row[]>("POST", "/api/v1/providers/test");
    expect(all.body.map(({ id }) => id)).toEqual(expect.arrayContaining(IDS));
    for (const row of all.body) expect(row).toMatchObject({ healthy: true, error: null });
    expect((await admin.send("POST", "/api/v1/providers/test?only=failed")).body).toEqual([]);
  });
});

describe("statistics of providers", () => {
  it("are in the short health of all, with exactly its fields", async () => {
    const { status, body } = await reader.get<Row[]>("/api/v1/providers/health");
    expect(status).toBe(200);
    expect(body.map(({ id }) => id)).toEqual(expect.arrayContaining(IDS));
    for (const row of body) {
      expect(Object.keys(row).sort()).toEqual(
        [
          ...["id", "name", "healthy", "state", "success_rate", "avg_response_time_ms", "last_response_time_ms"],
          ...["auto_disabled", "disabled_until", "consecutive_failures"],
        ].sort(),
      );
    }
    expect(body.find(({ id }) => id === "kitsu")).toMatchObject({
      healthy: true,
      success_rate: 1,
      avg_response_time_ms: expect.any(Number),
      last_response_time_ms: expect.any(Number),
      auto_disabled: false,
      disabled_until: null,
      consecutive_failures: 0,
    });
  });

  it("come for all providers with the history of days", async () => {
    const { body } = await reader.get<{ performance: Record<string, Row>; history: Row[] }>(
      "/api/v1/providers/stats?days=7",
    );
    expect(body.performance["kitsu"]).toMatchObject({
      total_searches: 1,
      successful_searches: 1,
      failed_searches: 0,
      success_rate: 1,
      avg_score: expect.any(Number),
      avg_response_time_ms: expect.any(Number),
      last_response_time_ms: expect.any(Number),
      successful_downloads: 0,
      failed_downloads: 0,
      cache_hits: 0,
      consecutive_failures: 0,
      last_success_at: expect.any(String),
      last_failure_at: null,
      total_checks: expect.any(Number),
      successful_checks: expect.any(Number),
      auto_disabled: false,
      disabled_until: null,
      uptime_percentage: 100,
      up_since: expect.any(String),
      state_since: expect.any(String),
      trend: { latency: expect.any(String), errors: expect.any(String) },
    });
    const { windows, uptime } = body.performance["kitsu"] as { windows: Record<string, Row>; uptime: Row };
    expect(Object.keys(windows)).toEqual(["m1", "m5", "m15"]);
    for (const window of Object.values(windows)) expect(Object.keys(window).sort()).toEqual([...WINDOW].sort());
    expect(uptime).toMatchObject({ h24: { ratio: 1, coverage: expect.any(Number) }, d7: {}, d30: {} });
    expect(body.history.find((row) => row["provider_id"] === "kitsu")).toEqual({
      date: new Date().toISOString().slice(0, 10),
      provider_id: "kitsu",
      success_count: expect.any(Number),
      failure_count: 0,
      avg_response_time: expect.any(Number),
    });
    expect((await reader.get("/api/v1/providers/history?days=7")).body).toEqual(body.history);
  });

  it("say null of a provider that was never asked", async () => {
    const fresh = (await reader.get<Row[]>("/api/v1/providers/status")).body.find(
      (row) => row["is_enabled"] === false,
    ) as Row | undefined;
    if (!fresh) return;
    expect(fresh).toMatchObject({
      uptime_percentage: null,
      last_check: null,
      stats: { success_rate: null, avg_response_time_ms: null, last_response_time_ms: null },
    });
  });
});

describe("the health of everything", () => {
  it("adds up, and says of each provider how it is", async () => {
    const { status, body } = await reader.get<{
      summary: Record<string, number>;
      circuits: Record<string, number>;
      providers: Row[];
      recommendations: Row[];
    }>("/api/v1/health/integration");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: "healthy",
      generated_at: expect.stringMatching(/Z$/),
      self_online: true,
    });
    const { total, ...groups } = body.summary;
    expect(Object.keys(groups).sort()).toEqual(["degraded", "disabled", "healthy", "unhealthy", "unknown"]);
    expect(Object.values(groups).reduce((sum, count) => sum + count, 0)).toBe(total);
    expect(body.circuits).toEqual({ closed: total, open: 0, half_open: 0 });
    expect(body.providers).toHaveLength(total ?? 0);
    const kitsu = body.providers.find(({ id }) => id === "kitsu");
    expect(kitsu).toEqual({
      id: "kitsu",
      name: "Kitsu",
      state: "ACTIVE",
      windows: { m1: expect.any(Object), m5: expect.any(Object), m15: expect.any(Object) },
      uptime: { h24: expect.any(Object), d7: expect.any(Object), d30: expect.any(Object) },
      trend: { latency: expect.any(String), errors: expect.any(String) },
      circuit: {
        state: "CLOSED",
        until: null,
        opened_at: null,
        generation: expect.any(Number),
        trial_successes: 0,
        success_threshold: 3,
        opened_by: null,
      },
    });
    expect(body.recommendations).toContainEqual({
      provider_id: "kitsu",
      action: "prefer",
      reason: expect.any(String),
    });
  });

  it("has the last checks and the graph when asked for them", async () => {
    const { body } = await reader.get<{ providers: { id: string; recent: Row[] }[]; graph: unknown }>(
      "/api/v1/health/integration?include=graph,recent",
    );
    const recent = body.providers.find(({ id }) => id === "kitsu")?.recent ?? [];
    expect(recent.length).toBeGreaterThan(0);
    expect(recent[0]).toMatchObject({ at: expect.any(String), source: "check", class: "ok", error: null });
    expect(body.graph).toEqual((await reader.get("/api/v1/health/integration/graph")).body);
    expect((await reader.get("/api/v1/health/integration?include=everything")).status).toBe(400);
  });

  it("draws what depends on what", async () => {
    const { body } = await reader.get<{ nodes: Row[]; edges: Row[] }>("/api/v1/health/integration/graph/");
    const kinds = new Set(body.nodes.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(["app", "cache", "database", "egress", "host", "provider", "queue"]);
    for (const node of body.nodes) expect(Object.keys(node).sort()).toEqual(["id", "kind", "label", "state"]);
    const ids = body.nodes.map(({ id }) => id);
    for (const { from, to, hard } of body.edges) {
      expect(ids).toEqual(expect.arrayContaining([from, to]));
      expect(hard).toBeTypeOf("boolean");
    }
    expect(body.nodes).toContainEqual({ id: "provider:kitsu", kind: "provider", label: "Kitsu", state: "ACTIVE" });
  });

  it("has a history, of all or of one, as JSON and as CSV with the same columns", async () => {
    const path = "/api/v1/health/integration/history";
    const all = await reader.get<Row[]>(path);
    expect(new Set(all.body.map((row) => row["provider_id"])).size).toBeGreaterThan(3);
    const one = await reader.get<Row[]>(`${path}?provider=kitsu&step=minute`);
    expect(one.body.length).toBeGreaterThan(0);
    expect(one.body.at(-1)).toMatchObject({
      at: expect.any(String),
      samples: expect.any(Number),
      success_count: expect.any(Number),
      failure_count: 0,
      avg_response_time: expect.any(Number),
      p50_ms: expect.any(Number),
      p95_ms: expect.any(Number),
      p99_ms: expect.any(Number),
      min_ms: expect.any(Number),
      max_ms: expect.any(Number),
      classes: expect.any(Object),
      up_seconds: expect.any(Number),
      down_seconds: expect.any(Number),
      degraded_seconds: expect.any(Number),
      unknown_seconds: expect.any(Number),
    });
    const csv = await reader.get<string>(`${path}?provider=kitsu&step=minute&format=csv`);
    expect(csv.headers.get("content-type")).toMatch(/^text\/csv/);
    expect(csv.body.split(/\r?\n/)[0]?.split(",")).toEqual(Object.keys(one.body[0] ?? {}));
    expect((await reader.get(`${path}?provider=nowhere`)).status).toBe(404);
    expect((await reader.get(`${path}?step=week`)).status).toBe(400);
  });

  it("is not for keys without the scope, nor for visitors", async () => {
    const other = await apiOf(app, READER.email, "favorites:read");
    for (const path of ["/integration", "/integration/graph", "/integration/history", "/stream"]) {
      expect((await other.get(`/api/v1/health${path}`)).status).toBe(403);
      expect((await fetch(`${app.url}/api/v1/health${path}`)).status).toBe(401);
    }
  });
});

describe("thresholds of the instance", () => {
  it("have the defaults that were agreed", async () => {
    expect((await admin.get("/api/v1/settings")).body).toMatchObject({
      max_consecutive_failures: 3,
      circuit_failure_threshold: 5,
      circuit_recovery_timeout_ms: 30_000,
      circuit_success_threshold: 3,
      timeout_ms: 10_000,
      circuit_window: 20,
      circuit_min_requests: 10,
      auto_disable_cooldown_minutes: 30,
      health_check_interval_seconds: 30,
      health_check_timeout_seconds: 10,
      health_degradation_warning_threshold: 50,
      health_degradation_critical_threshold: 80,
      health_latency_warning_ms: 2000,
      locked: ["circuit_success_threshold", "probe_intervals_seconds"],
    });
  });

  it("are for admins, and refuse what does not fit by name", async () => {
    expect((await reader.get("/api/v1/settings")).status).toBe(403);
    const bad = await admin.send("PATCH", "/api/v1/settings", { circuit_failure_threshold: 0, colour: "red" });
    expect(bad.status).toBe(400);
    const pointers = (bad.body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
    expect(pointers).toContain("/circuit_failure_threshold");
    const locked = await admin.send("PATCH", "/api/v1/settings/", { circuit_success_threshold: 1 });
    expect(locked.status).toBe(409);
    expect(locked.body).toMatchObject({ errors: [{ pointer: "/circuit_success_threshold", code: "locked" }] });
  });

  it("hold at once: a circuit opens at the new number, and its provider is skipped with why and until when", async () => {
    const changed = await admin.send("PATCH", "/api/v1/settings", { circuit_failure_threshold: 2 });
    expect(changed.body).toMatchObject({ circuit_failure_threshold: 2, defaults: { circuit_failure_threshold: 5 } });
    await failTests("mangaupdates", 2);
    expect(await statusOf("mangaupdates")).toMatchObject({
      circuit: { state: "OPEN", until: expect.any(String), opened_by: expect.any(String) },
      why: expect.stringMatching(/resting until/),
    });
    const { body } = await reader.get<{ providers: Row[] }>("/api/v1/search?q=vagabond");
    expect(body.providers.find(({ id }) => id === "mangaupdates")).toMatchObject({
      state: "skipped",
      reason: expect.any(String),
      retry_at: expect.any(String),
    });
    const tried = await reader.get<string>("/api/v1/search/stream?q=vagabond&providers=mangaupdates&retry=1");
    expect(tried.body).toMatch(/event: provider\ndata: .*"state":"error"/);
    const { body: health } = await reader.get<{ circuits: Row; recommendations: Row[] }>("/api/v1/health/integration");
    expect(health.circuits).toMatchObject({ open: 1 });
    expect(health.recommendations).toContainEqual({
      provider_id: "mangaupdates",
      action: "skip",
      reason: expect.stringMatching(/resting until/),
    });
    const reset = await admin.send("PATCH", "/api/v1/settings", { circuit_failure_threshold: null });
    expect(reset.body).toMatchObject({ circuit_failure_threshold: 5 });
  });

  it("yield to a provider's own", async () => {
    const path = "/api/v1/providers/mangaupdates";
    const changed = await admin.send<{ settings: Row }>("PATCH", path, { circuit_failure_threshold: 9 });
    expect(changed.body.settings).toMatchObject({ circuit_failure_threshold: 9, circuit_recovery_timeout_ms: 30_000 });
    const reset = await admin.send<{ settings: Row }>("PATCH", path, { circuit_failure_threshold: null });
    expect(reset.body.settings).toMatchObject({ circuit_failure_threshold: 5 });
  });
});

describe("putting a provider back in use", () => {
  it("is for admins: its circuit tries again, and a check follows at once", async () => {
    const path = "/api/v1/providers/mangaupdates/enable";
    expect((await reader.send("POST", path)).status).toBe(403);
    await demo.upstreams.mangaupdates.setFault({ kind: "none" });
    const { status, body } = await admin.send<Row>("POST", `${path}/`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: "mangaupdates",
      enabled: true,
      auto_disabled: false,
      disabled_until: null,
      circuit: { state: "HALF_OPEN" },
      stats: { consecutive_failures: 0 },
    });
    const state = async () => (await statusOf("mangaupdates"))["state"];
    await expect.poll(state, { timeout: 60_000 }).toBe("ACTIVE");
  });

  it("and out of it: nothing is sent any more", async () => {
    const { body } = await admin.send<Row>("POST", "/api/v1/providers/mangaupdates/disable");
    expect(body).toMatchObject({ enabled: false, state: "DISABLED", status: "UNKNOWN" });
    await admin.send("POST", "/api/v1/providers/mangaupdates/enable");
  });
});

describe("the live stream", () => {
  it("begins with a snapshot, and tells DOWN at the third failure and OPEN at the fifth", async () => {
    const stream = await live();
    expect(stream.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(stream.headers.get("x-accel-buffering")).toBe("no");
    const snapshot = await stream.until(() => true);
    expect(snapshot).toMatchObject({ event: "snapshot", id: expect.stringMatching(/^\d+$/) });
    expect(snapshot.data).toMatchObject({ self_online: true, summary: { total: expect.any(Number) } });

    await failTests("kitsu", 3);
    const down = await stream.until(({ event, data }) => event === "transition" && data["to"] === "DOWN");
    expect(stream.messages.some(({ data }) => data["to"] === "OPEN")).toBe(false);
    await failTests("kitsu", 2);
    const open = await stream.until(({ event, data }) => event === "transition" && data["to"] === "OPEN");
    expect(down.data).toMatchObject({
      provider_id: "kitsu",
      from: "ACTIVE",
      rule: "down.consecutive_failures",
      evidence: { consecutive_failures: 3, last_error: { class: "http_5xx", message: null } },
      thresholds: { max_consecutive_failures: 3 },
      actor: null,
      text: expect.stringMatching(/^Kitsu is down: 3 failures in a row/),
    });
    expect(open.data).toMatchObject({
      provider_id: "kitsu",
      from: "CLOSED",
      thresholds: { circuit_failure_threshold: 5 },
      until: expect.any(String),
      next: { kind: expect.any(String), at: expect.any(String) },
    });
    expect(Number(open.id)).toBeGreaterThan(Number(down.id));
    expect(Number(down.id)).toBeGreaterThan(Number(snapshot.id));
    await stream.until(({ event, data }) => {
      const rows = (data["providers"] ?? []) as Row[];
      return event === "metrics" && rows.some((row) => row["id"] === "kitsu" && row["state"] === "DOWN");
    });

    const { body } = await reader.get<Row[]>("/api/v1/providers/kitsu/events");
    const told = stream.messages.map(({ data }) => data).filter((data) => data["provider_id"] === "kitsu");
    expect(body.filter(({ id }) => told.some((one) => one["id"] === id)).reverse()).toEqual(told);
    expect(Number(down.id)).toBe(down.data["id"]);

    const back = await live({ "Last-Event-ID": down.id });
    expect(await back.until(({ data }) => data["to"] === "OPEN")).toEqual(open);
    expect(back.messages.map(({ event }) => event)).not.toContain("snapshot");
    back.close();
    stream.close();
    await demo.upstreams.kitsu.setFault({ kind: "none" });
  });

  it("is open five times for a user, and not a sixth time", async () => {
    for (const one of readers) one.close();
    const opened: LiveReader[] = [];
    const openOne = async () => {
      const one = await live();
      if (one.status === 200) opened.push(one);
      return one.status;
    };
    // Those that the test before closed may still be ending.
    await expect.poll(async () => (opened.length < 5 ? openOne() : 0), { timeout: 60_000 }).toBe(0);
    const sixth = await live();
    expect(sixth.status).toBe(429);
    expect(Number(sixth.headers.get("retry-after"))).toBeGreaterThan(0);
    for (const one of opened) one.close();
  });

  it("ends when its session is revoked", async () => {
    const cookie = await sessionCookie(app, ADMIN);
    const stream = await openLive(`${app.url}/api/v1/health/stream`, { Cookie: cookie });
    readers.push(stream);
    await stream.until(({ event }) => event === "snapshot");
    const { body } = await admin.get<{ id: string }[]>("/api/v1/me/sessions");
    for (const { id } of body) expect((await admin.send("DELETE", `/api/v1/me/sessions/${id}`)).status).toBe(204);
    await expect(withTimeout(stream.ended, 15_000)).resolves.toBeUndefined();
  });

  it("ends when the app stops, which does not wait for it", async () => {
    const cookie = await sessionCookie(app, ADMIN);
    const stream = await openLive(`${app.url}/api/v1/health/stream`, { Cookie: cookie });
    await stream.until(({ event }) => event === "snapshot");
    const startedAt = performance.now();
    expect(await app.stop()).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    await withTimeout(stream.ended, 1000);
  });
});

function withTimeout<Value>(promise: Promise<Value>, ms: number): Promise<Value> {
  return Promise.race([
    promise,
    new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error(`not within ${ms} ms`)), ms).unref()),
  ]);
}
