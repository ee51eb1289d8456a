import type { Logger } from "pino";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import type { Provider } from "@/lib/providers/provider";
import { settle } from "./engine/step";
import { toThresholds } from "./engine/thresholds";
import type { Decision, DisablePool, EngineState, Step, StepContext, Thresholds } from "./engine/types";
import type { SampleWindows } from "./engine/window";
import { type HealthRecord, newHealthRecord } from "./health-record";
import type { HealthSettings } from "./health-settings";
import { createTimerQueue } from "./timer-queue";
import type { SetTimer } from "./timers";

const DEGRADED_LOOK_MS = 30_000;

type StepOf = (state: EngineState, windows: SampleWindows, context: StepContext) => Step;

export interface ProviderRecords {
  get(providerId: string): HealthRecord;
  find(providerId: string): HealthRecord | null;
  thresholdsOf(provider: Provider): Thresholds;
  /** Takes one step of the engine over and tells its decisions. */
  step(provider: Provider, step: StepOf): void;
  /** Ends what time has ended. */
  settle(provider: Provider): void;
  forget(providerId: string): void;
  /** From now on counts as just started, for the grace. */
  begin(): void;
  stop(): void;
}

interface RecordsOptions {
  providers: Pick<ProviderCatalog, "list" | "find">;
  settings: () => HealthSettings;
  clock: () => number;
  random: () => number;
  setTimer: SetTimer;
  log: Logger;
  /** After each step; `decisions` is mostly empty. */
  onStep: (providerId: string, decisions: readonly Decision[]) => void;
  guard: (stage: string, work: () => void) => void;
  /** Whether we ourselves cannot reach the provider now. */
  isCutOff: (provider: Provider) => boolean;
}

/** The engine's states of all providers, and the one way to move them on. */
export function createProviderRecords(options: RecordsOptions): ProviderRecords {
  const { providers, settings, clock, random, setTimer, log, onStep, guard, isCutOff } = options;
  const records = new Map<string, HealthRecord>();
  let startedAt = clock();
  /** Wakes a provider when a rest, a hold or a disabling ends, so that it is told then and not at the next call. */
  const wakes = createTimerQueue({
    clock,
    setTimer,
    onDue: (id) => {
      const provider = providers.find(id);
      if (provider) guard("settle", () => step(provider, settle));
    },
  });

  function get(id: string): HealthRecord {
    const known = records.get(id);
    if (known) return known;
    const record = newHealthRecord(clock());
    records.set(id, record);
    return record;
  }

  function thresholdsOf(provider: Provider): Thresholds {
    return toThresholds(provider.thresholds, settings().thresholds);
  }

  function contextOf(provider: Provider): StepContext {
    const now = clock();
    const { startupGraceMs, probeIntervalsMs } = settings();
    return {
      providerId: provider.id,
      providerName: provider.name,
      now,
      random,
      thresholds: thresholdsOf(provider),
      enabled: provider.enabled,
      initialized: provider.initialized,
      pool: () => poolWithout(provider.id),
      cutOff: isCutOff(provider),
      inGrace: now - startedAt < startupGraceMs,
      probeIntervalsMs,
    };
  }

  function poolWithout(id: string): DisablePool {
    const enabled = providers.list().filter((provider) => provider.enabled && provider.initialized);
    const autoDisabled = enabled.filter((other) => other.id !== id && get(other.id).state.autoDisable.since !== null);
    return {
      enabled: enabled.length,
      autoDisabled: autoDisabled.length,
      maxPercent: settings().maxAutoDisabledPercent,
    };
  }

  function step(provider: Provider, stepOf: StepOf): void {
    const record = get(provider.id);
    const { state, decisions } = stepOf(record.state, record.windows, contextOf(provider));
    record.state = state;
    for (const decision of decisions) logDecision(log, decision);
    scheduleWake(provider.id, state);
    onStep(provider.id, decisions);
  }

  function scheduleWake(id: string, { circuit, hold, autoDisable, shown }: EngineState): void {
    const ends = [circuit.until, hold?.until, autoDisable.until].flatMap((at) => at ?? []);
    if (shown.state === "DEGRADED") ends.push(clock() + DEGRADED_LOOK_MS);
    if (ends.length > 0) wakes.set(id, Math.min(...ends));
    else wakes.remove(id);
  }

  return {
    get,
    find: (id) => records.get(id) ?? null,
    thresholdsOf,
    step,
    settle: (provider) => step(provider, settle),
    forget(id) {
      records.delete(id);
      wakes.remove(id);
    },
    begin() {
      startedAt = clock();
    },
    stop: () => wakes.stop(),
  };
}

function logDecision(log: Logger, { providerId, from, to, rule, until, actor, text }: Decision): void {
  const fields = { provider: providerId, from, to, rule, until, actor };
  if (to === "AUTO_DISABLED" && from !== to) log.warn({ event: "provider.auto_disabled", ...fields }, text);
  else if (rule === "circuit.admin") log.info({ event: "provider.enabled", ...fields }, text);
  else log.info({ event: "provider.decision", ...fields }, text);
}
