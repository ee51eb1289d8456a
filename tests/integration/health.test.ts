import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UpstreamId } from "@/demo/catalogue/shelf";
import type { Fault, FaultKind } from "@/demo/faults";
import { type Demo, startDemo } from "@/demo/start-demo";
import { type Api, apiOf } from "@/tests/support/api";
import { ADMIN, type App, startApp } from "@/tests/support/start-app";

interface Circuit {
  state: string;
  until: string | null;
  trial_successes: number;
}

interface Status {
  id: string;
  state: string;
  status: string;
  consecutive_failures: number;
  error_message: string | null;
  circuit: Circuit;
  hold: { kind: string; until: string | null } | null;
  auto_disabled: boolean;
  disabled_until: string | null;
  why: string | null;
  stats: { total_searches: number; failed_searches: number };
}

interface TestAnswer {
  healthy: boolean;
  error: { class: string; message: string } | null;
}

interface SearchAnswer {
  providers: { id: string; state: string; reason: string | null; retry_at: string | null }[];
}

const MINUTE_MS = 60_000;
const REST_SECONDS = 3;

/** Probes come seldom enough that every call of a test is its own. */
const QUIET = {
  HEALTH_STARTUP_GRACE_SECONDS: "0",
  PROVIDER_PROBE_INTERVALS_SECONDS: "3600",
  CIRCUIT_BREAKER_RECOVERY_TIMEOUT_SECONDS: String(REST_SECONDS),
  CONNECTIVITY_CANARIES: "off",
  LOG_LEVEL: "warn",
};
const UNLIMITED = Object.fromEntries(
  ["MANGADEX", "ANILIST", "KITSU", "MANGAUPDATES", "OPDS_TOWER"].map((id) => [`PROVIDER_${id}_RATE_PER_SECOND`, "100"]),
);

let demo: Demo;

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo?.stop());

function clientOf(admin: () => Api) {
  const status = async (id: string): Promise<Status> => {
    const { body } = await admin().get<Status[]>("/api/v1/providers/status");
    const found = body.find((row) => row.id === id);
    if (!found) throw new Error(`no provider ${id}`);
    return found;
  };
  return {
    status,
    async search(id: string) {
      const { body } = await admin().get<SearchAnswer>(`/api/v1/search?q=berserk&providers=${id}&fresh=1`);
      return body.providers.find((provider) => provider.id === id);
    },
    async test(id: string): Promise<TestAnswer> {
      return (await admin().send<TestAnswer>("POST", `/api/v1/providers/${id}/test`)).body;
    },
    async until(id: string, isSo: (row: Status) => boolean, ms = 15_000): Promise<Status> {
      const end = Date.now() + ms;
      for (;;) {
        const row = await status(id);
        if (isSo(row)) return row;
        if (Date.now() > end) throw new Error(`${id} stayed ${JSON.stringify(row)}`);
        await wait(100);
      }
    },
  };
}

function fault(id: UpstreamId, kind: FaultKind, more: Partial<Fault> = {}): Promise<void> {
  return demo.upstreams[id].setFault({ kind, ...more });
}

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let index = 0; index < count; index++) await work();
}

