import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDemo } from "@/demo/start-demo";
import { type Api, apiOf } from "@/tests/support/api";
import { type App, READER, startApp } from "@/tests/support/start-app";

interface Answer {
  complete: boolean;
  items: unknown[];
  providers: { id: string; state: string; error: { class: string; message: string } | null; reason: string | null }[];
}

const HARD_DEADLINE_MS = 2000;

let demo: Awaited<ReturnType<typeof startDemo>>;
let app: App;
let reader: Api;

beforeAll(async () => {
  demo = await startDemo({ host: "127.0.0.1", ports: "random" });
  for (const upstream of Object.values(demo.upstreams)) await upstream.setFault({ kind: "refuse" });
  app = await startApp({
    env: { ...demo.environment, SEARCH_DEADLINE_MS: String(HARD_DEADLINE_MS), SEARCH_SOFT_DEADLINE_MS: "1000" },
  });
  reader = await apiOf(app, READER.email);
});
afterAll(async () => {
  await app?.dispose();
  await demo?.stop();
});

describe("with every upstream refusing", () => {
  it("starts, and stays ready", async () => {
    expect((await reader.get("/api/readyz")).status).toBe(200);
  });

  it("names each provider that failed, and why", async () => {
    const { body } = await reader.get<Answer>("/api/v1/search?q=berserk");
    expect(body.items).toEqual([]);
    expect(body.providers.length).toBeGreaterThanOrEqual(5);
    for (const provider of body.providers) {
      expect(["error", "timeout", "skipped"]).toContain(provider.state);
      expect(provider.error?.message ?? provider.reason).toEqual(expect.stringMatching(/\w{3,}/));
    }
  });

  it("keeps the page and the API within the hard deadline when nobody answers at all", async () => {
    for (const upstream of Object.values(demo.upstreams)) await upstream.setFault({ kind: "hang-headers" });
    const startedAt = performance.now();
    const { status, body } = await reader.get<Answer>("/api/v1/search?q=vagabond");
    expect(performance.now() - startedAt).toBeLessThan(HARD_DEADLINE_MS + 1500);
    expect([200, 503]).toContain(status);
    expect(body.items ?? []).toEqual([]);
  });
});
