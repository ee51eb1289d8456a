import type { Logger } from "pino";
import type { CallProvider } from "@/lib/providers/call-provider";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import type { Admission, Provider, ProviderCall, Source } from "@/lib/providers/provider";
import type { ProviderPatch } from "@/lib/providers/provider-patch";
import type { TestResult } from "./check-run";
import { type CheckEvent, type CheckQueue, createChecks } from "./checks";
import type { Reachability } from "./connectivity-canaries";
import { admit, withdraw } from "./engine/admit";
import { enableByHand, settingsChanged, switchByHand } from "./engine/by-hand";
import { isSettled } from "./engine/step";
import type { Decision, Thresholds } from "./engine/types";
import type { HealthSettings } from "./health-settings";
import type { HealthStore, StoredEvent } from "./health-store";
import type { ProviderHealth } from "./health-view";
import { type ConnectivityChange, createIntake } from "./intake";
import { createProviderRecords } from "./provider-records";
import { createRecorder, type UnwrittenHistory } from "./recorder";
import { resumeRecords, toStored } from "./stored-health";
import { type SetTimer, setRepeating, setSystemTimer } from "./timers";
import { toProviderHealth } from "./to-provider-health";

const INTERVALS_REFRESH_MS = 5 * 60_000;
const PRUNE_EVERY_MS = 60 * 60_000;
const FIRST_PRUNE_MS = 60_000;
const TICK_MS = 15_000;

/** Watches every provider: lets calls through or not, learns from each of them, checks by itself, and says how things stand. */
export interface HealthMonitor {
  /** `requestId` is for the log alone. */
  admit(provider: Provider, source: Source, requestId?: string | null): Admission;
  /** An admitted call was never made. */
  withdraw(providerId: string, generation: number): void;
  /** Takes a finished call in. Never throws, never waits for anything. */
  observe(call: ProviderCall): void;
  countCacheHit(providerId: string): void;
  /** From memory. Times in `why` are in the given zone, UTC by default. Throws `AppError` not_found. */
  view(providerId: string, timeZone?: string): ProviderHealth;
  /** Those that hold for a provider: its own where it has them. Throws `AppError` not_found. */
  thresholds(providerId: string): Thresholds;
  /**
   * Checks now, whatever holds it, and waits for the outcome. `paced` lets one through per provider and 30 s, else throws `AppError`
   * too_many_requests. Throws not_found.
   */
  test(providerId: string, options?: { paced?: boolean }): Promise<TestResult>;
  /** All enabled providers, or those that are not well. */
  testAll(only?: "failed"): Promise<(TestResult & { id: string })[]>;
  /** Puts it back in use: switch on, disabling and holds cleared, trials decide; a check starts at once. */
  enable(providerId: string, actor: string | null): Promise<void>;
  disable(providerId: string, actor: string | null): Promise<void>;
  /** Changes settings; decisions that follow name the actor. Throws what `ProviderCatalog.update` throws. */
  change(providerId: string, patch: ProviderPatch, actor: string | null): Promise<Provider>;
  /** Whether our own connection is there, as far as we know. */
  selfOnline(): boolean;
  /** What history does not hold yet. */
  unwritten: UnwrittenHistory;
  /** Scheduled checks: how many wait and run. */
  queue(): CheckQueue;
  /** The instance's settings have changed: what follows from them is told and planned anew. */
  applySettings(): void;
  /** Users' personal intervals have changed. */
  refreshIntervals(): Promise<void>;
  /** Takes up what was stored and begins checking, without waiting for any check. `call` is the one door to providers, which itself asks this monitor. */
  start(call: CallProvider): Promise<void>;
  /** Ends checks and writes what is left. */
  stop(): Promise<void>;
}