describe("with probes out of the way", () => {
  let app: App;
  let admin: Api;
  const { status, search, test, until } = clientOf(() => admin);

  beforeAll(async () => {
    app = await startApp({ env: { ...demo.environment, ...UNLIMITED, ...QUIET }, withUsers: true });
    admin = await apiOf(app, ADMIN.email);
    for (const id of ["mangadex", "anilist", "kitsu", "mangaupdates", "opds-tower"]) {
      await until(id, ({ state }) => state === "ACTIVE");
    }
  });
  afterAll(() => app?.dispose());

  it("three failures are DOWN, five open the circuit, nothing is called meanwhile, three successes close it", async () => {
    await fault("kitsu", "500");
    await times(2, () => search("kitsu"));
    expect(await status("kitsu")).toMatchObject({ state: "ACTIVE", consecutive_failures: 2 });
    await search("kitsu");
    expect(await status("kitsu")).toMatchObject({ state: "DOWN", status: "DOWN", circuit: { state: "CLOSED" } });
    await times(2, () => search("kitsu"));
    expect(await status("kitsu")).toMatchObject({ circuit: { state: "OPEN" }, stats: { failed_searches: 5 } });
    demo.upstreams.kitsu.resetCalls();
    const skipped = await search("kitsu");
    expect(skipped).toMatchObject({ state: "skipped", reason: expect.stringMatching(/\w{3,}/) });
    expect(Date.parse(skipped?.retry_at ?? "")).toBeGreaterThan(Date.now() - 1000);
    await times(4, () => search("kitsu"));
    expect(demo.upstreams.kitsu.calls()).toBe(0);
    expect(await status("kitsu")).toMatchObject({ consecutive_failures: 5, stats: { failed_searches: 5 } });

    await until("kitsu", ({ circuit }) => circuit.state === "HALF_OPEN");
    await search("kitsu");
    expect(await status("kitsu")).toMatchObject({ circuit: { state: "OPEN" }, consecutive_failures: 6 });
    await fault("kitsu", "none");
    await until("kitsu", ({ circuit }) => circuit.state === "HALF_OPEN");
    await times(3, () => search("kitsu"));
    const closed = await status("kitsu");
    expect(closed.circuit.state).toBe("CLOSED");
    expect(closed.consecutive_failures).toBe(0);
    const { body } = await admin.get<{ to: string; rule: string }[]>("/api/v1/providers/kitsu/events?limit=50");
    expect(body.map(({ to }) => to)).toEqual(expect.arrayContaining(["DOWN", "OPEN", "HALF_OPEN", "CLOSED"]));
  });

  it("a ping does not close what failing searches opened", async () => {
    await fault("mangaupdates", "200-error-body");
    await times(5, () => search("mangaupdates"));
    expect((await status("mangaupdates")).circuit.state).toBe("OPEN");
    await fault("mangaupdates", "none");
    await until("mangaupdates", ({ circuit }) => circuit.state === "HALF_OPEN");
    await times(3, () => test("mangaupdates"));
    // A person's test asks for more than a ping then, so that it does close it.
    expect((await status("mangaupdates")).circuit.state).toBe("CLOSED");
  });

  it("ten failures disable for thirty minutes; good calls bring back early, an admin at once", async () => {
    await fault("mangadex", "500");
    await times(10, () => test("mangadex"));
    const disabled = await status("mangadex");
    expect(disabled).toMatchObject({ state: "AUTO_DISABLED", status: "DOWN", auto_disabled: true });
    const aheadMs = Date.parse(disabled.disabled_until ?? "") - Date.now();
    expect(Math.abs(aheadMs - 30 * MINUTE_MS)).toBeLessThan(10_000);
    expect(disabled.why).toMatch(/resting until/);
    expect(app.output()).toContain("provider.auto_disabled");
    demo.upstreams.mangadex.resetCalls();
    expect(await search("mangadex")).toMatchObject({ state: "skipped", retry_at: disabled.disabled_until });
    expect(demo.upstreams.mangadex.calls()).toBe(0);

    await fault("mangadex", "none");
    await times(3, () => test("mangadex"));
    expect(await status("mangadex")).toMatchObject({ auto_disabled: false, circuit: { state: "CLOSED" } });

    await fault("mangadex", "500");
    await times(10, () => test("mangadex"));
    const again = await status("mangadex");
    expect(again.auto_disabled).toBe(true);
    expect(Date.parse(again.disabled_until ?? "") - Date.now()).toBeGreaterThan(55 * MINUTE_MS);
    await fault("mangadex", "none");
    const { status: code, body } = await admin.send<Status>("POST", "/api/v1/providers/mangadex/enable");
    expect(code).toBe(200);
    expect(body).toMatchObject({ auto_disabled: false, disabled_until: null, circuit: { state: "HALF_OPEN" } });
    await until("mangadex", ({ circuit }) => circuit.trial_successes > 0 || circuit.state === "CLOSED", 4000);
  });

  it.each<[FaultKind, UpstreamId]>([
    ["429", "anilist"],
    ["429-retry-after-seconds", "anilist"],
    ["429-retry-after-date", "anilist"],
    ["429-x-ratelimit-retry-after", "anilist"],
    ["429-x-ratelimit-reset", "anilist"],
    ["429-ratelimit-reset", "anilist"],
    ["503", "anilist"],
  ])("%s holds to the very instant, with the circuit closed", async (kind, id) => {
    await until(id, ({ hold }) => hold === null);
    await fault(id, kind, { afterSeconds: 2 });
    const askedAt = Date.now();
    await search(id);
    const held = await status(id);
    expect(held).toMatchObject({ state: "RATE_LIMITED", status: "ACTIVE", consecutive_failures: 0 });
    expect(held.circuit.state).toBe("CLOSED");
    expect(Math.abs(Date.parse(held.hold?.until ?? "") - (askedAt + 2000))).toBeLessThanOrEqual(1000);
    demo.upstreams[id].resetCalls();
    expect(await search(id)).toMatchObject({ state: "rate_limited", retry_at: held.hold?.until });
    expect(demo.upstreams[id].calls()).toBe(0);
    await fault(id, "none");
  });

  it("429 without a hint holds for a minute", async () => {
    await until("opds-tower", ({ hold }) => hold === null);
    await fault("opds-tower", "429-no-hint");
    await search("opds-tower");
    const { hold } = await status("opds-tower");
    expect(Math.abs(Date.parse(hold?.until ?? "") - Date.now() - MINUTE_MS)).toBeLessThan(3000);
    await fault("opds-tower", "none");
  });

  it("a wrong password stops all calls until the right one is saved", async () => {
    const upstream = demo.upstreams["opds-tower"];
    const config = { base_url: upstream.baseUrl, username: "keeper", password: "wrong" };
    const added = await admin.send<{ id: string }>("POST", "/api/v1/providers", {
      adapter: "opds",
      name: "attic",
      config,
    });
    expect(added.status).toBe(201);
    await test("opds-attic");
    const row = await until("opds-attic", ({ state }) => state === "MISCONFIGURED");
    expect(row).toMatchObject({ status: "DOWN", hold: { kind: "auth", until: null } });
    upstream.resetCalls();
    expect(await search("opds-attic")).toMatchObject({ state: "skipped" });
    await wait(1500);
    expect(upstream.calls()).toBe(0);
    const saved = await admin.send("PATCH", "/api/v1/providers/opds-attic", { config: { password: "lantern" } });
    expect(saved.status).toBe(200);
    await until("opds-attic", ({ state }) => state === "ACTIVE", 5000);
  });

  it.each<[FaultKind, string[]]>([
    ["wrong-type", ["contract", "auth", "config"]],
    ["redirect", ["config"]],
    ["403-challenge", ["challenge"]],
    ["truncated-json", ["contract", "network"]],
    ["refuse", ["network"]],
  ])("%s is told as what it is, and harms nobody", async (kind, classes) => {
    await fault("anilist", kind);
    const { healthy, error } = await test("anilist");
    expect(healthy).toBe(false);
    expect(classes).toContain(error?.class);
    expect(error?.message).toMatch(/^[A-Z].*\.$/);
    await fault("anilist", "none");
    await test("anilist");
    await test("anilist");
    expect((await admin.get("/api/readyz")).status).toBe(200);
    expect((await status("anilist")).state).not.toBe("DOWN");
  });

  it("a restart, also by kill -9, leaves every state as it was", async () => {
    await admin.send("PATCH", "/api/v1/providers/kitsu", { circuit_recovery_timeout_ms: 1_800_000 });
    await fault("kitsu", "500");
    await times(5, () => search("kitsu"));
    await fault("mangadex", "500");
    await times(10, () => test("mangadex"));
    await fault("anilist", "429-retry-after-seconds", { afterSeconds: 600 });
    await search("anilist");
    await admin.send("PATCH", "/api/v1/providers/opds-attic", { config: { password: "wrong" } });
    await times(2, () => test("opds-attic"));
    await admin.send("POST", "/api/v1/providers/mangaupdates/disable");

    const essence = async () => {
      const { body } = await admin.get<Status[]>("/api/v1/providers/status");
      return body
        .filter(({ id }) => ["kitsu", "mangadex", "anilist", "opds-attic", "mangaupdates"].includes(id))
        .map(({ id, state, circuit, hold, disabled_until, stats }) => ({
          id,
          state,
          circuit: circuit.state,
          until: circuit.until,
          hold,
          disabled_until,
          searches: stats.total_searches,
        }));
    };
    /** All at one instant: a check of one may begin while another's ends. */
    const settled = async () => {
      let states = await essence();
      while (states.some(({ state }) => state === "TESTING")) {
        await wait(50);
        states = await essence();
      }
      return states;
    };
    const before = await settled();
    expect(Object.fromEntries(before.map(({ id, state }) => [id, state]))).toEqual({
      kitsu: "DOWN",
      mangadex: "AUTO_DISABLED",
      anilist: "RATE_LIMITED",
      "opds-attic": "MISCONFIGURED",
      mangaupdates: "DISABLED",
    });
    await app.restart();
    expect(await settled()).toEqual(before);
    // What was known ten seconds ago survives anything.
    await wait(10_000);
    await app.stop("SIGKILL");
    await app.restart();
    expect(await settled()).toEqual(before);
  });
});

