import { describe, expect, it, vi } from "vitest";
import type { SearchEvent, SearchProvider } from "@/lib/search/events";
import { NO_FILTERS } from "@/lib/search/filters";
import type { SearchRequest } from "@/lib/search/search-request";
import { readFirstEvents } from "./read-first-events";

const KITSU: SearchProvider = {
  id: "kitsu",
  name: "Kitsu",
  state: "waiting",
  ms: null,
  count: null,
  hasMore: false,
  cached: false,
  ageMs: null,
  error: null,
  reason: null,
  retryAt: null,
  weight: 1,
};
const START: SearchEvent = { type: "start", searchId: "1", query: "berserk", page: 1, providers: [KITSU] };
const DEADLINE: SearchEvent = { type: "deadline", answered: 0, total: 1 };
const LATE: SearchEvent = { type: "late", provider: { ...KITSU, state: "ok", ms: 3000, count: 0 }, items: [] };
const END: SearchEvent = { type: "end", complete: true, tookMs: 3000 };

const REQUEST: SearchRequest = {
  query: "berserk",
  viewer: { id: "u", showAdult: false, titleLanguage: "english", hiddenProviders: [], defaultProviders: [] },
  providers: null,
  filters: NO_FILTERS,
  page: 1,
  waitMs: null,
  fresh: false,
  retry: false,
  remember: false,
  requestId: null,
};

function aSearch(events: readonly SearchEvent[], read: SearchEvent[] = []) {
  return {
    cachedEvents: vi.fn(() => [START]),
    collect: vi.fn(),
    async *stream() {
      for (const event of events) {
        yield event;
        read.push(event);
      }
    },
  };
}

describe("readFirstEvents", () => {
  it("asks nobody where the browser will ask by itself", async () => {
    const search = aSearch([START, END]);
    const stream = vi.spyOn(search, "stream");
    expect(await readFirstEvents(search, REQUEST, { plain: false, retry: null })).toEqual([START]);
    expect(stream).not.toHaveBeenCalled();
  });

  it("answers the plain page at the soft deadline and reads on for the cache", async () => {
    const read: SearchEvent[] = [];
    const search = aSearch([START, DEADLINE, LATE, END], read);
    expect(await readFirstEvents(search, REQUEST, { plain: true, retry: null })).toEqual([START, DEADLINE]);
    await vi.waitFor(() => expect(read).toContain(END));
  });

  it("does not wait for the deadline when everybody has answered", async () => {
    const search = aSearch([START, END]);
    expect(await readFirstEvents(search, REQUEST, { plain: true, retry: null })).toEqual([START, END]);
  });

  it("passes a failure of the search on", async () => {
    const search = aSearch([]);
    vi.spyOn(search, "stream").mockImplementation(async function* () {
      yield START;
      throw new Error("no search");
    });
    await expect(readFirstEvents(search, REQUEST, { plain: true, retry: null })).rejects.toThrow("no search");
  });

  it("asks one provider anew before it searches", async () => {
    const search = aSearch([START, END]);
    await readFirstEvents(search, REQUEST, { plain: true, retry: "kitsu" });
    expect(search.collect).toHaveBeenCalledWith(
      expect.objectContaining({ providers: ["kitsu"], fresh: true, retry: true, remember: false }),
    );
  });
});
