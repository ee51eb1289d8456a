import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findWork, shelfOf, UPSTREAM_IDS, type UpstreamId } from "@/demo/catalogue/shelf";
import type { Work } from "@/demo/catalogue/work";
import type { OperationOutput } from "@/lib/providers/run-operation";
import { workRecordSchema } from "@/lib/providers/testing/work-record-schema";
import type { WorkRecord } from "@/lib/providers/work";
import { ADAPTERS, type SimulatedProviders, startSimulatedProviders } from "../support/simulated-providers";

const TEXTS = ["berserk", "monster", "the", "no", "世界", "solo leveling", "love & war"];

vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let simulated: SimulatedProviders;
beforeAll(async () => {
  simulated = await startSimulatedProviders();
});
afterAll(async () => {
  expect(simulated.reports).toEqual([]);
  await simulated.stop();
});

async function search(id: UpstreamId, text: string, { page = null as string | null, adult = false, limit = 20 } = {}) {
  return expectOk(
    await simulated.callProvider({
      provider: simulated.provider(id),
      operation: "search",
      source: "search",
      input: { text, page, limit, adult },
    }),
  );
}

/** Every page to the end. */
async function searchAll(id: UpstreamId, text: string, adult: boolean): Promise<WorkRecord[]> {
  const records: WorkRecord[] = [];
  let page: string | null = null;
  do {
    const answer: OperationOutput["search"] = await search(id, text, { page, adult });
    expect(answer.dropped).toBe(0);
    records.push(...answer.items);
    page = answer.nextPage;
  } while (page !== null);
  return records;
}

async function details(id: UpstreamId, externalId: string) {
  return simulated.callProvider({
    provider: simulated.provider(id),
    operation: "details",
    source: "detail",
    input: { externalId },
  });
}

