import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ProviderError } from "@/lib/providers/outcome";
import type { AdapterConfig, AdapterContext, ProviderAdapter, SearchInput } from "@/lib/providers/provider";
import { createFakeHttp, type FakeAnswer, type SentRequest } from "./fake-http";
import { mangled } from "./mangle";
import { workRecordSchema } from "./work-record-schema";

export interface ContractFixtures {
  config: AdapterConfig;
  /** What the upstream answers to everything that the adapter may ask, odd items included. */
  answers: readonly FakeAnswer[];
  search: {
    text: string;
    /** In the order of the answer. */
    externalIds: readonly string[];
    dropped: number;
    nextPage: string | null;
    /** Every request of the search, headers apart. */
    requests: readonly Omit<SentRequest, "headers">[];
  };
  /** Of adapters that have details. */
  details?: { externalId: string };
  /** A search's answer with one item that has nothing but what it cannot do without. */
  minimal: readonly FakeAnswer[];
  /** What it answers when there are no hits. */
  empty: readonly FakeAnswer[];
}

const RUNS = 300;
const searchPageSchema = z.strictObject({
  items: z.array(workRecordSchema),
  dropped: z.int().nonnegative(),
  nextPage: z.string().min(1).nullable(),
  total: z.int().nonnegative().nullable(),
});
const filesSchema = z.array(
  z.strictObject({
    id: z.string().min(1),
    name: z.string(),
    mediaType: z.string().min(1).nullable(),
    sizeBytes: z.int().nonnegative().nullable(),
    language: z.string().nullable(),
  }),
);