export interface HealthMonitorOptions {
  providers: Pick<ProviderCatalog, "list" | "find" | "get" | "update" | "onChange" | "onRemove">;
  store: HealthStore;
  /** As they are now: admins change them while it runs. */
  settings: () => HealthSettings;
  /** Epoch milliseconds. */
  clock: () => number;
  /** 0 ≤ x < 1 */
  random: () => number;
  log: Logger;
  setTimer?: SetTimer;
  /** Minutes, of users who chose an interval and were active in the last 24 h. */
  readPersonalIntervals?: () => Promise<readonly number[]>;
  reachability: Reachability;
  /** Whether our own process was not able to work in the last so many milliseconds: calls of that time prove nothing. */
  wasDisturbed?: (ms: number) => boolean;
  /** Every sample, of the class that counts: up to 3 s after the call where it was in doubt whose fault it was. */
  onSample?: (call: ProviderCall) => void;
  onDecision?: (decision: StoredEvent) => void;
  onConnectivity?: (change: ConnectivityChange) => void;
  /** A mistake of our own inside the engine. */
  onEngineError?: (stage: string, error: unknown) => void;
  onCheck?: (event: CheckEvent) => void;
  /** An attempt to write samples failed; they wait for the next. */
  onPersistFailure?: () => void;
  /** Writing samples fails (true) or works again (false). */
  onTrouble?: (failing: boolean) => void;
  /** The engine went over all providers. Epoch milliseconds. */
  onTick?: (at: number) => void;
}

