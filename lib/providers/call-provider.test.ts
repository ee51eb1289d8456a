import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type CallProviderPorts, createCallProvider } from "./call-provider";
import { ProviderError } from "./outcome";
import type { Admission, ProviderAdapter, ProviderCall, SearchInput, SearchPage } from "./provider";
import { fakeAdapter, fakeProvider } from "./testing/fake-provider";
import { createTransport } from "./transport";
import type { WorkRecord } from "./work";

const EPOCH = Date.parse("2026-11-22T12:00:00Z");
const INPUT: SearchInput = { text: "berserk", page: null, limit: 20, adult: false };

beforeEach(() => void vi.useFakeTimers({ now: EPOCH }));
afterEach(() => void vi.useRealTimers());

function work(externalId: string): WorkRecord {
  return {
    externalId,
    titles: [{ text: "Berserk", lang: null, kind: "main" }],
    type: "manga",
    year: null,
    status: "unknown",
    authors: [],
    description: null,
    coverUrl: null,
    contentRating: "unknown",
    tags: [],
    languages: [],
    ids: {},
    url: null,
  };
}

function page(items: WorkRecord[], dropped = 0): SearchPage {
  return { items, dropped, nextPage: null, total: null };
}

function setUp(ports: Partial<CallProviderPorts> = {}) {
  const calls: ProviderCall[] = [];
  const withdraw = vi.fn();
  const report = vi.fn();
  const callProvider = createCallProvider({
    admit: (): Admission => ({ allowed: true, generation: 7 }),
    withdraw,
    observe: (call) => calls.push(call),
    http: { transport: createTransport(), userAgent: "Yagura/test" },
    clock: () => Date.now(),
    stopwatch: () => Date.now(),
    random: () => 0.5,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    report,
    ...ports,
  });
  return { callProvider, calls, withdraw, report };
}

function searching(search: NonNullable<ProviderAdapter["search"]>, more: Parameters<typeof fakeProvider>[0] = {}) {
  return fakeProvider({ adapter: fakeAdapter({ search }), ...more });
}

const after = <Value>(ms: number, value: Value) => new Promise<Value>((resolve) => setTimeout(resolve, ms, value));

const failing = (failure: ConstructorParameters<typeof ProviderError>[0]) => () =>
  Promise.reject(new ProviderError(failure));

async function search(
  setup: ReturnType<typeof setUp>,
  provider: ReturnType<typeof fakeProvider>,
  more: Partial<Parameters<typeof setup.callProvider>[0]> & { signal?: AbortSignal } = {},
) {
  const { signal, deadlineMs, relevanceOf, requestId } = more;
  const result = setup.callProvider({
    provider,
    operation: "search",
    source: "search",
    input: INPUT,
    ...(signal && { signal }),
    ...(deadlineMs && { deadlineMs }),
    ...(relevanceOf && { relevanceOf }),
    ...(requestId && { requestId }),
  });
  await vi.runAllTimersAsync();
  return result;
}

describe("a call that succeeds", () => {
  it("gives the value and exactly one sample", async () => {
    const setup = setUp();
    const provider = searching(() => after(120, page([work("1"), work("2")], 1)));
    const result = await search(setup, provider, { relevanceOf: () => 0.75, requestId: "r1" });
    expect(result).toMatchObject({
      ok: true,
      durationMs: 120,
      value: { items: [{ externalId: "1" }, { externalId: "2" }] },
    });
    expect(setup.calls).toEqual([
      {
        providerId: "fake",
        origin: "https://api.fake.example",
        source: "search",
        operation: "search",
        startedAt: EPOCH,
        durationMs: 120,
        class: "ok",
        httpStatus: null,
        results: 2,
        dropped: 1,
        relevance: 0.75,
        message: null,
        retryAt: null,
        unreachable: false,
        generation: 7,
        attempts: 1,
        requestId: "r1",
      },
    ]);
  });

  it("without hits is empty, not failed, and has no relevance", async () => {
    const setup = setUp();
    const result = await search(
      setup,
      searching(async () => page([])),
      { relevanceOf: () => 1 },
    );
    expect(result.ok).toBe(true);
    expect(setup.calls).toMatchObject([{ class: "ok_empty", results: 0, relevance: null }]);
  });

  it("with nothing but unreadable hits is a breach of contract", async () => {
    const setup = setUp();
    await search(
      setup,
      searching(async () => page([], 3)),
    );
    expect(setup.calls).toMatchObject([{ class: "contract", message: "None of the 3 results could be read." }]);
  });

  it("of another kind than a search has no count of results", async () => {
    const setup = setUp();
    const result = await setup.callProvider({
      provider: fakeProvider(),
      operation: "check",
      source: "check",
      input: undefined,
    });
    expect(result).toMatchObject({ ok: true, value: undefined });
    expect(setup.calls).toMatchObject([{ class: "ok", operation: "check", results: null }]);
  });
});

