import type { Logger } from "pino";
import { AppError } from "@/lib/errors";
import type { CallProvider } from "@/lib/providers/call-provider";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import type { CallResult, Provider, Source } from "@/lib/providers/provider";
import { checkOperation, runCheck, type TestResult, toTestResult } from "./check-run";
import { isInTrouble } from "./engine/status";
import type { HealthRecord } from "./health-record";
import type { HealthSettings } from "./health-settings";
import { nextCheckAt } from "./next-check";
import { originOf } from "./provider-origin";
import type { ProviderRecords } from "./provider-records";
import { createScheduler } from "./scheduler";
import type { SetTimer } from "./timers";

const STARTUP_STAGGER_MS = 250;
const SHORTEST_SPREAD_MS = 5000;
const LONGEST_SPREAD_MS = 60_000;
const USER_TEST_PACE_MS = 30_000;
const QUIET_MS = 60_000;
const DEMAND_EVERY_MS = 20 * 60_000;
const LEAST_GAIN_MS = 15_000;

/** `skipped`: no call was made. */
type CheckOutcome = "ok" | "failed" | "skipped";

/** A check begins or ends, for those who count them. */
export type CheckEvent =
  /** How late it is; null for one that a person asked for. */
  { phase: "begun"; lagMs: number | null } | { phase: "ended"; outcome: CheckOutcome };

export interface CheckQueue {
  /** Due and waiting for their turn. */
  waiting: number;
  active: number;
  /** Ended in a mistake of our own since the start. */
  failed: number;
}

export interface Checks {
  start(call: CallProvider): void;
  test(providerId: string, options: { paced: boolean }): Promise<TestResult>;
  testAll(only?: "failed"): Promise<(TestResult & { id: string })[]>;
  /** Out of turn, without waiting for it. */
  checkSoon(providerId: string): void;
  /** All of these out of turn, spread over a while that grows with their number. */
  checkAll(providerIds: readonly string[]): void;
  /** Somebody wanted the provider while it rests: its next probe may come sooner. */
  demand(providerId: string): void;
  /** The plan may have changed. */
  replan(providerId: string): void;
  /** The plan may have come nearer. */
  hasten(providerId: string): void;
  setPersonalIntervals(minutes: readonly number[]): void;
  /** When the next one is planned; null for none. */
  findDue(providerId: string): number | null;
  remove(providerId: string): void;
  queue(): CheckQueue;
  stop(): Promise<void>;
}

interface ChecksOptions {
  providers: Pick<ProviderCatalog, "list" | "find" | "get">;
  records: ProviderRecords;
  settings: () => HealthSettings;
  clock: () => number;
  random: () => number;
  setTimer: SetTimer;
  log: Logger;
  onError: (error: unknown) => void;
  onCheck: (event: CheckEvent) => void;
  /** Whether we ourselves cannot reach the provider now. */
  isCutOff: (provider: Provider) => boolean;
}

