import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Demo, startDemo } from "@/demo/start-demo";
import { type Api, apiOf } from "@/tests/support/api";
import { type LiveReader, openLive } from "@/tests/support/live-reader";
import { sessionCookie } from "@/tests/support/sign-in";
import { ADMIN, type App, READER, startApp } from "@/tests/support/start-app";
import { createWebhookReceiver, type WebhookReceiver } from "@/tests/support/webhook-receiver";

interface Alert {
  id: string;
  rule: string;
  state: string;
  provider_id: string | null;
  acknowledged_by: string | null;
  snoozed_until: string | null;
  text: string;
  deliveries?: { channel: string; event: string; state: string; attempts: number; error: string | null }[];
}

interface Channel {
  id: string;
  kind: string;
  source: string;
  url: string | null;
  locked: boolean;
  secret_set: boolean;
}

const SECRET = "a secret of the webhook";
const PATIENCE = { timeout: 90_000, interval: 200 };

/** Probes and checks come seldom enough that every call of a test is its own. */
const ENVIRONMENT = {
  HEALTH_STARTUP_GRACE_SECONDS: "0",
  HEALTH_ALERT_COOLDOWN_MINUTES: "0",
  HEALTH_ALERT_WEBHOOK_SECRET: SECRET,
  PROVIDER_PROBE_INTERVALS_SECONDS: "3600",
  CONNECTIVITY_CANARIES: "off",
  LOG_LEVEL: "info",
};

let demo: Demo;
let receiver: WebhookReceiver;
let app: App;
let admin: Api;
let reader: Api;

beforeAll(async () => {
  demo = await startDemo();
  receiver = await createWebhookReceiver(SECRET);
  app = await startApp({ env: { ...demo.environment, ...ENVIRONMENT, HEALTH_ALERT_WEBHOOK_URL: receiver.url } });
  admin = await apiOf(app, ADMIN.email);
  reader = await apiOf(app, READER.email);
  await setGroupWait(2);
});
afterAll(async () => {
  await app?.dispose();
  await receiver?.close();
  await demo?.stop();
});

async function setGroupWait(seconds: number): Promise<void> {
  const { status } = await admin.send("PATCH", "/api/v1/settings", { health_alert_group_wait_seconds: seconds });
  expect(status).toBe(200);
}

async function list(state: "firing" | "resolved" | "all", by = admin): Promise<Alert[]> {
  return (await by.get<Alert[]>(`/api/v1/health/integration/alerts?state=${state}&limit=200`)).body;
}

type Broken = "kitsu" | "anilist";

/** Tests it until it is so: on a busy machine single calls prove nothing. */
async function testUntil(
  id: Broken,
  isSo: (row: { state: string; consecutive_failures: number }) => boolean,
): Promise<void> {
  for (let call = 0; call < 20; call++) {
    await admin.send("POST", `/api/v1/providers/${id}/test`);
    const { body } = await admin.get<{ state: string; consecutive_failures: number }>(`/api/v1/providers/${id}`);
    if (call >= 2 && isSo(body)) return;
  }
  throw new Error(`${id} did not change`);
}

async function breakDown(id: Broken): Promise<void> {
  await demo.upstreams[id].setFault({ kind: "500" });
  await testUntil(id, ({ state }) => state === "DOWN");
}

async function mend(id: Broken): Promise<void> {
  await demo.upstreams[id].setFault({ kind: "none" });
  await testUntil(id, ({ state }) => state === "ACTIVE" || state === "DEGRADED");
}

const keysOf = (id: string) => receiver.received.filter(({ body }) => body.id === id).map(({ key }) => key);