export function createHealthMonitor(options: HealthMonitorOptions): HealthMonitor {
  const { providers, store, settings, clock, random, log, setTimer = setSystemTimer } = options;
  const actors = new Map<string, string | null>();
  const ends: (() => void)[] = [];
  let started = false;

  const isCutOff = (provider: Provider) => intake.isCutOff(provider);
  const records = createProviderRecords({ providers, settings, clock, random, setTimer, log, onStep, guard, isCutOff });
  const recorder = createRecorder({
    store,
    clock,
    random,
    setTimer,
    log,
    snapshot,
    stateOf: (id) => records.find(id)?.state ?? null,
    onFailure: () => options.onPersistFailure?.(),
    onTrouble: (failing) => options.onTrouble?.(failing),
  });
  const checks = createChecks({
    providers,
    records,
    settings,
    clock,
    random,
    setTimer,
    log,
    onError: (error) => options.onEngineError?.("check", error),
    onCheck: (event) => guard("onCheck", () => options.onCheck?.(event)),
    isCutOff,
  });
  const intake = createIntake({
    providers,
    records,
    recorder,
    checks,
    reachability: options.reachability,
    wasDisturbed: options.wasDisturbed ?? (() => false),
    clock,
    random,
    setTimer,
    log,
    onSample: (call) => options.onSample?.(call),
    onConnectivity: (change) => options.onConnectivity?.(change),
    guard,
  });

  function onStep(id: string, decisions: readonly Decision[]): void {
    checks.hasten(id);
    if (decisions.length === 0) return;
    for (const decision of decisions) {
      const event = recorder.addDecision(decision);
      guard("onDecision", () => options.onDecision?.(event));
    }
  }

  function snapshot(id: string) {
    const record = records.find(id);
    return record && toStored(id, record.state, clock());
  }

  function guard(stage: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      log.error({ event: "health.engine_error", stage, err: error }, "the health engine made a mistake");
      options.onEngineError?.(stage, error);
    }
  }

  function onChange(now: Provider, before: Provider | null): void {
    const actor = actors.get(now.id) ?? null;
    const switched = before !== null && before.enabled !== now.enabled;
    const rebuilt = before !== null && !sameAccess(before, now);
    if (switched || rebuilt) intake.startOver(now.id);
    if (switched) records.step(now, (state, windows, context) => switchByHand(state, windows, context, actor));
    if (rebuilt) records.step(now, (state, windows, context) => settingsChanged(state, windows, context, actor));
    records.settle(now);
    recorder.touch(now.id);
    if (before === null || switched || rebuilt) checks.checkSoon(now.id);
    else checks.replan(now.id);
  }

  async function change(id: string, patch: ProviderPatch, actor: string | null): Promise<Provider> {
    actors.set(id, actor);
    try {
      const changed = await providers.update(id, patch);
      log.info({ event: "settings.changed", provider: id, fields: fieldsOf(patch), actor }, `${id}: settings changed`);
      return changed;
    } finally {
      actors.delete(id);
    }
  }

  async function refreshIntervals(): Promise<void> {
    if (!options.readPersonalIntervals) return;
    try {
      checks.setPersonalIntervals(await options.readPersonalIntervals());
    } catch (error) {
      log.warn({ event: "health.intervals_unread", err: error }, "personal check intervals could not be read");
    }
  }

  /** What timers should have told long ago is told now; who watches from outside sees that the engine is alive. */
  async function tick(): Promise<void> {
    for (const provider of providers.list()) guard("tick", () => records.settle(provider));
    guard("tick", () => options.onTick?.(clock()));
  }

  async function forget(id: string): Promise<void> {
    try {
      await store.forget(id);
    } catch (error) {
      log.warn(
        { event: "history.not_deleted", provider: id, err: error },
        "a removed provider's history is still there",
      );
    }
  }

  async function prune(): Promise<void> {
    const { keep, keepMs } = settings().retention;
    try {
      await store.prune({ now: clock(), keep, keepMs });
    } catch (error) {
      log.warn({ event: "history.not_pruned", err: error }, "old samples could not be deleted");
    }
  }

  return {
    admit(provider, source, requestId = null) {
      const record = records.get(provider.id);
      const now = clock();
      if (!isSettled(record.state, now)) records.settle(provider);
      const { enabled, initialized, message, timeoutMs } = provider;
      const { state, admission } = admit(record.state, { source, now, enabled, initialized, message, timeoutMs });
      record.state = state;
      if (!admission.allowed) {
        const { gate, reason, until } = admission;
        if (source === "search" && (gate === "circuit" || gate === "auto_disabled")) checks.demand(provider.id);
        const fields = { provider: provider.id, source, gate, until, ...(requestId && { request_id: requestId }) };
        log.info({ event: "provider.skipped", ...fields }, `${provider.id}: ${reason}`);
      }
      return admission;
    },
    withdraw(id, generation) {
      const record = records.find(id);
      if (record) record.state = withdraw(record.state, generation);
    },
    observe: (call) => guard("observe", () => intake.observe(call)),
    countCacheHit(id) {
      const record = records.find(id);
      if (!record) return;
      const { figures } = record.state;
      record.state = { ...record.state, figures: { ...figures, cacheHits: figures.cacheHits + 1 } };
      recorder.touch(id);
    },
    view(id, timeZone = "UTC") {
      const provider = providers.get(id);
      records.settle(provider);
      return toProviderHealth(records.get(id), {
        provider,
        thresholds: records.thresholdsOf(provider),
        now: clock(),
        timeZone,
        checkAt: checks.findDue(id),
        checksEnabled: settings().checksEnabled,
      });
    },
    thresholds: (id) => records.thresholdsOf(providers.get(id)),
    test: (id, { paced = false } = {}) => checks.test(id, { paced }),
    testAll: checks.testAll,
    async enable(id, actor) {
      if (!providers.get(id).enabled) await change(id, { enabled: true }, actor);
      const provider = providers.get(id);
      intake.startOver(id);
      records.step(provider, (state, windows, context) => enableByHand(state, windows, context, actor));
      checks.checkSoon(id);
    },
    async disable(id, actor) {
      if (providers.get(id).enabled) await change(id, { enabled: false }, actor);
    },
    change,
    applySettings() {
      for (const provider of providers.list()) {
        guard("applySettings", () => records.settle(provider));
        checks.replan(provider.id);
      }
    },
    selfOnline: intake.selfOnline,
    unwritten: recorder.unwritten,
    queue: checks.queue,
    refreshIntervals,
    async start(call) {
      if (started) return;
      started = true;
      records.begin();
      await resumeRecords({ providers, records, store, recorder, clock });
      ends.push(
        providers.onChange((now, before) => guard("onChange", () => onChange(now, before))),
        providers.onRemove(({ id }) => {
          checks.remove(id);
          records.forget(id);
          recorder.forget(id);
          void forget(id);
        }),
        setRepeating(setTimer, prune, { firstMs: FIRST_PRUNE_MS, everyMs: PRUNE_EVERY_MS }),
        setRepeating(setTimer, tick, { firstMs: 0, everyMs: TICK_MS }),
        setRepeating(setTimer, refreshIntervals, { firstMs: 0, everyMs: INTERVALS_REFRESH_MS }),
      );
      for (const provider of providers.list()) guard("start", () => records.settle(provider));
      checks.start(call);
    },
    async stop() {
      for (const end of ends) end();
      records.stop();
      await checks.stop();
      intake.stop();
      for (const { id } of providers.list()) recorder.touch(id);
      await recorder.flush({ final: true });
    },
  };
}

/** Names alone: a value may be a secret. */
function fieldsOf(patch: ProviderPatch): string[] {
  return Object.entries(patch).flatMap(([name, value]) =>
    name === "config" && value ? Object.keys(value).map((key) => `config.${key}`) : name,
  );
}

/** The same address and credentials: nothing that was proved of the one is in doubt for the other. */
function sameAccess(a: Provider, b: Provider): boolean {
  return a.initialized === b.initialized && JSON.stringify(a.config) === JSON.stringify(b.config);
}