describe("a call that is not made", () => {
  it("is rejected by the gate, without a sample", async () => {
    const admission: Admission = { allowed: false, gate: "circuit", reason: "Resting.", until: EPOCH + 1 };
    const setup = setUp({ admit: () => admission });
    expect(
      await search(
        setup,
        searching(async () => page([])),
      ),
    ).toEqual({ ok: false, kind: "rejected", admission });
    expect(setup.calls).toEqual([]);
  });

  it("is rejected when the provider is not set up", async () => {
    const setup = setUp();
    const provider = searching(async () => page([]), {
      initialized: false,
      message: "It needs a key.",
      config: { baseUrl: "" },
    });
    expect(await search(setup, provider)).toMatchObject({
      kind: "rejected",
      admission: { gate: "config", reason: "It needs a key." },
    });
  });

  it("is withdrawn when its deadline comes in our own queue, and is no sample", async () => {
    const setup = setUp();
    const provider = searching(async () => page([work("1")]), {
      rate: { calls: 1, intervalMs: 5000 },
      timeoutMs: 1000,
    });
    const results = await Promise.all([search(setup, provider), search(setup, provider)]);
    expect(results[0]?.ok).toBe(true);
    expect(results[1]).toEqual({ ok: false, kind: "queued", waitedMs: 1000 });
    expect(setup.withdraw).toHaveBeenCalledExactlyOnceWith("fake", 7);
    expect(setup.calls).toHaveLength(1);
  });

  it("is withdrawn when its caller had given up before", async () => {
    const setup = setUp();
    const result = await search(
      setup,
      searching(async () => page([])),
      { signal: AbortSignal.abort() },
    );
    expect(result).toMatchObject({ kind: "queued" });
    expect(setup.calls).toEqual([]);
  });
});

describe("time", () => {
  const hangs = () => new Promise<never>(() => {});

  it("ends a call that does not even listen to its signal", async () => {
    const setup = setUp();
    const result = await search(setup, searching(hangs, { timeoutMs: 3000 }));
    expect(result).toMatchObject({
      kind: "failed",
      durationMs: 3000,
      failure: { class: "timeout", message: "No complete answer within 3 s." },
    });
    expect(setup.calls).toMatchObject([{ class: "timeout", durationMs: 3000 }]);
  });

  it("is the shorter of the provider's and the caller's", async () => {
    const setup = setUp();
    expect(await search(setup, searching(hangs, { timeoutMs: 3000 }), { deadlineMs: 500 })).toMatchObject({
      durationMs: 500,
    });
    expect(await search(setup, searching(hangs, { timeoutMs: 3000 }), { deadlineMs: 9000 })).toMatchObject({
      durationMs: 3000,
    });
  });

  it("that the caller cut short is cancelled", async () => {
    const setup = setUp();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    expect(await search(setup, searching(hangs), { signal: controller.signal })).toMatchObject({
      failure: { class: "cancelled" },
    });
    expect(setup.calls).toMatchObject([{ class: "cancelled", durationMs: 200 }]);
  });

  it("in our own queue is not the provider's", async () => {
    const setup = setUp();
    const provider = searching(() => after(50, page([work("1")])), { rate: { calls: 1, intervalMs: 400 } });
    await Promise.all([search(setup, provider), search(setup, provider)]);
    expect(setup.calls.map(({ startedAt, durationMs }) => [startedAt - EPOCH, durationMs])).toEqual([
      [0, 50],
      [400, 50],
    ]);
  });

  it("that our own queue used up is held against nobody", async () => {
    const setup = setUp();
    const quick = searching(async () => page([]), { rate: { calls: 1, intervalMs: 900 } });
    const slow = searching(hangs, { rate: { calls: 1, intervalMs: 900 }, timeoutMs: 1000 });
    const [, second] = await Promise.all([search(setup, quick), search(setup, slow)]);
    expect(second).toMatchObject({ kind: "failed", durationMs: 100, failure: { class: "cancelled" } });
  });
});