describe("a receiver that is away, and an app that is killed", () => {
  it("sees the firing and the resolve once, in order, signed", async () => {
    await breakDown("kitsu");
    await expect.poll(() => list("firing"), PATIENCE).toMatchObject([{ rule: "ProviderDown", provider_id: "kitsu" }]);
    const [alert] = await list("firing");
    const id = alert?.id ?? "";
    await expect
      .poll(async () => (await list("firing"))[0]?.deliveries, PATIENCE)
      .toContainEqual(
        expect.objectContaining({ event: "firing", state: "waiting", error: "The connection was refused." }),
      );
    await app.stop("SIGKILL");
    await app.restart();
    expect(await list("firing")).toMatchObject([{ id, state: "firing" }]);

    await receiver.listen();
    receiver.refuse(true);
    await expect.poll(() => receiver.refused(), PATIENCE).toBeGreaterThan(0);
    await mend("kitsu");
    await expect.poll(() => list("resolved"), PATIENCE).toMatchObject([{ id, state: "resolved" }]);
    await app.stop("SIGKILL");
    await app.restart();
    expect(receiver.received).toEqual([]);

    receiver.refuse(false);
    await expect.poll(() => keysOf(id), PATIENCE).toEqual([`${id}:firing`, `${id}:resolved`]);
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(keysOf(id)).toHaveLength(2);
    expect(receiver.received.every(({ signed }) => signed)).toBe(true);
    expect(receiver.received.map(({ body }) => [body.rule, body.event, body.resolved_at !== null])).toEqual([
      ["ProviderDown", "firing", false],
      ["ProviderDown", "resolved", true],
    ]);
    const [listed] = await list("resolved");
    expect(listed?.deliveries?.map(({ state }) => state)).toEqual(["delivered", "delivered", "delivered", "delivered"]);
  }, 180_000);
});

describe("an alert", () => {
  let live: LiveReader;
  let alert: Alert;

  beforeAll(async () => {
    live = await openLive(`${app.url}/api/v1/health/stream`, { Cookie: await sessionCookie(app, READER) });
    await breakDown("anilist");
    const { data } = await live.until(({ event }) => event === "alert", 90_000);
    alert = (await list("firing")).find(({ id }) => id === data["id"]) as Alert;
  });
  afterAll(() => live?.close());

  it("is told in the live stream, the log and the metrics", async () => {
    const { data } = await live.until(({ event }) => event === "alert");
    expect(data).toMatchObject({
      rule: "ProviderDown",
      severity: "critical",
      state: "firing",
      provider_id: "anilist",
      id: alert.id,
    });
    expect(data).not.toHaveProperty("deliveries");
    await expect.poll(() => app.output(), PATIENCE).toMatch(new RegExp(`"event":"alert.fired","alert":"${alert.id}"`));
    const metrics = (await admin.get<string>("/api/metrics")).body;
    expect(metrics).toMatch(/yagura_alerts_firing\{severity="critical"\} 1/);
    expect(metrics).toMatch(/yagura_alerts_total\{rule="ProviderDown"\} 1/);
    expect(metrics).toMatch(/yagura_alert_deliveries_total\{channel="webhook",outcome="delivered"\} [1-9]/);
  });

  it("is taken on and snoozed by admins, of whom users hear no more than that", async () => {
    const { body, status } = await admin.send<Alert>("POST", `/api/v1/alerts/${alert.id}/acknowledge`);
    expect([status, body.acknowledged_by]).toEqual([200, ADMIN.email]);
    const snoozed = await admin.send<Alert>("POST", `/api/v1/alerts/${alert.id}/snooze`, { minutes: 30 });
    expect(Date.parse(snoozed.body.snoozed_until ?? "")).toBeGreaterThan(Date.now() + 29 * 60_000);
    const seen = (await list("firing", reader)).find(({ id }) => id === alert.id);
    expect(seen).toMatchObject({ acknowledged_by: "an admin" });
    expect(seen).not.toHaveProperty("deliveries");
    expect((await admin.send("POST", `/api/v1/alerts/${alert.id}/snooze`, { minutes: 0 })).status).toBe(400);
    expect((await admin.send("POST", "/api/v1/alerts/nothing/acknowledge")).status).toBe(404);
  });

  it("keeps its snooze and its admin over a restart, and ends all the same", async () => {
    live.close();
    await app.stop("SIGKILL");
    await app.restart();
    expect(await list("firing")).toMatchObject([{ id: alert.id, acknowledged_by: ADMIN.email }]);
    await mend("anilist");
    await expect.poll(() => keysOf(alert.id), PATIENCE).toEqual([`${alert.id}:firing`, `${alert.id}:resolved`]);
    expect((await admin.send("POST", `/api/v1/alerts/${alert.id}/acknowledge`)).status).toBe(409);
  });
});

