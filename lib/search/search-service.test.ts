import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/errors";
import type { CallProvider } from "@/lib/providers/call-provider";
import type { CallResult, Provider, SearchInput, SearchPage } from "@/lib/providers/provider";
import type { SearchEvent } from "./events";
import { NO_FILTERS } from "./filters";
import type { ProviderItem } from "./item";
import { couldAskNobody, retryAfterSeconds } from "./search-answer";
import type { SearchRequest } from "./search-request";
import { createSearchService, type SearchServiceOptions } from "./search-service";
import { anItem } from "./testing/items";

interface Call {
  providerId: string;
  source: string;
  input: SearchInput;
  signal: AbortSignal | undefined;
  onStart: (() => void) | undefined;
  answer(result: CallResult<SearchPage>): void;
}

let calls: Call[];
let options: SearchServiceOptions;
let remembered: number;
const hits = vi.fn();
const finished = vi.fn();

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  calls = [];
  remembered = 0;
  hits.mockClear();
  finished.mockClear();
  // Safe because only searches are asked for here.
  const callProvider = ((call: {
    provider: Provider;
    source: string;
    input: SearchInput;
    signal?: AbortSignal;
    onStart?: () => void;
  }) =>
    new Promise<CallResult<SearchPage>>((answer) => {
      calls.push({ ...call, providerId: call.provider.id, signal: call.signal, onStart: call.onStart, answer });
    })) as unknown as CallProvider;
  options = {
    providers: { list: () => [aProvider("mangadex"), aProvider("kitsu"), aProvider("anilist")] },
    callProvider,
    health: { countCacheHit: hits },
    titles: {
      resolve: (providerId, records, firstRank) =>
        records.map((record, place): ProviderItem => {
          const id = `${providerId}:${record.externalId}`;
          return { ...record, providerId, rank: firstRank + place, titleId: id, sourceId: id, known: true };
        }),
      remember: () => void remembered++,
      version: () => 1,
    },
    clock: Date.now,
    softDeadlineMs: 2500,
    deadlineMs: 10_000,
    cacheTtlMs: 300_000,
    staleMs: 86_400_000,
    onSearch: finished,
    newId: () => "search-1",
  };
});
afterEach(() => vi.useRealTimers());

function aProvider(id: string, rest: Partial<Provider> = {}): Provider {
  const adapter = { id, name: id, kind: "catalogue", search: async () => aPage([]) } as unknown as Provider["adapter"];
  // Safe because a search reads no more of a provider than this.
  return {
    id,
    name: id,
    adapter,
    enabled: true,
    initialized: true,
    message: null,
    priority: 50,
    config: { baseUrl: `https://${id}.example` },
    ...rest,
  } as Provider;
}
const aPage = (titles: string[], nextPage: string | null = null): SearchPage => ({
  items: titles.map((title) => anItem({ provider: "x", titles: [title] })),
  dropped: 0,
  nextPage,
  total: null,
});
const good = (titles: string[], nextPage: string | null = null): CallResult<SearchPage> => ({
  ok: true,
  value: aPage(titles, nextPage),
  durationMs: 5,
});
const failed = (kind: "http_5xx" | "throttled" | "timeout", retryAt: number | null = null): CallResult<SearchPage> => ({
  ok: false,
  kind: "failed",
  failure: { class: kind, message: "It broke.", httpStatus: 503, retryAt },
  durationMs: 5,
});
const rejected = (gate: "hold" | "circuit", until: number): CallResult<SearchPage> => ({
  ok: false,
  kind: "rejected",
  admission: { allowed: false, gate, reason: "resting", until },
});
const aRequest = (rest: Partial<SearchRequest> = {}): SearchRequest => ({
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
  ...rest,
});
const callOf = (providerId: string) => {
  const call = calls.findLast((one) => one.providerId === providerId);
  if (!call) throw new Error(`${providerId} was not called`);
  return call;
};
/** Reads a stream in the background. */
function read(stream: AsyncIterable<SearchEvent>): SearchEvent[] {
  const events: SearchEvent[] = [];
  void (async () => {
    for await (const event of stream) events.push(event);
  })();
  return events;
}
const told = (events: readonly SearchEvent[]) =>
  events.map((event) =>
    event.type === "provider" || event.type === "late"
      ? `${event.type} ${event.provider.id} ${event.provider.state}`
      : event.type,
  );