describe("retries", () => {
  it("help against broken connections and 5xx, at most twice, as one sample", async () => {
    const setup = setUp();
    const answers = [
      failing({ class: "network", message: "Broken." }),
      failing({ class: "http_5xx", message: "Bad gateway.", httpStatus: 502 }),
      async () => page([work("1")]),
    ];
    let attempt = 0;
    const result = await search(
      setup,
      searching(() => (answers[attempt++] ?? hang)()),
    );
    expect(result.ok).toBe(true);
    expect(setup.calls).toMatchObject([{ class: "ok", attempts: 3 }]);
  });

  const hang = () => new Promise<never>(() => {});

  it("end with the third failure, and their pauses are not the provider's time", async () => {
    const setup = setUp();
    const provider = searching(async () => {
      await after(10, null);
      throw new ProviderError({ class: "http_5xx", message: "Bad gateway.", httpStatus: 502 });
    });
    expect(await search(setup, provider)).toMatchObject({ kind: "failed", durationMs: 30 });
    expect(setup.calls).toMatchObject([{ class: "http_5xx", httpStatus: 502, attempts: 3, durationMs: 30 }]);
  });

  it("do not hide that no connection ever came about when time runs out in one of them", async () => {
    const setup = setUp();
    let attempt = 0;
    const provider = searching(async () => {
      if (attempt++ > 0) return hang();
      throw new ProviderError({ class: "network", message: "No connection.", unreachable: true });
    });
    await search(setup, provider);
    expect(setup.calls).toMatchObject([{ class: "network", unreachable: true, attempts: 2 }]);
  });

  it("are not made when the deadline would pass", async () => {
    const setup = setUp({ random: () => 0.99 });
    const provider = searching(failing({ class: "network", message: "Broken." }), { timeoutMs: 150 });
    await search(setup, provider);
    expect(setup.calls).toMatchObject([{ class: "network", attempts: 1 }]);
  });

  it.each([
    "timeout",
    "dns",
    "tls",
    "throttled",
    "quota",
    "auth",
    "config",
    "contract",
    "challenge",
    "blocked",
    "client",
  ] as const)("are not made for %s", async (failureClass) => {
    const setup = setUp();
    await search(setup, searching(failing({ class: failureClass, message: "No.", httpStatus: 503 })));
    expect(setup.calls).toMatchObject([{ class: failureClass, attempts: 1 }]);
  });
});

describe("failures", () => {
  it("keep class, status and hint, and lose secrets and addresses", async () => {
    const setup = setUp();
    const secretField = {
      key: "api_key",
      label: "Key",
      type: "secret",
      required: true,
      secret: true,
      help: "",
    } as const;
    const adapter = fakeAdapter({
      configFields: [secretField],
      search: failing({
        class: "quota",
        message: "Key abcdef is used up, see https://fake.example/plans?key=abcdef.",
        httpStatus: 429,
        retryAt: EPOCH + 5,
      }),
    });
    const provider = fakeProvider({ adapter, config: { baseUrl: "https://api.fake.example/v1", api_key: "abcdef" } });
    const failure = {
      class: "quota",
      message: "Key ••• is used up, see https://fake.example",
      httpStatus: 429,
      retryAt: EPOCH + 5,
    };
    expect(await search(setup, provider)).toMatchObject({ kind: "failed", failure });
    expect(setup.calls).toMatchObject([{ ...failure, origin: "https://api.fake.example" }]);
  });

  it("of our own are internal, reported and never thrown", async () => {
    const setup = setUp();
    const mistake = new TypeError("undefined is not a function");
    const result = await search(
      setup,
      searching(() => Promise.reject(mistake)),
    );
    expect(result).toMatchObject({ kind: "failed", failure: { class: "internal" } });
    expect(setup.calls).toMatchObject([{ class: "internal" }]);
    expect(setup.report).toHaveBeenCalledExactlyOnceWith(mistake, { providerId: "fake", operation: "search" });
  });

  it("of an adapter that throws at once are caught too", async () => {
    const setup = setUp();
    const throwing = () => {
      throw new ProviderError({ class: "contract", message: "Odd." });
    };
    expect(await search(setup, searching(throwing))).toMatchObject({ failure: { class: "contract" } });
  });

  it("of an observer cost nobody the answer", async () => {
    const observe = () => {
      throw new Error("disk full");
    };
    const setup = setUp({ observe });
    expect(
      (
        await search(
          setup,
          searching(async () => page([])),
        )
      ).ok,
    ).toBe(true);
    expect(setup.report).toHaveBeenCalledOnce();
  });

  it("include asking for what the adapter cannot do, as a mistake of ours", async () => {
    const setup = setUp();
    expect(await search(setup, fakeProvider())).toMatchObject({ failure: { class: "internal" } });
  });
});
