import { beforeEach, describe, expect, it, vi } from "vitest";
import type { TitleSource } from "@/lib/db/titles";
import type { CallProvider } from "@/lib/providers/call-provider";
import type { Provider } from "@/lib/providers/provider";
import { anItem } from "@/lib/search/testing/items";
import { createTitleReader } from "./title-reader";

const DAY_MS = 86_400_000;
const NOW = 100 * DAY_MS;
const callProvider = vi.fn();
const rememberDetails = vi.fn();
let source: TitleSource;

beforeEach(() => {
  callProvider.mockReset();
  rememberDetails.mockReset();
  const record = anItem({ provider: "kitsu", id: "1", titles: ["Berserk"], authors: ["Miura Kentarou"] });
  source = {
    providerId: "kitsu",
    externalId: "1",
    titleId: "t",
    record,
    detailedAt: null,
    updatedAt: new Date(NOW - 5 * DAY_MS),
  };
});

function read(provider: Partial<Provider> = {}) {
  // Safe because the reader reads no more of a provider than this.
  const kitsu = {
    id: "kitsu",
    name: "Kitsu",
    priority: 50,
    enabled: true,
    initialized: true,
    adapter: { details: () => {} },
    ...provider,
  } as unknown as Provider;
  return createTitleReader({
    titles: { find: async (id) => (id === "unknown" ? null : { id: "t", sources: [source] }), rememberDetails },
    providers: { list: () => [kitsu], find: (id) => (id === "kitsu" ? kitsu : null) },
    callProvider: callProvider as CallProvider,
    clock: () => NOW,
  });
}
const options = { titleLanguage: "english" } as const;

describe("reading a title", () => {
  it("fetches details that are missing, shows and keeps them", async () => {
    const details = { ...source.record, authors: [], description: "A long story." };
    callProvider.mockResolvedValue({ ok: true, value: details });
    const title = await read().find("t", options);
    expect(title).toMatchObject({
      snapshotAt: NOW,
      card: { description: "A long story.", authors: ["Miura Kentarou"] },
      sources: [{ providerName: "Kitsu", snapshotAt: NOW, title: "Berserk" }],
    });
    expect(rememberDetails).toHaveBeenCalledWith("t", "kitsu", details);
    expect(callProvider).toHaveBeenCalledWith(expect.objectContaining({ source: "detail", deadlineMs: 2000 }));
  });

  it("shows the stored snapshot and its age when the provider does not answer", async () => {
    callProvider.mockResolvedValue({ ok: false, kind: "failed" });
    expect(await read().find("t", options)).toMatchObject({ snapshotAt: NOW - 5 * DAY_MS, card: { title: "Berserk" } });
    expect(rememberDetails).not.toHaveBeenCalled();
  });

  it("asks nobody while the details are younger than a day, or the provider is off or gone", async () => {
    await read({ enabled: false }).find("t", options);
    await read({ initialized: false }).find("t", options);
    source = { ...source, detailedAt: NOW - DAY_MS + 1 };
    await read().find("t", options);
    source = { ...source, detailedAt: null, providerId: "gone" };
    expect(await read().find("t", options)).toMatchObject({ sources: [{ providerName: "gone" }] });
    expect(callProvider).not.toHaveBeenCalled();
  });

  it("finds nothing for an unknown id and says the surviving one after a merge", async () => {
    callProvider.mockResolvedValue({ ok: false });
    expect(await read().find("unknown", options)).toBeNull();
    expect((await read().find("old", options))?.id).toBe("t");
  });
});