const settle = () => vi.advanceTimersByTimeAsync(0);

describe("a search as a stream", () => {
  it("tells each answer as it comes and ends with the last one", async () => {
    const events = read(createSearchService(options).stream(aRequest()));
    await settle();
    callOf("kitsu").answer(good(["Berserk"]));
    await vi.advanceTimersByTimeAsync(40);
    expect(told(events)).toEqual(["start", "provider kitsu ok"]);
    callOf("mangadex").answer(failed("http_5xx"));
    callOf("anilist").answer(good([]));
    await settle();
    expect(told(events).slice(2)).toEqual(["provider mangadex error", "provider anilist ok", "end"]);
    expect(events.at(-1)).toEqual({ type: "end", complete: false, tookMs: 40 });
    expect(remembered).toBe(1);
    expect(finished).toHaveBeenCalledWith({ status: "partial", tookMs: 40, firstResultMs: 0, requestId: null });
  });

  it("marks answers after the soft deadline as late and calls the rest timed out at the hard one", async () => {
    const events = read(createSearchService(options).stream(aRequest()));
    await settle();
    for (const call of calls) call.onStart?.();
    callOf("kitsu").answer(good(["Berserk"]));
    await vi.advanceTimersByTimeAsync(2500);
    expect(events.at(-1)).toEqual({ type: "deadline", answered: 1, total: 3 });
    callOf("anilist").answer(good(["Berserk"]));
    await vi.advanceTimersByTimeAsync(7500);
    expect(told(events).slice(3)).toEqual(["late anilist ok", "late mangadex timeout", "end"]);
    expect(events.at(-2)).toMatchObject({ provider: { ms: 10_000, error: { class: "timeout" }, reason: null } });
  });

  it("says of a call that never left our own queue that it was queued", async () => {
    const events = read(createSearchService(options).stream(aRequest({ providers: ["kitsu"] })));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(events.at(-2)).toMatchObject({ provider: { state: "timeout", reason: "queued" } });
  });

  it("lets a call go on after the end, for the cache", async () => {
    const service = createSearchService(options);
    read(service.stream(aRequest({ providers: ["kitsu"] })));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(callOf("kitsu").signal?.aborted).toBe(false);
    callOf("kitsu").answer(good(["Berserk"]));
    await settle();
    const answer = await service.collect(aRequest({ providers: ["kitsu"] }));
    expect(answer.providers[0]).toMatchObject({ state: "ok", cached: true });
    expect(calls).toHaveLength(1);
  });

  it("gives up its calls when the client leaves, but not those that another waits for", async () => {
    const service = createSearchService(options);
    const leaving = new AbortController();
    read(service.stream(aRequest({ signal: leaving.signal })));
    read(service.stream(aRequest({ providers: ["kitsu"] })));
    await settle();
    leaving.abort();
    await settle();
    expect(calls).toHaveLength(3);
    expect(callOf("mangadex").signal?.aborted).toBe(true);
    expect(callOf("kitsu").signal?.aborted).toBe(false);
  });

  it("refuses an unknown provider before it starts", () => {
    const service = createSearchService(options);
    expect(() => service.stream(aRequest({ providers: ["kitsu", "nope"] }))).toThrow(AppError);
  });

  it("tells favorites when they are known, without waiting for them", async () => {
    let found = (_: ReadonlySet<string>) => {};
    options.favoriteIds = () =>
      new Promise((resolve) => {
        found = resolve;
      });
    const events = read(createSearchService(options).stream(aRequest({ providers: ["kitsu"] })));
    await settle();
    callOf("kitsu").answer(good(["Berserk"]));
    await settle();
    expect(told(events)).toEqual(["start", "provider kitsu ok"]);
    found(new Set(["kitsu:Berserk"]));
    await settle();
    expect(events.slice(2)).toMatchObject([{ type: "favorites", titleIds: ["kitsu:Berserk"] }, { type: "end" }]);
  });

  it("ends without stars when the database does not answer", async () => {
    options.favoriteIds = () => new Promise(() => {});
    const events = read(createSearchService(options).stream(aRequest({ providers: ["kitsu"] })));
    await settle();
    callOf("kitsu").answer(good(["Berserk"]));
    await vi.advanceTimersByTimeAsync(1000);
    expect(told(events).at(-1)).toBe("end");
  });
});

