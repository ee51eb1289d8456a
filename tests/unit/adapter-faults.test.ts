import { setMaxListeners } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { FAULT_KINDS, type Fault, type FaultKind, NO_FAULT } from "@/demo/faults";
import { SERVICE_IDS, SIMULATED_IDS, type SimulatedId } from "@/demo/upstreams/service-ids";
import { listBuiltins } from "@/lib/providers/builtins";
import type { OutcomeClass } from "@/lib/providers/outcome";
import type { ProviderAdapter, ProviderCall } from "@/lib/providers/provider";
import { registry } from "@/lib/providers/registry";
import { type SimulatedProviders, startSimulatedProviders } from "../support/simulated-providers";

type ByUpstream = Readonly<Record<SimulatedId, OutcomeClass>>;

interface Row {
  fault?: Omit<Fault, "kind">;
  /** For faults that are silent: the call's deadline is what ends it. */
  deadlineMs?: number;
  search: ByUpstream;
  check: ByUpstream;
  /** Upstreams whose answer says when to come back; `afterSeconds` is 30. */
  hinted?: readonly SimulatedId[];
}

const SILENT_MS = 500;
/** What each is asked for: something that it has. */
const TEXTS: Partial<Record<SimulatedId, string>> = {
  openai: "gpt",
  deepseek: "deepseek",
  qwen: "qwen",
  "openai-compatible-attic": "gemma",
  anthropic: "claude",
  gemini: "gemini",
  cursor: "composer",
};

function all(outcome: OutcomeClass, but: Partial<ByUpstream> = {}): ByUpstream {
  return {
    ...(Object.fromEntries(SIMULATED_IDS.map((id) => [id, outcome])) as Record<SimulatedId, OutcomeClass>),
    ...but,
  };
}

function both(outcome: OutcomeClass, but: Partial<ByUpstream> = {}): Pick<Row, "search" | "check"> {
  return { search: all(outcome, but), check: all(outcome, but) };
}

/** By hand, from what the upstreams document and the taxonomy of outcomes; not from what the code does. */
const TABLE: Readonly<Record<FaultKind, Row>> = {
  none: both("ok"),
  slow: { ...both("timeout"), fault: { ms: 20 * SILENT_MS }, deadlineMs: SILENT_MS },
  "hang-headers": { ...both("timeout"), deadlineMs: SILENT_MS },
  "hang-body": { ...both("timeout"), deadlineMs: SILENT_MS },
  // An answer of the host: never a sign of our own outage.
  refuse: both("network"),
  "500": both("http_5xx"),
  // It says when it will be back, so it is not broken but busy.
  "503": { ...both("throttled"), hinted: SIMULATED_IDS },
  // In the upstream's own words; the others have none for a hint.
  "429": { ...both("throttled"), hinted: ["mangadex", "anilist", "opds-tower", "opds-harbour", ...SERVICE_IDS] },
  "429-retry-after-seconds": { ...both("throttled"), hinted: SIMULATED_IDS },
  "429-retry-after-date": { ...both("throttled"), hinted: SIMULATED_IDS },
  "429-x-ratelimit-retry-after": { ...both("throttled"), hinted: SIMULATED_IDS },
  "429-x-ratelimit-reset": { ...both("throttled"), hinted: SIMULATED_IDS },
  "429-ratelimit-reset": { ...both("throttled"), hinted: SIMULATED_IDS },
  "429-no-hint": { ...both("throttled"), hinted: [] },
  // AniList answers so while it is switched off.
  // Open Library has no credentials: it refuses those who ask too much. OpenAI refuses whole countries.
  "403-json": both("auth", { anilist: "http_5xx", openlibrary: "blocked", openai: "blocked" }),
  "403-challenge": both("challenge"),
  // What the body says; MangaUpdates' "exception", Open Library's "error" and a document that is no feed say no more than that the answer is missing.
  "200-error-body": both("http_5xx", {
    mangaupdates: "contract",
    "opds-tower": "contract",
    "opds-harbour": "contract",
    openlibrary: "contract",
  }),
  "truncated-json": both("contract"),
  "wrong-type": both("contract"),
  redirect: both("config"),
  "bad-key": both("auth"),
  // Those that are free say what HTTP has for it.
  quota: both("quota"),
  overload: both("http_5xx"),
  // The checks of AniList and Jikan ask for one work by its id: a catalogue without it is not theirs.
  empty: { search: all("ok_empty"), check: all("ok", { anilist: "config", jikan: "config" }) },
  // Every fifth request: a retry makes up for it.
  flaky: { ...both("ok"), fault: { percent: 20 } },
};

vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let simulated: SimulatedProviders;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => void unhandled.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", onUnhandled);
  simulated = await startSimulatedProviders();
});
afterEach(async () => {
  await Promise.all(SIMULATED_IDS.map((id) => simulated.demo.upstreams[id].setFault(NO_FAULT)));
});
afterAll(async () => {
  await simulated.stop();
  process.off("unhandledRejection", onUnhandled);
  expect(simulated.reports).toEqual([]);
  expect(unhandled).toEqual([]);
});

async function call(id: SimulatedId, operation: "search" | "check", deadlineMs: number | undefined) {
  const common = { provider: simulated.provider(id), ...(deadlineMs && { deadlineMs }) };
  if (operation === "check") {
    return simulated.callProvider({ ...common, operation, source: "check", input: undefined });
  }
  const input = { text: TEXTS[id] ?? "berserk", page: null, limit: 20, adult: false };
  return simulated.callProvider({ ...common, operation, source: "search", input });
}

/** The samples that one call to each upstream leaves. */
async function callAll(kind: FaultKind, operation: "search" | "check"): Promise<ProviderCall[]> {
  const { fault = {}, deadlineMs } = TABLE[kind];
  await Promise.all(SIMULATED_IDS.map((id) => simulated.demo.upstreams[id].setFault({ kind, ...fault })));
  simulated.calls.length = 0;
  await Promise.all(SIMULATED_IDS.map((id) => call(id, operation, deadlineMs)));
  return [...simulated.calls];
}

it("has a column for every provider that is built in, and for each adapter of which there may be several", () => {
  const adapters: readonly ProviderAdapter[] = registry;
  const multi = adapters.filter((adapter) => adapter.multi).map(({ id }) => `${id}-`);
  const builtins = listBuiltins(adapters).map(({ id }) => id);
  const isCovered = (wanted: string) =>
    SIMULATED_IDS.some((id) => id === wanted || (wanted.endsWith("-") && id.startsWith(wanted)));
  expect([...builtins, ...multi].filter((wanted) => !isCovered(wanted))).toEqual([]);
});

describe.each(FAULT_KINDS)("under the fault %s", (kind) => {
  it.each(["search", "check"] as const)("a %s leaves exactly one sample, of the right class", async (operation) => {
    const samples = await callAll(kind, operation);
    const classesOf = (id: SimulatedId) => samples.flatMap((each) => (each.providerId === id ? [each.class] : []));
    const expected = SIMULATED_IDS.map((id) => [id, [TABLE[kind][operation][id]]]);
    expect(SIMULATED_IDS.map((id) => [id, classesOf(id)])).toEqual(expected);
  });

  const { hinted } = TABLE[kind];
  if (hinted) {
    it("knows when to come back, where that was said", async () => {
      for (const { providerId, retryAt, startedAt } of await callAll(kind, "search")) {
        const waitSeconds = retryAt === null ? null : Math.round((retryAt - startedAt) / 10_000) * 10;
        expect([providerId, waitSeconds]).toEqual([providerId, hinted.some((id) => id === providerId) ? 30 : null]);
      }
    });
  }
});

describe("an upstream that fails now and then", () => {
  it("answers every search in the end, with one sample each", async () => {
    await Promise.all(SIMULATED_IDS.map((id) => simulated.demo.upstreams[id].setFault({ kind: "flaky", percent: 20 })));
    simulated.calls.length = 0;
    for (let round = 0; round < 6; round++) await Promise.all(SIMULATED_IDS.map((id) => call(id, "search", undefined)));
    expect(simulated.calls.map((each) => each.class)).toEqual(
      Array.from({ length: 6 * SIMULATED_IDS.length }, () => "ok"),
    );
    expect(simulated.calls.some(({ attempts }) => attempts > 1)).toBe(true);
  });
});

describe("a call that its caller gives up", () => {
  it("is cancelled and not held against anyone", async () => {
    await Promise.all(SIMULATED_IDS.map((id) => simulated.demo.upstreams[id].setFault({ kind: "hang-headers" })));
    simulated.calls.length = 0;
    const caller = new AbortController();
    setMaxListeners(SIMULATED_IDS.length, caller.signal);
    const input = { text: "berserk", page: null, limit: 20, adult: false };
    const pending = SIMULATED_IDS.map((id) =>
      simulated.callProvider({
        provider: simulated.provider(id),
        operation: "search",
        source: "search",
        input,
        signal: caller.signal,
      }),
    );
    setTimeout(() => caller.abort(), 50);
    const results = await Promise.all(pending);
    for (const result of results) expect(result).toMatchObject({ ok: false, failure: { class: "cancelled" } });
    expect(simulated.calls.map((each) => each.class)).toEqual(SIMULATED_IDS.map(() => "cancelled"));
  });
});
