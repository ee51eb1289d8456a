import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { SERVICE_IDS, type ServiceId } from "@/demo/upstreams/service-ids";
import { SERVICE_ACCOUNT, SERVICE_KEYS } from "@/demo/upstreams/services";
import type { Provider, SearchPage } from "@/lib/providers/provider";
import { workRecordSchema } from "@/lib/providers/testing/work-record-schema";
import type { WorkRecord } from "@/lib/providers/work";
import { type SimulatedProviders, startSimulatedProviders } from "../support/simulated-providers";

/** What each has several of. */
const TEXTS: Readonly<Record<ServiceId, string>> = {
  opensubtitles: "matrix",
  openai: "gpt",
  deepseek: "deepseek",
  qwen: "qwen",
  "openai-compatible-attic": "l",
  anthropic: "claude",
  gemini: "gemini",
  cursor: "g",
};

vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let simulated: SimulatedProviders;
beforeAll(async () => {
  simulated = await startSimulatedProviders();
});
afterAll(async () => {
  expect(simulated.reports).toEqual([]);
  await simulated.stop();
});

function search(id: ServiceId, text: string, { page = null as string | null, limit = 20, config = {} } = {}) {
  const provider = simulated.provider(id);
  return simulated.callProvider({
    provider: { ...provider, config: { ...provider.config, ...config } },
    operation: "search",
    source: "search",
    input: { text, page, limit, adult: false },
  });
}

async function searchAll(id: ServiceId, text: string, limit: number): Promise<WorkRecord[]> {
  const records: WorkRecord[] = [];
  let page: string | null = null;
  do {
    const answer: SearchPage = expectOk(await search(id, text, { page, limit }));
    records.push(...answer.items);
    page = answer.nextPage;
  } while (page !== null);
  return records;
}

function expectOk<Value>(result: { ok: true; value: Value } | { ok: false }): Value {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

describe.each(SERVICE_IDS)("%s", (id) => {
  it("passes its check", async () => {
    const provider = simulated.provider(id);
    expectOk(await simulated.callProvider({ provider, operation: "check", source: "check", input: undefined }));
  });

  it("finds what it has, every record whole", async () => {
    const { items } = expectOk(await search(id, TEXTS[id]));
    expect(items.length).toBeGreaterThan(1);
    for (const record of items) {
      workRecordSchema.parse(record);
      expect(record.type).toBe(id === "opensubtitles" ? "subtitle" : "model");
    }
  });

  it("comes to the end of its pages, with every record once, whatever their length", async () => {
    const ids = (await searchAll(id, TEXTS[id], 7)).map(({ externalId }) => externalId);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await searchAll(id, TEXTS[id], 50)).map(({ externalId }) => externalId)).toEqual(ids);
  });

  it("has an empty answer for a text that nothing is called, and survives odd ones", async () => {
    expect(expectOk(await search(id, "zzqxwvkj"))).toMatchObject({ items: [], dropped: 0, nextPage: null });
    for (const text of ["a/b?c&d=e#f", '"quotes" \\ {braces}', "%25 + %", "🎌", "x".repeat(500)]) {
      expectOk(await search(id, text));
    }
  });

  if (id !== "openai-compatible-attic") {
    it("calls a wrong key by its name, and repeats neither that nor the right one", async () => {
      const wrong = "sk-wrong-key-of-nobody-WxYz";
      const result = await search(id, TEXTS[id], { config: { api_key: wrong } });
      expect(result).toMatchObject({ ok: false, failure: { class: "auth" } });
      const told = JSON.stringify([result, simulated.calls]);
      expect(told).not.toContain(wrong);
      expect(told).not.toContain(wrong.slice(-4));
      expect(told).not.toContain(SERVICE_KEYS[id]);
    });
  }
});

describe("opensubtitles", () => {
  const call = (provider: Provider, work: { externalId: string; title: string }, fileId: string) =>
    simulated.callProvider({
      provider,
      operation: "download",
      source: "download",
      input: { work, fileId, part: null, bytesMax: 1_000_000 },
    });

  async function findFile() {
    const [record] = expectOk(await search("opensubtitles", "tt0133093")).items;
    if (!record) throw new Error("There are no subtitles");
    const work = { externalId: record.externalId, title: record.titles[0]?.text ?? "" };
    const provider = simulated.provider("opensubtitles");
    const [file] = expectOk(
      await simulated.callProvider({ provider, operation: "files", source: "detail", input: work }),
    );
    return { provider, work, fileId: file?.id ?? "" };
  }

  it("finds its canary", async () => {
    const provider = simulated.provider("opensubtitles");
    expectOk(await simulated.callProvider({ provider, operation: "canary", source: "canary", input: undefined }));
  });

  it("asks so that no redirect is needed", async () => {
    simulated.demo.upstreams.opensubtitles.resetCalls();
    expectOk(await search("opensubtitles", "The MATRIX", { config: { languages: "fr, EN" } }));
    expect(simulated.demo.upstreams.opensubtitles.calls()).toBe(1);
  });

  it("knows the film that a subtitle is for", async () => {
    const { items } = expectOk(await search("opensubtitles", "tt0133093"));
    for (const record of items) {
      expect(record).toMatchObject({ year: 1999, ids: { imdb: "tt0133093", tmdb: "movie/603" } });
      expect(record.titles[0]?.text).toBe("The Matrix");
    }
    expect(new Set(items.flatMap(({ languages }) => languages)).size).toBeGreaterThan(3);
  });

  it("hands out a file, with and without an account, until the day's allowance is used up", async () => {
    const { provider, work, fileId } = await findFile();
    const stranger = { ...provider, config: { ...provider.config, username: "", password: "" } };
    const file = expectOk(await call(stranger, work, fileId));
    expect(file.fileName).toMatch(/^The\.Matrix\..*\.srt$/);
    expect(await new Response(file.body).text()).toMatch(/^1\r\n00:00:01,000 --> .*\r\nThe Matrix\r\n/);
    for (let count = 2; count <= 5; count++) await expectOk(await call(stranger, work, fileId)).body.cancel();

    const spent = await call(stranger, work, fileId);
    expect(spent).toMatchObject({ ok: false, failure: { class: "quota", httpStatus: 406 } });
    const midnight = (Math.floor(Date.now() / 86_400_000) + 1) * 86_400_000;
    expect(spent).toMatchObject({ failure: { retryAt: midnight } });
    await expectOk(await call(provider, work, fileId)).body.cancel();
    expect(JSON.stringify(simulated.calls)).not.toContain(SERVICE_ACCOUNT.password);
  });

  it("says that the account is refused", async () => {
    const { provider, work, fileId } = await findFile();
    const other = { ...provider, config: { ...provider.config, password: "somebody-else's" } };
    expect(await call(other, work, fileId)).toMatchObject({ ok: false, failure: { class: "auth" } });
  });
});