/** Scheduled checks and probes, and those that people ask for. A failed check is a sample; it never rejects. */
export function createChecks(options: ChecksOptions): Checks {
  const { providers, records, settings, clock, random, setTimer, log, onError, onCheck, isCutOff } = options;
  const stopping = new AbortController();
  let door: CallProvider | null = null;
  let personalIntervals: readonly number[] = [];
  let mistakes = 0;

  const scheduler = createScheduler({
    clock,
    setTimer,
    concurrency: settings().checkConcurrency,
    dueAt(id) {
      const provider = providers.find(id);
      if (!provider) return null;
      const cutOff = isCutOff(provider);
      const demand = { provider, settings: settings(), now: clock(), personalIntervals, cutOff };
      return nextCheckAt(records.get(id), demand);
    },
    originOf(id) {
      const provider = providers.find(id);
      return provider ? originOf(provider) : id;
    },
    run: runScheduled,
  });

  async function runScheduled(id: string, dueAt: number): Promise<void> {
    const provider = providers.find(id);
    // It may have waited for its turn while the connection was lost.
    if (!provider || isCutOff(provider)) return;
    const record = records.get(id);
    record.forcedAt = null;
    record.jitter = random();
    record.lastRunAt = clock();
    await check(provider, isInTrouble(record.state) ? "probe" : "check", Math.max(0, clock() - dueAt));
  }

  async function check(provider: Provider, source: Source, lagMs: number | null): Promise<TestResult> {
    if (!door) throw new AppError("unavailable", "The app is still starting.");
    const record = records.get(provider.id);
    const operation = checkOperation(provider, record.state);
    const deadlineMs = Math.min(settings().checkTimeoutMs, provider.timeoutMs);
    const manual = source === "manual" ? 1 : 0;
    record.running = { all: record.running.all + 1, manual: record.running.manual + manual };
    let outcome: CheckOutcome = "failed";
    onCheck({ phase: "begun", lagMs });
    try {
      const { signal } = stopping;
      const result = await runCheck(door, { provider, operation, source, deadlineMs, signal });
      outcome = toOutcome(result);
      return toTestResult(result);
    } catch (error) {
      mistakes++;
      log.error({ event: "health.check_error", provider: provider.id, err: error }, "a check could not be made");
      onError(error);
      return {
        healthy: false,
        responseTimeMs: null,
        error: { class: "internal", message: "It could not be checked." },
      };
    } finally {
      record.running = { all: record.running.all - 1, manual: record.running.manual - manual };
      onCheck({ phase: "ended", outcome });
    }
  }

  async function test(id: string, { paced }: { paced: boolean }): Promise<TestResult> {
    const provider = providers.get(id);
    if (paced) pace(provider);
    const record = records.get(id);
    record.test ??= check(provider, "manual", null).finally(() => {
      record.test = null;
      record.lastRunAt = clock();
      scheduler.plan(id);
    });
    return record.test;
  }

  function pace(provider: Provider): void {
    const record = records.get(provider.id);
    const now = clock();
    const waitMs = record.lastUserTestAt === null ? 0 : record.lastUserTestAt + USER_TEST_PACE_MS - now;
    if (waitMs > 0) {
      const retryAfterSeconds = Math.ceil(waitMs / 1000);
      const message = `${provider.name} was tested a moment ago. It can be tested again in ${retryAfterSeconds} s.`;
      throw new AppError("too_many_requests", message, { retryAfterSeconds });
    }
    record.lastUserTestAt = now;
  }

  async function testAll(only?: "failed"): Promise<(TestResult & { id: string })[]> {
    const chosen = usable().filter(({ id }) => only !== "failed" || !isWell(id));
    const results = new Map<string, TestResult>();
    const waiting = chosen.values();
    // One shared iterator, so that each worker takes the next provider when it is done with one.
    const workers = Array.from({ length: Math.min(settings().checkConcurrency, chosen.length) }, async () => {
      for (const { id } of waiting) results.set(id, await test(id, { paced: false }));
    });
    await Promise.all(workers);
    return chosen.flatMap(({ id }) => {
      const result = results.get(id);
      return result ? [{ id, ...result }] : [];
    });
  }

  function usable(): Provider[] {
    return providers.list().filter((provider) => provider.enabled && provider.initialized);
  }

  function isWell(id: string): boolean {
    const { state } = records.get(id);
    return state.streak.count === 0 && state.shown.state !== "MISCONFIGURED" && state.autoDisable.since === null;
  }

  return {
    start(call) {
      door = call;
      const now = clock();
      usable().forEach(({ id }, index) => {
        records.get(id).forcedAt = now + index * STARTUP_STAGGER_MS;
        scheduler.plan(id);
      });
    },
    test,
    testAll,
    checkSoon(id) {
      records.get(id).forcedAt = clock();
      scheduler.plan(id);
    },
    demand(id) {
      const record = records.get(id);
      const due = scheduler.findDue(id);
      const now = clock();
      if (due === null || due - now < LEAST_GAIN_MS || !mayBeAskedAgain(record, now)) return;
      record.lastDemandAt = now;
      record.forcedAt = now;
      scheduler.hasten(id);
    },
    checkAll(ids) {
      const spreadMs = Math.min(LONGEST_SPREAD_MS, Math.max(SHORTEST_SPREAD_MS, ids.length * STARTUP_STAGGER_MS));
      for (const id of ids) {
        records.get(id).forcedAt = clock() + Math.round(random() * spreadMs);
        scheduler.plan(id);
      }
    },
    replan: (id) => scheduler.plan(id),
    hasten: (id) => scheduler.hasten(id),
    setPersonalIntervals(minutes) {
      personalIntervals = minutes;
      for (const { id } of providers.list()) scheduler.hasten(id);
    },
    findDue: (id) => scheduler.findDue(id),
    remove: (id) => scheduler.remove(id),
    queue: () => ({ ...scheduler.counts(), failed: mistakes }),
    async stop() {
      stopping.abort();
      await scheduler.stop();
    },
  };
}

/** Not within a minute of its last call, and seldom enough that a dead provider is not called more than the ladder intends. */
function mayBeAskedAgain({ state, lastRunAt, lastDemandAt }: HealthRecord, now: number): boolean {
  const calledAt = Math.max(lastRunAt ?? 0, state.lastError?.at ?? 0, state.lastOkAt ?? 0);
  return now - calledAt >= QUIET_MS && now - (lastDemandAt ?? 0) >= DEMAND_EVERY_MS;
}

function toOutcome(result: CallResult<unknown>): CheckOutcome {
  if (result.ok) return "ok";
  return result.kind === "failed" && result.failure.class !== "cancelled" ? "failed" : "skipped";
}
