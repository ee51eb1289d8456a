import type { Logger } from "pino";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import { isCountable, isSuccess } from "@/lib/providers/outcome";
import type { Provider, ProviderCall } from "@/lib/providers/provider";
import type { Checks } from "./checks";
import type { Reachability } from "./connectivity-canaries";
import { createConnectivityWatch, type OwnOutage } from "./connectivity-watch";
import { decide } from "./engine/decide";
import { countsNowhere, isCheck, saysNothing } from "./engine/figures";
import { pauseUptime, undoFailures } from "./engine/own-outage";
import { addToTrend, takeFromTrend } from "./engine/trend";
import type { HealthRecord } from "./health-record";
import { originOf } from "./provider-origin";
import type { ProviderRecords } from "./provider-records";
import { createQuarantine } from "./quarantine";
import type { Recorder } from "./recorder";
import { toStoredSample } from "./stored-health";
import type { SetTimer } from "./timers";

const SUSPECT_FOR_MS = 60_000;

/** Our own connection was lost or came back. Instants are epoch milliseconds. */
export interface ConnectivityChange {
  at: number;
  online: boolean;
  /** When the outage began. */
  since: number;
  cause: OwnOutage["cause"];
}

/** The one way in for samples. */
export interface Intake {
  observe(call: ProviderCall): void;
  isCutOff(provider: Provider): boolean;
  selfOnline(): boolean;
  /** What was known of the provider no longer holds: nothing that came before is taken back. */
  startOver(providerId: string): void;
  /** Nothing waits any longer. */
  stop(): void;
}

interface IntakeOptions {
  providers: Pick<ProviderCatalog, "list" | "find">;
  records: ProviderRecords;
  recorder: Pick<Recorder, "addSample" | "touch" | "relabel">;
  checks: Pick<Checks, "replan" | "checkAll">;
  reachability: Reachability;
  /** Whether our own process was not able to work in the last so many milliseconds. */
  wasDisturbed: (ms: number) => boolean;
  clock: () => number;
  random: () => number;
  setTimer: SetTimer;
  log: Logger;
  /** Every sample, of the class that counts. */
  onSample: (call: ProviderCall) => void;
  onConnectivity: (change: ConnectivityChange) => void;
  guard: (stage: string, work: () => void) => void;
}

/**
 * Takes finished calls in. One that found no sign of its host waits up to 3 s: should we ourselves be offline, it becomes `self_offline`,
 * as do those that were counted before that was known.
 */
