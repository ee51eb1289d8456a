import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSecretBox } from "@/lib/secret-box";
import { openTestDatabase, type TestDatabase } from "@/tests/support/test-database";
import { createProviderStore } from "./providers";
import { listRecentChecks } from "./recent-checks";
import { insertSamples, type StoredSample } from "./samples";

let db: TestDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.dispose());

const sample = (given: Partial<StoredSample>): StoredSample => ({
  providerId: "kitsu",
  at: 0,
  nth: 0,
  source: "check",
  operation: "check",
  class: "ok",
  durationMs: 100,
  httpStatus: 200,
  results: null,
  error: null,
  ...given,
});

describe("listRecentChecks", () => {
  it("gives the newest checks of each provider, oldest first, and no searches", async () => {
    const store = createProviderStore(db.client, createSecretBox("an instance key of at least thirty-two characters"));
    await store.ensure(
      ["kitsu", "mangadex", "silent"].map((id) => ({ id, adapter: id, name: id, source: "builtin", settings: {} })),
    );
    await insertSamples(db.client, [
      sample({ at: 1 }),
      sample({ at: 2, source: "probe", class: "timeout", error: "too slow", httpStatus: null }),
      sample({ at: 3, source: "search", operation: "search", results: 5 }),
      sample({ at: 4, source: "manual" }),
      sample({ at: 5, providerId: "mangadex", source: "canary", operation: "canary" }),
    ]);
    const checks = await listRecentChecks(db.client, { limit: 2 });
    expect(Object.fromEntries(checks)).toEqual({
      kitsu: [
        sample({ at: 2, source: "probe", class: "timeout", error: "too slow", httpStatus: null }),
        sample({ at: 4, source: "manual" }),
      ],
      mangadex: [sample({ at: 5, providerId: "mangadex", source: "canary", operation: "canary" })],
    });
  });

  it("gives nothing where there are no providers", async () => {
    expect((await listRecentChecks(db.client, { limit: 20 })).size).toBe(0);
  });
});
