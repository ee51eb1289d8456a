import pino from "pino";
import type { CallProvider } from "@/lib/providers/call-provider";
import type { OutcomeClass } from "@/lib/providers/outcome";
import type { CallResult, Provider, ProviderCall } from "@/lib/providers/provider";
import type { ProviderPatch } from "@/lib/providers/provider-patch";
import { toOperation } from "@/lib/providers/run-operation";
import { LADDER_MS, THRESHOLDS } from "../engine/testing/provider-sim";
import type { Decision } from "../engine/types";
import type { HealthSettings } from "../health-settings";
import type { HealthBatch, HealthStore, StoredHealth } from "../health-store";
import type { ConnectivityChange } from "../intake";
import { createHealthMonitor, type HealthMonitor, type HealthMonitorOptions } from "../monitor";
import { createManualTime, type ManualTime } from "./manual-time";

export const SETTINGS: HealthSettings = {
  checksEnabled: true,
  checkIntervalMs: 30_000,
  checkTimeoutMs: 10_000,
  checkConcurrency: 5,
  startupGraceMs: 0,
  maxAutoDisabledPercent: 50,
  probeIntervalsMs: LADDER_MS,
  thresholds: THRESHOLDS,
  errorCriticalPercent: 80,
  retention: { keep: 1000, keepMs: 7 * 86_400_000 },
};

export function buildProvider(given: Partial<Provider> = {}): Provider {
  const id = given.id ?? "kitsu";
  return {
    id,
    name: id === "kitsu" ? "Kitsu" : id,
    adapter: {
      id,
      name: id,
      kind: "catalogue",
      multi: false,
      enabledByDefault: true,
      defaultBaseUrl: null,
      checkInterval: 60,
      rate: { calls: 1, intervalMs: 1000 },
      configFields: [],
      check: async () => {},
      canary: async () => {},
      search: async () => ({ items: [], dropped: 0, nextPage: null, total: null }),
    },
    source: "builtin",
    enabled: true,
    initialized: true,
    message: null,
    priority: 50,
    timeoutMs: 10_000,
    checkInterval: 60,
    minCheckInterval: null,
    thresholds: {
      maxConsecutiveFailures: null,
      circuitFailureThreshold: null,
      circuitRecoveryTimeoutMs: null,
      circuitSuccessThreshold: null,
      circuitWindow: null,
      circuitMinRequests: null,
      autoDisableCooldownMinutes: null,
    },
    rate: { calls: 1, intervalMs: 1000 },
    config: { baseUrl: `https://${id}.example` },
    locked: [],
    ...given,
  };
}

/** A catalogue that takes `enabled` and `base_url` of a patch, and tells its listeners. */
export function createFakeCatalog(providers: readonly Provider[]) {
  const all = new Map(providers.map((provider) => [provider.id, provider]));
  const changed = new Set<(now: Provider, before: Provider | null) => void>();
  const removed = new Set<(provider: Provider) => void>();
  const get = (id: string): Provider => {
    const provider = all.get(id);
    if (!provider) throw new Error(`no provider ${id}`);
    return provider;
  };
  return {
    list: () => [...all.values()],
    find: (id: string) => all.get(id) ?? null,
    get,
    async update(id: string, patch: ProviderPatch): Promise<Provider> {
      const before = get(id);
      const now: Provider = {
        ...before,
        enabled: patch.enabled ?? before.enabled,
        config: patch.base_url ? { ...before.config, baseUrl: patch.base_url } : before.config,
      };
      all.set(id, now);
      for (const listener of changed) listener(now, before);
      return now;
    },
    onChange(listener: (now: Provider, before: Provider | null) => void) {
      changed.add(listener);
      return () => void changed.delete(listener);
    },
    onRemove(listener: (provider: Provider) => void) {
      removed.add(listener);
      return () => void removed.delete(listener);
    },
    remove(id: string) {
      const provider = get(id);
      all.delete(id);
      for (const listener of removed) listener(provider);
    },
  };
}

export interface MonitorSim {
  monitor: HealthMonitor;
  catalog: ReturnType<typeof createFakeCatalog>;
  time: ManualTime;
  call: CallProvider;
  /** How calls to a provider end from now on; "ok" unless set. */
  outcomes: Map<string, { class: OutcomeClass; retryAt?: number; message?: string; unreachable?: boolean }>;
  /** Every call that was let through. */
  calls: { providerId: string; operation: string; source: string; at: number }[];
  /** Every sample, as it counted. */
  samples: ProviderCall[];
  decisions: Decision[];
  changes: ConnectivityChange[];
  /** What canaries say (null: there are none), and which origins cannot be connected to. */
  way: { canaries: boolean | null; silent: Set<string> };
  /** What was relabelled in the store. */
  relabelled: { providerId: string; at: number; outcome: OutcomeClass }[];
  batches: HealthBatch[];
  logs: Record<string, unknown>[];
}