describe("a search as one answer", () => {
  it("merges and ranks what all providers said", async () => {
    const answer = createSearchService(options).collect(aRequest());
    await settle();
    callOf("mangadex").answer(good(["Berserk of Gluttony", "Berserk"]));
    callOf("kitsu").answer(good(["Berserk"]));
    callOf("anilist").answer(good([]));
    expect(await answer).toMatchObject({ query: "berserk", complete: true, page: 1 });
    expect((await answer).items[0]?.title).toBe("Berserk");
    expect(finished).toHaveBeenCalledWith(expect.objectContaining({ status: "complete" }));
  });

  it("leaves a pending provider waiting when told to wait for less than the hard deadline", async () => {
    const answer = createSearchService(options).collect(aRequest({ providers: ["kitsu", "anilist"], waitMs: 300 }));
    await settle();
    callOf("kitsu").answer(good(["Berserk"]));
    await vi.advanceTimersByTimeAsync(300);
    expect(await answer).toMatchObject({
      complete: false,
      tookMs: 300,
      providers: [{ state: "ok" }, { state: "waiting", ms: null }],
    });
  });

  it("keeps skipped, limited, failed and empty apart", async () => {
    const off = aProvider("komga-home", { enabled: false });
    const keyless = aProvider("opds-home", { initialized: false, message: "It needs a base URL." });
    options.providers = {
      list: () => [aProvider("mangadex"), aProvider("kitsu"), aProvider("anilist"), aProvider("jikan"), off, keyless],
    };
    const answer = createSearchService(options).collect(aRequest());
    await settle();
    callOf("mangadex").answer(rejected("circuit", 1_030_000));
    callOf("kitsu").answer(rejected("hold", 1_060_000));
    callOf("anilist").answer(failed("throttled", 1_090_000));
    callOf("jikan").answer(good([]));
    expect((await answer).providers).toMatchObject([
      { state: "skipped", reason: "resting", retryAt: 1_030_000, ms: null },
      { state: "rate_limited", reason: "resting", retryAt: 1_060_000, error: null },
      { state: "rate_limited", retryAt: 1_090_000, error: { class: "throttled" } },
      { state: "ok", count: 0 },
      { state: "skipped", reason: "Switched off under Providers" },
      { state: "skipped", reason: "It needs a base URL." },
    ]);
  });

  it("knows when nobody could be asked, and when to come back", async () => {
    const answer = createSearchService(options).collect(aRequest());
    await settle();
    for (const { answer: reply } of calls) reply(rejected("circuit", 1_030_000));
    const { providers } = await answer;
    expect(couldAskNobody(providers)).toBe(true);
    expect(retryAfterSeconds(providers, 1_000_000)).toBe(30);
    expect(finished).toHaveBeenCalledWith(expect.objectContaining({ status: "failed" }));
  });

  it("asks the searcher's default set, and hidden providers only by name", async () => {
    const { viewer } = aRequest();
    const service = createSearchService(options);
    void service.collect(aRequest({ viewer: { ...viewer, hiddenProviders: ["anilist"] } }));
    void service.collect(aRequest({ query: "b", viewer: { ...viewer, defaultProviders: ["anilist"] } }));
    void service.collect(
      aRequest({ query: "c", providers: ["anilist"], viewer: { ...viewer, hiddenProviders: ["anilist"] } }),
    );
    await settle();
    expect(calls.map(({ providerId }) => providerId)).toEqual(["mangadex", "kitsu", "anilist", "anilist"]);
  });

  it("continues each provider where its last page ended", async () => {
    const service = createSearchService(options);
    const second = service.collect(aRequest({ providers: ["kitsu"], page: 2 }));
    await settle();
    expect(callOf("kitsu").input).toMatchObject({ page: null, limit: 20 });
    callOf("kitsu").answer(good(["A"], "cursor-2"));
    await settle();
    expect(callOf("kitsu").input.page).toBe("cursor-2");
    callOf("kitsu").answer(good(["B"]));
    expect((await second).items[0]?.sources[0]?.rank).toBe(21);
    const third = await service.collect(aRequest({ providers: ["kitsu"], page: 3 }));
    expect(third).toMatchObject({ items: [], complete: true });
    expect(calls).toHaveLength(2);
  });
});