/** What every adapter keeps to, as far as its capabilities go. Each adapter's test calls it with its fixtures and adds what is its own. */
export function describeAdapterContract(adapter: ProviderAdapter, fixtures: ContractFixtures): void {
  const { config, answers, search, details, empty } = fixtures;
  const input: SearchInput = { text: search.text, page: null, limit: 20, adult: false };

  describe(`${adapter.id} keeps the adapter contract`, () => {
    it("declares itself well", () => {
      expect(adapter.id).toMatch(/^[a-z][a-z-]*$/);
      expect(adapter.name).not.toBe("");
      expect(adapter.rate.calls).toBeGreaterThan(0);
      expect(adapter.rate.intervalMs).toBeGreaterThan(0);
      if (adapter.defaultBaseUrl) expect(adapter.defaultBaseUrl).toMatch(/^https:\/\/.*[^/]$/);
      for (const field of adapter.configFields) {
        expect(field.key).toMatch(/^[a-z][a-z_]*$/);
        expect(field.label).not.toBe("");
        expect(field.secret).toBe(field.type === "secret");
      }
    });

    it("asks for a search as the upstream wants it", async () => {
      const { context, sent } = arrange(config, answers);
      await adapter.search?.(context, input);
      expect(sent.map(({ method, url, json }) => ({ method, url, json }))).toEqual(search.requests);
    });

    it("reads the readable items of a page and counts the others", async () => {
      const page = searchPageSchema.parse(await adapter.search?.(arrange(config, answers).context, input));
      expect(page.items.map(({ externalId }) => externalId)).toEqual(search.externalIds);
      expect(page.dropped).toBe(search.dropped);
      expect(page.nextPage).toBe(search.nextPage);
    });

    it("takes an item for a work that has little more than an id and a title", async () => {
      const page = searchPageSchema.parse(await adapter.search?.(arrange(config, fixtures.minimal).context, input));
      expect(page.dropped).toBe(0);
      expect(page.items).toHaveLength(1);
    });

    it("sends no header that only a transport may set", async () => {
      const { context, sent } = arrange(config, answers);
      await adapter.search?.(context, input);
      const names = sent.flatMap(({ headers }) => Object.keys(headers).map((name) => name.toLowerCase()));
      expect(names.filter((name) => ["host", "user-agent", "via", "content-length"].includes(name))).toEqual([]);
    });

    it("gives addresses over TLS, unless the provider itself has none", async () => {
      const page = await adapter.search?.(arrange(config, answers).context, input);
      const urls = (page?.items ?? []).flatMap(({ url, coverUrl }) => [url, coverUrl]).filter((url) => url !== null);
      if (config.baseUrl.startsWith("https:")) expect(urls.filter((url) => !url.startsWith("https://"))).toEqual([]);
    });

    it("takes an answer without hits for an empty page", async () => {
      const page = searchPageSchema.parse(await adapter.search?.(arrange(config, empty).context, input));
      expect(page).toMatchObject({ items: [], dropped: 0, nextPage: null });
    });

    it("has a fixture for its details, and none without", () => {
      expect(details !== undefined).toBe(adapter.details !== undefined);
    });

    if (details) {
      it("reads one work by its external id", async () => {
        const record = await adapter.details?.(arrange(config, answers).context, details.externalId);
        expect(workRecordSchema.parse(record).externalId).toBe(details.externalId);
      });
    }

    it("passes its check", async () => {
      await expect(adapter.check(arrange(config, answers).context)).resolves.toBeUndefined();
    });

    if (adapter.canary) {
      it("finds its canary, and says so when it does not", async () => {
        await expect(adapter.canary?.(arrange(config, answers).context)).resolves.toBeUndefined();
        const failed = await failureOf(adapter.canary?.(arrange(config, empty).context));
        expect(failed).toMatchObject({ class: "contract" });
      });
    }

    if (adapter.cover) {
      it("fetches a cover by its address", async () => {
        const url = `${new URL(config.baseUrl).origin}/covers/1.jpg`;
        const { context, sent } = arrange(config, [{ to: /covers/, contentType: "image/jpeg", body: "picture" }]);
        expect(await adapter.cover?.(context, url)).toMatchObject({ contentType: "image/jpeg" });
        expect(sent.map((request) => request.url)).toEqual([url]);
      });
    }

    it("has files and downloads together, or neither", () => {
      expect(adapter.files === undefined).toBe(adapter.download === undefined);
    });

    it("ends at once when it is cancelled", async () => {
      const calls = [
        (context: AdapterContext) => adapter.check(context),
        (context: AdapterContext) => adapter.search?.(context, input),
        ...(details ? [(context: AdapterContext) => adapter.details?.(context, details.externalId)] : []),
      ];
      for (const call of calls) {
        const { context, sent } = arrange(config, answers, AbortSignal.abort());
        expect(await failureOf(call(context))).toMatchObject({ class: "cancelled" });
        expect(sent).toHaveLength(1);
      }
    });

    it("fails with a provider's error, or gives valid records, whatever the upstream sends", async () => {
      const odd = fc.tuple(...answers.map((answer) => mangled(answer.body).map((body) => ({ ...answer, body }))));
      const property = fc.asyncProperty(odd, async (answersNow) => {
        const page = await orFailure(adapter.search?.(arrange(config, answersNow).context, input));
        if (page) searchPageSchema.parse(page);
        if (!details) return;
        const record = await orFailure(adapter.details?.(arrange(config, answersNow).context, details.externalId));
        if (record) workRecordSchema.parse(record);
        const work = { externalId: details.externalId, title: search.text };
        const files = await orFailure(adapter.files?.(arrange(config, answersNow).context, work));
        if (files) filesSchema.parse(files);
      });
      await fc.assert(property, { numRuns: RUNS });
    }, 60_000);
  });
}

function arrange(config: AdapterConfig, answers: readonly FakeAnswer[], signal = new AbortController().signal) {
  const { http, sent } = createFakeHttp(config.baseUrl, answers, signal);
  return { context: { http, signal, config }, sent };
}

/** Null for a provider's failure; anything else that is thrown goes through. */
async function orFailure<Value>(answer: Promise<Value> | undefined): Promise<Value | null> {
  try {
    return (await answer) ?? null;
  } catch (error) {
    if (error instanceof ProviderError) return null;
    throw error;
  }
}

async function failureOf(answer: Promise<unknown> | undefined) {
  try {
    await answer;
  } catch (error) {
    if (error instanceof ProviderError) return error.failure;
    throw error;
  }
  return null;
}
