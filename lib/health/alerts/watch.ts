import type { HealthSettings } from "@/lib/health/health-settings";
import type { ProviderState } from "@/lib/health/health-view";
import type { HealthMonitor } from "@/lib/health/monitor";
import { originOf } from "@/lib/health/provider-origin";
import { type SetTimer, setRepeating } from "@/lib/health/timers";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import type { Provider, ProviderCall } from "@/lib/providers/provider";
import type { Alert } from "./alert";
import type { AlertTimes } from "./alert-times";
import { TOGETHER_MS } from "./groups";
import { type AlertBook, type AlertChange, annotate, lookAt, toAlertBook } from "./life-cycle";
import { hasJustFailed, type Outcome, withOutcome } from "./outcomes";
import { type ProviderFacts, toProviderSignals, toRemovedSignal } from "./provider-signals";
import type { SelfWatch } from "./self-watch";
import type { Signal } from "./signal";

/** What happens together is looked at together. */
const LOOK_AFTER_MS = 1000;
const PENDING_LOOK_MS = 1000;
/** All are looked at in so many parts, one after the other: what time alone changes is seen too, and no look is long. */
const SWEEP_PARTS = 15;
const SWEEP_PART_MS = 1000;

export interface WatchOptions {
  providers: Pick<ProviderCatalog, "list" | "find">;
  health: Pick<HealthMonitor, "view" | "thresholds">;
  self: SelfWatch;
  settings: () => Pick<HealthSettings, "startupGraceMs" | "errorCriticalPercent"> & AlertTimes;
  /** When the certificate of a host ends; null while unknown. Epoch milliseconds. */
  findTlsExpiry: (origin: string) => number | null;
  clock: () => number;
  setTimer: SetTimer;
  newId: () => string;
  onChanges: (changes: readonly AlertChange[]) => void;
  /** A mistake of our own. */
  report: (error: unknown) => void;
}

/** Looks at providers soon after something happened to them, and at all of them every 15 s. */
export interface AlertWatch {
  noteSample(call: ProviderCall): void;
  touch(providerId: string): void;
  /** Something happened to Yagura itself. */
  touchSelf(): void;
  open(): readonly Alert[];
  /** Null when it is over by now. */
  annotate(id: string, change: Partial<Alert>): Alert | null;
  start(stored: readonly Alert[]): void;
  stop(): void;
}

export function createAlertWatch(options: WatchOptions): AlertWatch {
  const { providers, health, self, settings, findTlsExpiry, clock, setTimer, newId, onChanges, report } = options;
  const outcomes = new Map<string, readonly Outcome[]>();
  const states = new Map<string, ProviderState>();
  const touched = new Set<string>();
  const ends: (() => void)[] = [];
  let book: AlertBook = toAlertBook([]);
  let startedAt = clock();
  let running = false;
  let planned: (() => void) | null = null;
  let swept = 0;

  function plan(ms: number): void {
    if (!running) return;
    planned ??= setTimer(() => {
      planned = null;
      const at = toLookAt();
      touched.clear();
      look(at);
    }, ms);
  }

  async function sweep(): Promise<void> {
    const all = providers.list();
    const part = all.filter((_, index) => index % SWEEP_PARTS === swept % SWEEP_PARTS);
    swept++;
    for (const known of [outcomes, states]) for (const id of known.keys()) if (!providers.find(id)) known.delete(id);
    // Those with news are looked at in a moment, together with what happens meanwhile.
    look(part.filter(({ id }) => !touched.has(id)));
  }

  /** Providers with news, and those of which something waits to be told. */
  function toLookAt(): readonly Provider[] {
    const waiting = [...book.open.values()].flatMap(({ state, providerId, members }) =>
      state === "pending" ? [...(providerId === null ? [] : [providerId]), ...members] : [],
    );
    return [...new Set([...touched, ...waiting])].flatMap((id) => providers.find(id) ?? []);
  }

  function look(at: readonly Provider[]): void {
    try {
      const now = clock();
      const { startupGraceMs, errorCriticalPercent, ...times } = settings();
      const signals = [
        ...self.signals(now),
        ...at.flatMap((provider) => toProviderSignals(factsOf(provider, { now, errorCriticalPercent }))),
        ...removed(),
      ];
      const { book: next, changes } = lookAt(book, signals, {
        now,
        cooldownMs: times.cooldownMs,
        groupWaitMs: times.groupWaitMs,
        inGrace: now - startedAt < startupGraceMs,
        offline: self.isOffline(),
        members: providers.list().flatMap((provider) => (isInUse(provider) ? toMember(provider) : [])),
        failing: [...outcomes.values()].filter((all) => hasJustFailed(all, now - TOGETHER_MS)).length,
        newId,
      });
      book = next;
      onChanges(changes);
    } catch (error) {
      report(error);
    }
    if ([...book.open.values()].some(({ state }) => state === "pending")) plan(PENDING_LOOK_MS);
  }

  function factsOf(
    provider: Provider,
    { now, errorCriticalPercent }: { now: number; errorCriticalPercent: number },
  ): ProviderFacts {
    const { id, name } = provider;
    const view = health.view(id);
    const state = view.state === "TESTING" ? (states.get(id) ?? "UNKNOWN") : view.state;
    states.set(id, state);
    return {
      id,
      name,
      origin: originOf(provider),
      state,
      health: view,
      thresholds: health.thresholds(id),
      errorCriticalPercent,
      outcomes: outcomes.get(id) ?? [],
      tlsExpiresAt: findTlsExpiry(originOf(provider)),
      now,
    };
  }

  function removed(): Signal[] {
    const alerts = [...book.open.values()].filter(
      ({ providerId }) => providerId !== null && !providers.find(providerId),
    );
    return alerts.map(toRemovedSignal);
  }

  return {
    noteSample(call) {
      const { providerId } = call;
      outcomes.set(providerId, withOutcome(outcomes.get(providerId) ?? [], call, clock()));
      touched.add(providerId);
      plan(LOOK_AFTER_MS);
    },
    touch(id) {
      touched.add(id);
      plan(LOOK_AFTER_MS);
    },
    touchSelf() {
      // What failed while we were offline says nothing.
      if (self.isOffline()) outcomes.clear();
      plan(LOOK_AFTER_MS);
    },
    open: () => [...book.open.values()],
    annotate(id, change) {
      const alert = [...book.open.values()].find((one) => one.id === id);
      if (!alert) return null;
      const annotated = { ...alert, ...change };
      book = annotate(book, annotated);
      return annotated;
    },
    start(stored) {
      book = toAlertBook(stored);
      startedAt = clock();
      running = true;
      ends.push(setRepeating(setTimer, sweep, { firstMs: SWEEP_PART_MS, everyMs: SWEEP_PART_MS }));
    },
    stop() {
      running = false;
      planned?.();
      for (const end of ends) end();
    },
  };
}

function isInUse({ enabled, initialized }: Provider): boolean {
  return enabled && initialized;
}

function toMember(provider: Provider) {
  return { id: provider.id, name: provider.name, origin: originOf(provider) };
}