describe("an id in the box", () => {
  beforeEach(() => {
    const details = async () => anItem({ provider: "x", titles: ["x"] });
    const anilist = aProvider("anilist");
    options.providers = {
      list: () => [{ ...anilist, adapter: { ...anilist.adapter, details } }, aProvider("kitsu")],
    };
  });
  const work = { ...anItem({ provider: "x", id: "30002", titles: ["Berserk"], ids: { al: "30002" } }) };

  it("is looked up where such ids are kept, and searched by its title everywhere else", async () => {
    const answer = createSearchService(options).collect(aRequest({ query: "al:30002" }));
    await settle();
    expect(calls.map(({ providerId, source }) => [providerId, source])).toEqual([["anilist", "detail"]]);
    // Safe because the call is the one for details.
    callOf("anilist").answer({ ok: true, value: work, durationMs: 1 } as unknown as CallResult<SearchPage>);
    await settle();
    expect(callOf("kitsu").input.text).toBe("Berserk");
    callOf("kitsu").answer(good(["Berserk of Gluttony"]));
    expect((await answer).items.map(({ title }) => title)).toEqual(["Berserk", "Berserk of Gluttony"]);
  });

  it("is searched by the stored title when nobody in use keeps such ids", async () => {
    options.titles.findTextByCrossId = async () => "Berserk";
    void createSearchService(options).collect(aRequest({ query: "https://myanimelist.net/manga/2" }));
    await settle();
    expect(calls.map(({ input }) => input.text)).toEqual(["Berserk", "Berserk"]);
  });

  it("says so when nobody can tell which work it is", async () => {
    const answer = await createSearchService(options).collect(aRequest({ query: "mal:11" }));
    expect(answer.providers[0]).toMatchObject({ state: "error", error: { class: "client" } });
    expect(answer.complete).toBe(false);
    expect(calls).toHaveLength(0);
  });
});