interface SimOptions {
  providers?: readonly Provider[];
  /** May be changed while the monitor runs. */
  settings?: Partial<HealthSettings>;
  stored?: Partial<StoredHealth>;
  store?: Partial<HealthStore>;
  time?: ManualTime;
  personalIntervals?: readonly number[];
  hooks?: Partial<
    Pick<
      HealthMonitorOptions,
      | "onCheck"
      | "onTick"
      | "onPersistFailure"
      | "onTrouble"
      | "onSample"
      | "onDecision"
      | "onConnectivity"
      | "wasDisturbed"
    >
  >;
  /** How long a call lasts. */
  lastsMs?: number;
  random?: () => number;
}

/** A monitor with providers that answer as told, on a clock that stands still. */
export function createMonitorSim(options: SimOptions = {}): MonitorSim {
  const { providers = [buildProvider()], settings, stored, time = createManualTime(), lastsMs = 100 } = options;
  const catalog = createFakeCatalog(providers);
  const outcomes: MonitorSim["outcomes"] = new Map();
  const calls: MonitorSim["calls"] = [];
  const decisions: Decision[] = [];
  const batches: HealthBatch[] = [];
  const logs: Record<string, unknown>[] = [];
  const way: MonitorSim["way"] = { canaries: null, silent: new Set() };
  const changes: ConnectivityChange[] = [];
  const samples: ProviderCall[] = [];
  const relabelled: MonitorSim["relabelled"] = [];
  const monitor = createHealthMonitor({
    providers: catalog,
    settings: () => ({ ...SETTINGS, ...settings }),
    clock: time.clock,
    random: options.random ?? (() => 0.5),
    setTimer: time.setTimer,
    log: pino({ base: null }, { write: (line) => void logs.push(JSON.parse(line)) }),
    store: {
      load: async () => ({ states: [], stats: [], recentSamples: [], unfinished: null, ...stored }),
      save: async (batch) => void batches.push(batch),
      findRollups: async () => [],
      findUnreached: async (wanted) =>
        batches
          .flatMap((batch) => batch.samples)
          .filter(({ providerId, at }) => wanted.some((ref) => ref.providerId === providerId && ref.at === at)),
      forget: async () => {},
      prune: async () => 0,
      ...options.store,
    },
    ...(options.personalIntervals && { readPersonalIntervals: async () => options.personalIntervals ?? [] }),
    reachability: {
      askCanaries: async () => way.canaries,
      reach: async (origin) => !way.silent.has(origin),
      isPublic: () => true,
    },
    ...options.hooks,
    onDecision(decision) {
      decisions.push(decision);
      options.hooks?.onDecision?.(decision);
    },
    onConnectivity(change) {
      changes.push(change);
      options.hooks?.onConnectivity?.(change);
    },
    onSample(call) {
      samples.push(call);
      options.hooks?.onSample?.(call);
    },
  });

  const call = (async ({ provider, operation, source, signal, requestId }) => {
    const admission = monitor.admit(provider, source);
    if (!admission.allowed) return { ok: false, kind: "rejected", admission };
    const startedAt = time.clock();
    calls.push({ providerId: provider.id, operation, source, at: startedAt });
    await new Promise<void>((resolve) => {
      const end = () => {
        signal?.removeEventListener("abort", end);
        resolve();
      };
      time.setTimer(end, lastsMs);
      signal?.addEventListener("abort", end);
    });
    const given = outcomes.get(provider.id) ?? { class: "ok" as const };
    const outcome = signal?.aborted ? "cancelled" : given.class;
    const ended: ProviderCall = {
      providerId: provider.id,
      origin: provider.config.baseUrl,
      source,
      operation: toOperation(operation),
      startedAt,
      durationMs: time.clock() - startedAt,
      class: outcome,
      httpStatus: null,
      results: null,
      dropped: 0,
      relevance: null,
      message: outcome === "ok" ? null : (given.message ?? `it ended in ${outcome}`),
      retryAt: given.retryAt ?? null,
      unreachable: outcome !== "cancelled" && (given.unreachable ?? outcome === "dns"),
      generation: admission.generation,
      attempts: 1,
      requestId: requestId ?? null,
    };
    monitor.observe(ended);
    if (outcome === "ok" || outcome === "ok_empty") {
      return { ok: true, value: undefined, durationMs: ended.durationMs } as CallResult<never>;
    }
    const failure = { class: outcome, message: ended.message ?? "", httpStatus: null, retryAt: ended.retryAt };
    return { ok: false, kind: "failed", failure, durationMs: ended.durationMs };
  }) as CallProvider;

  return {
    monitor,
    catalog,
    time,
    call,
    outcomes,
    calls,
    samples,
    decisions,
    changes,
    way,
    relabelled,
    batches,
    logs,
  };
}

/** A person's search, to its end. */
export async function search(sim: MonitorSim, providerId = "kitsu"): Promise<CallResult<unknown>> {
  const input = { text: "berserk", page: null, limit: 20, adult: false };
  const provider = sim.catalog.get(providerId);
  const result = sim.call({ provider, operation: "search", source: "search", input });
  await sim.time.advance(100);
  return result;
}

export async function searchTimes(sim: MonitorSim, times: number, providerId = "kitsu"): Promise<void> {
  for (let index = 0; index < times; index++) await search(sim, providerId);
}