export function createIntake(options: IntakeOptions): Intake {
  const { providers, records, recorder, checks, reachability, clock, random, setTimer, log, guard } = options;

  const watch = createConnectivityWatch({
    reachability,
    clock,
    random,
    setTimer,
    log,
    origins: () => usable().map(originOf),
    onLost: (outage) => guard("onLost", () => lose(outage)),
    onBack: (outage) => guard("onBack", () => comeBack(outage)),
  });
  const quarantine = createQuarantine({ setTimer, onRelease: (call) => guard("observe", () => take(call)) });

  function usable(): Provider[] {
    return providers.list().filter((provider) => provider.enabled && provider.initialized);
  }

  function observe(given: ProviderCall): void {
    const call = options.wasDisturbed(given.durationMs) && !countsNowhere(given.class) ? toTainted(given) : given;
    const isSuspect = call.unreachable && isCountable(call.class);
    // What its host answered after those that wait is answered for them too.
    if (!isSuspect && !saysNothing(call.class)) quarantine.release(call.providerId);
    watch.hear(call);
    if (!isSuspect) take(call);
    else if (watch.covers(call.origin)) take(toOurs(call));
    else quarantine.add(call);
  }

  function take(call: ProviderCall): void {
    const provider = providers.find(call.providerId);
    if (!provider) return;
    const record = records.get(provider.id);
    recorder.addSample(toStoredSample(call));
    if (!countsNowhere(call.class)) addToTrend(record.trend, clock(), call.class, call.durationMs);
    keepSuspects(record, call);
    records.step(provider, (state, windows, context) => decide(state, windows, call, context));
    recorder.touch(provider.id);
    guard("onSample", () => options.onSample(call));
    logCall(log, call);
  }

  function keepSuspects(record: HealthRecord, call: ProviderCall): void {
    if (saysNothing(call.class)) return;
    const now = clock();
    const isSuspect = call.unreachable && isCountable(call.class);
    if (!isSuspect && record.suspects.length === 0) return;
    const { startedAt } = call;
    record.suspects = isSuspect
      ? [
          ...record.suspects.filter(({ countedAt }) => now - countedAt <= SUSPECT_FOR_MS),
          { before: record.state, startedAt, countedAt: now },
        ]
      : [];
  }

  function lose(outage: OwnOutage): void {
    for (const call of quarantine.take(({ origin }) => watch.covers(origin))) take(toOurs(call));
    const undone = usable().flatMap((provider) => {
      if (!watch.covers(originOf(provider))) return [];
      const suspects = takeBack(provider, outage);
      const record = records.get(provider.id);
      record.state = pauseUptime(record.state, outage.since);
      recorder.touch(provider.id);
      checks.replan(provider.id);
      return suspects.map(({ startedAt }) => ({ providerId: provider.id, at: Math.round(startedAt) }));
    });
    if (undone.length > 0) void relabel(undone);
    options.onConnectivity({ at: clock(), online: false, ...outage });
  }

  function takeBack(provider: Provider, { since }: OwnOutage): HealthRecord["suspects"] {
    const record = records.get(provider.id);
    const suspects = record.suspects.filter(({ startedAt }) => startedAt >= since);
    record.suspects = [];
    const [first] = suspects;
    if (!first) return [];
    for (const { countedAt } of suspects) takeFromTrend(record.trend, countedAt);
    const { before, countedAt } = first;
    records.step(provider, (state, windows, context) =>
      undoFailures(state, windows, { before, countedAt, since }, context),
    );
    return suspects;
  }

  async function relabel(samples: readonly { providerId: string; at: number }[]): Promise<void> {
    try {
      await recorder.relabel(samples, "self_offline");
    } catch (error) {
      log.warn({ event: "history.not_relabelled", err: error }, "failures of our own still stand in the history");
    }
  }

  function comeBack(outage: OwnOutage): void {
    const waited = usable().filter((provider) => outage.cause === "hosts" || reachability.isPublic(originOf(provider)));
    checks.checkAll(waited.map(({ id }) => id));
    options.onConnectivity({ at: clock(), online: true, ...outage });
  }

  return {
    observe,
    isCutOff: (provider) => watch.covers(originOf(provider)),
    selfOnline: () => watch.findOutage() === null,
    startOver(id) {
      quarantine.release(id);
      const record = records.find(id);
      if (record) record.suspects = [];
    },
    stop() {
      quarantine.releaseAll();
      watch.stop();
    },
  };
}

function toOurs(call: ProviderCall): ProviderCall {
  return { ...call, class: "self_offline", message: "Yagura itself had no connection." };
}

function toTainted(call: ProviderCall): ProviderCall {
  return { ...call, class: "tainted", unreachable: false, message: "Yagura itself was held up during this call." };
}

function logCall(log: Logger, call: ProviderCall): void {
  const { providerId, source, operation, class: outcome, httpStatus, message, requestId } = call;
  const fields = {
    provider: providerId,
    source,
    operation,
    class: outcome,
    ms: Math.round(call.durationMs),
    ...(requestId !== null && { request_id: requestId }),
  };
  if (isCheck(call)) log.info({ event: "provider.checked", ...fields }, `${providerId} checked: ${outcome}`);
  if (isSuccess(outcome) || countsNowhere(outcome)) return;
  log.warn(
    { event: "provider.call_failed", ...fields, status: httpStatus, reason: message },
    `${providerId}: ${outcome}`,
  );
}