describe("the search cache", () => {
  const ask = async (service: ReturnType<typeof createSearchService>, rest: Partial<SearchRequest> = {}) => {
    const answer = service.collect(aRequest({ providers: ["kitsu"], ...rest }));
    await settle();
    return { answer, events: answer };
  };

  it("answers again from memory while fresh, whatever the spelling", async () => {
    const service = createSearchService(options);
    const first = await ask(service);
    callOf("kitsu").answer(good(["Berserk"]));
    await first.answer;
    await vi.advanceTimersByTimeAsync(200_000);
    const again = await (await ask(service, { query: "  BERSERK " })).answer;
    expect(again).toMatchObject({ complete: true, providers: [{ cached: true, ageMs: 200_000, state: "ok" }] });
    expect(again.items).toHaveLength(1);
    expect(calls).toHaveLength(1);
    expect(hits).toHaveBeenCalledExactlyOnceWith("kitsu");
  });

  it("asks anew when it is no longer fresh, and when told to pass by it", async () => {
    const service = createSearchService(options);
    const first = await ask(service);
    callOf("kitsu").answer(good(["Berserk"]));
    await first.answer;
    await ask(service, { fresh: true });
    expect(calls).toHaveLength(2);
    callOf("kitsu").answer(good(["Berserk"]));
    await vi.advanceTimersByTimeAsync(300_001);
    await ask(service);
    expect(calls).toHaveLength(3);
  });

  it.each([
    ["fails", failed("http_5xx"), { error: { class: "http_5xx" } }],
    ["rests", rejected("circuit", 2_000_000), { retryAt: 2_000_000 }],
  ])("stands in with the old answer for a provider that %s", async (_, result, more) => {
    const service = createSearchService(options);
    const first = await ask(service);
    callOf("kitsu").answer(good(["Berserk"]));
    await first.answer;
    await vi.advanceTimersByTimeAsync(7_200_000);
    const { answer } = await ask(service);
    callOf("kitsu").answer(result);
    expect(await answer).toMatchObject({
      items: [{ title: "Berserk" }],
      providers: [
        { state: "ok", cached: true, ageMs: 7_200_000, reason: expect.stringContaining("rom the cache"), ...more },
      ],
    });
  });

  it("stands in for a slow provider at the soft deadline and gives way to its own answer", async () => {
    const service = createSearchService(options);
    const first = await ask(service);
    callOf("kitsu").answer(good(["Old"]));
    await first.answer;
    await vi.advanceTimersByTimeAsync(400_000);
    const events = read(service.stream(aRequest({ providers: ["kitsu"] })));
    await vi.advanceTimersByTimeAsync(2500);
    callOf("kitsu").answer(good(["New"]));
    await settle();
    expect(told(events)).toEqual(["start", "provider kitsu ok", "deadline", "late kitsu ok", "end"]);
    expect(events[3]).toMatchObject({ provider: { cached: false }, items: [{ externalId: "New" }] });
  });

  it("never keeps an error", async () => {
    const service = createSearchService(options);
    const first = await ask(service);
    callOf("kitsu").answer(failed("http_5xx"));
    await first.answer;
    await ask(service);
    expect(calls).toHaveLength(2);
  });

  it("makes one call of identical searches at one time", async () => {
    const service = createSearchService(options);
    const [one, other] = [await ask(service), await ask(service)];
    expect(calls).toHaveLength(1);
    callOf("kitsu").answer(good(["Berserk"]));
    expect((await one.answer).items).toEqual((await other.answer).items);
  });

  it("shows what it has at once, and who is still to be asked", async () => {
    const service = createSearchService(options);
    expect(service.cached(aRequest())).toBeNull();
    const first = await ask(service);
    callOf("kitsu").answer(good(["Berserk"]));
    await first.answer;
    expect(told(service.cachedEvents(aRequest()))).toEqual(["start", "provider kitsu ok"]);
    expect(service.cached(aRequest())).toMatchObject({ complete: false, items: [{ title: "Berserk" }] });
  });

  it("lets a person's retry of one provider be a trial", async () => {
    const service = createSearchService(options);
    void service.collect(aRequest({ providers: ["kitsu"], retry: true }));
    void service.collect(aRequest({ retry: true }));
    await settle();
    expect(calls.map(({ source }) => source)).toEqual(["manual", "search", "search", "search"]);
  });

  it("lets a hold stand against a person's retry", async () => {
    const service = createSearchService({
      ...options,
      health: { countCacheHit: hits, isHeld: (id) => id === "kitsu" },
    });
    void service.collect(aRequest({ providers: ["kitsu"], retry: true }));
    await settle();
    expect(calls.map(({ source }) => source)).toEqual(["search"]);
  });
});