describe("channels", () => {
  it("are added, changed, tested and removed; secrets are never shown", async () => {
    const given = { kind: "webhook", name: "Second", url: receiver.url, secret: SECRET };
    const { status, body } = await admin.send<Channel>("POST", "/api/v1/alerts/channels", given);
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({ kind: "webhook", source: "admin", secret_set: true }),
    ]);
    const listed = await admin.get<Channel[]>("/api/v1/alerts/channels");
    expect(listed.body.map(({ source }) => source)).toEqual(["builtin", "environment", "admin"]);
    expect(JSON.stringify(listed.body)).not.toContain(SECRET);
    const path = `/api/v1/alerts/channels/${body.id}`;
    const tested = await admin.send("POST", `${path}/test`);
    expect(tested.body).toMatchObject({ delivered: true, error: null });
    expect(receiver.received.at(-1)).toMatchObject({ signed: true, body: { event: "test", rule: "Test" } });
    expect((await admin.send<Channel>("PATCH", path, { secret: null })).body.secret_set).toBe(false);
    await admin.send("PATCH", path, { url: "http://127.0.0.1:1/" });
    const failed = await admin.send("POST", `${path}/test`);
    expect([failed.status, failed.body]).toEqual([
      200,
      expect.objectContaining({ delivered: false, error: "The connection was refused." }),
    ]);
    expect((await admin.send("DELETE", path)).status).toBe(204);
    expect((await admin.send("DELETE", path)).status).toBe(404);
  });

  it.each(["log", "environment"])("the one called %s can be tested, not changed", async (id) => {
    expect((await admin.send("POST", `/api/v1/alerts/channels/${id}/test`)).body).toMatchObject({ delivered: true });
    expect((await admin.send("PATCH", `/api/v1/alerts/channels/${id}`, { enabled: false })).status).toBe(409);
    expect((await admin.send("DELETE", `/api/v1/alerts/channels/${id}`)).status).toBe(409);
  });

  it.each([
    [{ kind: "webhook", name: "X", url: "ftp://hook.example" }, "/url"],
    [{ kind: "webhook", name: "X", url: "http://169.254.169.254/" }, "/url"],
    [{ kind: "ntfy", name: "X", url: "https://ntfy.example" }, "/url"],
    [{ kind: "webhook", name: "", url: "https://hook.example" }, "/name"],
    [{ kind: "pigeon", name: "X", url: "https://hook.example" }, "/kind"],
  ])("are refused with the field that is wrong: %j", async (given, pointer) => {
    const { status, body } = await admin.send<{ errors: { pointer: string }[] }>(
      "POST",
      "/api/v1/alerts/channels",
      given,
    );
    expect([status, body.errors.map((error) => error.pointer)]).toEqual([400, [pointer]]);
  });
});

describe("all providers at once", () => {
  it("fire one alert", async () => {
    const before = receiver.received.length;
    // Longer than it takes until all are down.
    await setGroupWait(30);
    for (const upstream of Object.values(demo.upstreams)) await upstream.setFault({ kind: "500" });
    for (let round = 0; round < 4; round++) await admin.send("POST", "/api/v1/providers/test");
    await expect
      .poll(() => receiver.received.slice(before).map(({ body }) => body.rule), PATIENCE)
      .toEqual(["GroupOutage"]);
    await new Promise((resolve) => setTimeout(resolve, 4000));
    expect(receiver.received.slice(before).map(({ body }) => body.rule)).toEqual(["GroupOutage"]);
    expect((await list("firing")).map(({ rule }) => rule)).toEqual(["GroupOutage"]);
  });
});