describe("with quick probes", () => {
  let app: App;
  let admin: Api;
  const { until } = clientOf(() => admin);

  beforeAll(async () => {
    for (const upstream of Object.values(demo.upstreams)) await upstream.setFault({ kind: "none" });
    const env = { ...demo.environment, ...UNLIMITED, ...QUIET, PROVIDER_PROBE_INTERVALS_SECONDS: "1" };
    app = await startApp({ env });
    admin = await apiOf(app, ADMIN.email);
  });
  afterAll(() => app?.dispose());

  it("a dead provider is disabled and comes back by itself, without a single search", async () => {
    await until("kitsu", ({ state }) => state === "ACTIVE");
    await fault("kitsu", "refuse");
    await admin.send("POST", "/api/v1/providers/kitsu/test");
    const dead = await until("kitsu", ({ auto_disabled }) => auto_disabled, 30_000);
    expect(dead.consecutive_failures).toBeGreaterThanOrEqual(10);
    await fault("kitsu", "none");
    const back = await until("kitsu", ({ auto_disabled }) => !auto_disabled, 25_000);
    expect(back.circuit.state).toBe("CLOSED");
  });
});

describe("when no name can be resolved", () => {
  const ids = ["MANGADEX", "ANILIST", "KITSU", "MANGAUPDATES", "OPDS_TOWER"];
  let app: App;
  let admin: Api;
  const { search, status } = clientOf(() => admin);

  beforeAll(async () => {
    const nowhere = Object.fromEntries(
      ids.map((id) => [`PROVIDER_${id}_BASE_URL`, `http://${id.toLowerCase().replace("_", "-")}.invalid`]),
    );
    app = await startApp({
      env: { ...UNLIMITED, ...QUIET, ...nowhere, LOG_LEVEL: "info", PROVIDER_PROBE_INTERVALS_SECONDS: "1" },
    });
    admin = await apiOf(app, ADMIN.email);
  });
  afterAll(() => app?.dispose());

  it("it is our own connection: nobody is blamed or disabled, and it is told once", async () => {
    await wait(3000);
    for (let round = 0; round < 4; round++) {
      await Promise.all(["mangadex", "anilist", "kitsu", "mangaupdates", "opds-tower"].map(search));
    }
    await wait(3500);
    for (const id of ["mangadex", "anilist", "kitsu", "mangaupdates", "opds-tower"]) {
      expect(await status(id)).toMatchObject({
        state: "UNKNOWN",
        consecutive_failures: 0,
        auto_disabled: false,
        circuit: { state: "CLOSED" },
      });
      const { body } = await admin.get<{ class: string }[]>(`/api/v1/providers/${id}/history?step=raw`);
      expect(body.length).toBeGreaterThan(0);
      expect(new Set(body.map((sample) => sample.class))).toEqual(new Set(["self_offline"]));
    }
    const told = app
      .output()
      .split("\n")
      .filter((line) => line.includes('"self.offline"'));
    expect(told).toHaveLength(1);
  });
});
