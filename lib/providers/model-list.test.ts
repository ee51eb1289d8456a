import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ListedModel, searchModels, toModelRecord } from "./model-list";
import type { SearchInput } from "./provider";
import type { WorkRecord } from "./work";

const MODELS: readonly ListedModel[] = [
  { id: "gpt-4o-mini", maker: "system", created: "2024-07-16" },
  { id: "gpt-4o", maker: "system", created: "2024-05-10" },
  { id: "chatgpt-4o-latest", maker: "system", created: "2024-08-13" },
  { id: "gpt-4.1", maker: "system", created: "2025-04-10" },
  { id: "claude-sonnet-4-5-20250929", name: "Claude Sonnet 4.5", maker: "Anthropic", created: "2025-09-29" },
  { id: "text-embedding-3-large", maker: "system", created: "2024-01-22", tags: ["embedContent"] },
];

const recordsOf = (models: readonly ListedModel[]) => models.map(toModelRecord).filter((record) => record !== null);
const search = (text: string, more: Partial<SearchInput> = {}, items: readonly WorkRecord[] = recordsOf(MODELS)) =>
  searchModels({ items, dropped: 0 }, { text, page: null, limit: 20, adult: false, ...more });
const idsOf = (text: string) => search(text).items.map(({ externalId }) => externalId);

describe("searchModels", () => {
  it.each([
    ["gpt-4o", ["gpt-4o", "gpt-4o-mini", "chatgpt-4o-latest"]],
    ["GPT 4o", ["gpt-4o", "gpt-4o-mini", "chatgpt-4o-latest"]],
    ["gpt4o mini", ["gpt-4o-mini"]],
    ["sonnet 4.5", ["claude-sonnet-4-5-20250929"]],
    ["anthropic", ["claude-sonnet-4-5-20250929"]],
    ["embed", ["text-embedding-3-large"]],
    ["anthropic gpt", []],
    ["nothing of the kind", []],
    ["…", []],
  ])("finds for %j: %j", (text, expected) => {
    expect(idsOf(text)).toEqual(expected);
  });

  it("gives the same whatever the order of the list, and pages that make up the whole", () => {
    const property = fc.property(
      fc.shuffledSubarray(recordsOf(MODELS), { minLength: MODELS.length }),
      fc.constantFrom("gpt", "4", "o", "system"),
      fc.integer({ min: 1, max: 4 }),
      (items, text, limit) => {
        const whole = search(text).items;
        const paged: WorkRecord[] = [];
        let page: string | null = null;
        do {
          const answer = search(text, { limit, page }, items);
          expect(answer.total).toBe(whole.length);
          paged.push(...answer.items);
          page = answer.nextPage;
        } while (page !== null);
        expect(paged).toEqual(whole);
      },
    );
    fc.assert(property);
  });

  it("counts what was unreadable only where there are hits, or nothing readable at all", () => {
    const input = { text: "gpt", page: null, limit: 20, adult: false };
    expect(searchModels({ items: recordsOf(MODELS), dropped: 2 }, input).dropped).toBe(2);
    expect(searchModels({ items: recordsOf(MODELS), dropped: 2 }, { ...input, text: "zebra" }).dropped).toBe(0);
    expect(searchModels({ items: [], dropped: 2 }, input).dropped).toBe(2);
  });
});

describe("toModelRecord", () => {
  it("puts the name before the id", () => {
    expect(
      toModelRecord({ id: "models/x-1", name: " X  One ", maker: "X", created: 2025, tags: ["a", "a", 3] }),
    ).toMatchObject({
      externalId: "models/x-1",
      titles: [
        { text: "X One", kind: "main" },
        { text: "models/x-1", kind: "synonym" },
      ],
      type: "model",
      year: 2025,
      authors: ["X"],
      tags: ["a"],
    });
  });

  it("gives nothing for a model without a readable name", () => {
    expect(toModelRecord({ id: " " })).toBeNull();
  });
});