function expectOk<Value>(result: { ok: true; value: Value } | { ok: false }): Value {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

function truthOf(id: UpstreamId, record: WorkRecord): Work {
  const work = findWork(id, record.externalId);
  if (!work) throw new Error(`${id} has no work ${record.externalId}`);
  return work;
}

/** What the upstream told of it must be true, though it need not tell all. */
function expectTrue(id: UpstreamId, record: WorkRecord): void {
  workRecordSchema.parse(record);
  const work = truthOf(id, record);
  const { md, al, mal, kt, mu, ol, tmdb, imdb } = work.ids;
  const numbers = { al: String(al), mal: String(mal), kt: String(kt), mu: String(mu) };
  const truth = { ...numbers, md, ol: `OL${ol}W`, tmdb: `${work.type}/${tmdb}`, imdb };
  expect(truth).toMatchObject(record.ids);
  if (record.year !== null) expect(record.year).toBe(work.year);
  if (record.status !== "unknown") expect(record.status).toBe(work.status);
  const people = [...work.story, ...work.art].map(toTokens);
  for (const author of record.authors) expect(people).toContain(toTokens(author));
  const known = [work.romaji, work.english, work.native, ...work.synonyms].filter((title) => title !== null);
  for (const { text } of record.titles) expect(known).toContain(text.replace(/ \(Novel\)$/, ""));
}

function toTokens(name: string): string {
  return name.toLowerCase().split(/\s+/).sort().join(" ");
}

describe.each(UPSTREAM_IDS)("%s", (id) => {
  it("passes its check", async () => {
    const provider = simulated.provider(id);
    expectOk(await simulated.callProvider({ provider, operation: "check", source: "check", input: undefined }));
  });

  if ("canary" in ADAPTERS[id]) {
    it("finds its canary", async () => {
      const provider = simulated.provider(id);
      expectOk(await simulated.callProvider({ provider, operation: "canary", source: "canary", input: undefined }));
    });
  }

  it.each(TEXTS)("tells nothing untrue of the works that it finds for “%s”", async (text) => {
    const { items, dropped } = await search(id, text);
    expect(dropped).toBe(0);
    for (const record of items) expectTrue(id, record);
  });

  it("comes to the end of a long answer, with every work once", async () => {
    const records = await searchAll(id, "the", true);
    const ids = records.map(({ externalId }) => externalId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(25);
  });

  it("keeps pornographic works back until they are wanted", async () => {
    const shelf = shelfOf(id);
    for (const work of shelf.works.filter(({ rating }) => rating === "pornographic")) {
      const [kept, all] = [await searchAll(id, work.romaji, false), await searchAll(id, work.romaji, true)];
      const isFound = (records: WorkRecord[]) => records.some(({ externalId }) => externalId === shelf.idOf(work));
      expect(isFound(kept)).toBe(false);
      // Kitsu itself hides them from everyone who is not signed in.
      expect(isFound(all)).toBe(id !== "kitsu");
    }
  });

  it("reads the details of what it found, and nothing untrue", async () => {
    const { items } = await search(id, "berserk");
    expect(items.length).toBeGreaterThan(2);
    for (const { externalId } of items) {
      const record = expectOk(await details(id, externalId));
      expect(record.externalId).toBe(externalId);
      expectTrue(id, record);
    }
  });

  it("tells the whole of a work that its upstream describes without gaps", async () => {
    const found = (await search(id, "berserk")).items.find((record) => truthOf(id, record).everywhere);
    const record = expectOk(await details(id, found?.externalId ?? ""));
    expect(record.year).not.toBeNull();
    expect(record.authors).not.toEqual([]);
    expect(record.description).not.toBeNull();
    expect(record.coverUrl).not.toBeNull();
    expect(record.tags).not.toEqual([]);
    expect(record.type).not.toBe("unknown");
  });

  it("fetches a cover", async () => {
    const { items } = await search(id, "berserk");
    const url = items.find(({ coverUrl }) => coverUrl !== null)?.coverUrl ?? "";
    const provider = simulated.provider(id);
    const cover = expectOk(
      await simulated.callProvider({ provider, operation: "cover", source: "download", input: { url } }),
    );
    expect(cover.contentType).toMatch(/^image\//);
    expect(cover.bytes.length).toBeGreaterThan(100);
  });

  if ("download" in ADAPTERS[id]) {
    it("lists the files of a work, and fetches them whole and in part", async () => {
      const found = (await search(id, "berserk")).items.find((record) => truthOf(id, record).everywhere);
      const provider = simulated.provider(id);
      const work = { externalId: found?.externalId ?? "", title: found?.titles[0]?.text ?? "" };
      const files = expectOk(
        await simulated.callProvider({ provider, operation: "files", source: "detail", input: work }),
      );
      const [file] = files;
      if (!file) throw new Error(`${id} has no files`);
      const fetchFile = async (range: string | null) => {
        const part = range === null ? null : { range, ifRange: null };
        const input = { work, fileId: file.id, part, bytesMax: 10_000_000 };
        const stream = expectOk(
          await simulated.callProvider({ provider, operation: "download", source: "download", input }),
        );
        const bytes = Buffer.from(await new Response(stream.body).arrayBuffer());
        expect(await stream.ended).toBeNull();
        return { stream, bytes };
      };
      const whole = await fetchFile(null);
      expect(whole.stream).toMatchObject({ status: 200, length: file.sizeBytes ?? expect.any(Number) });
      expect(whole.bytes.subarray(0, 2).toString()).toBe("PK");
      const part = await fetchFile("bytes=2-5");
      expect(part.stream).toMatchObject({ status: 206, contentRange: `bytes 2-5/${whole.bytes.length}` });
      expect(part.bytes).toEqual(whole.bytes.subarray(2, 6));
    });
  }

  it("has an empty answer for a text that nothing is called", async () => {
    simulated.calls.length = 0;
    expect(await search(id, "zzqxwvkj")).toMatchObject({ items: [], dropped: 0, nextPage: null });
    expect(simulated.calls.map((call) => call.class)).toEqual(["ok_empty"]);
  });

  it("takes an id that the upstream does not know for the question's fault", async () => {
    const unknown = {
      mangadex: "00000000-0000-4000-8000-000000000000",
      "opds-tower": "urn:uuid:nobody",
      "opds-harbour": "urn:uuid:nobody",
    };
    const result = await details(id, id in unknown ? unknown[id as keyof typeof unknown] : "999999999");
    expect(result).toMatchObject({ ok: false, failure: { class: "client" } });
  });

  it("survives texts with every odd character", async () => {
    for (const text of [
      "a/b?c&d=e#f",
      '"quotes" \\ {braces} [brackets]',
      "%25 + %",
      "🎌",
      "{searchTerms}",
      "x".repeat(500),
    ]) {
      await search(id, text);
    }
  });
});
