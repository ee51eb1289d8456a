import { type Alert, SEVERITIES, type Severity } from "./alert";
import { GROUP_FEWEST, type Member, type Outages, toGroupSignals, withSignals } from "./groups";
import { ruleOf } from "./rules";
import { fingerprintOf, type Signal } from "./signal";

/** What was told of a fingerprint, for as long as it keeps the next of its kind back. */
interface Told {
  at: number;
  severity: Severity;
  snoozedUntil: number | null;
}

/** All that is remembered from one look to the next. Plain values; instants are epoch milliseconds. */
export interface AlertBook {
  /** Pending and firing, by fingerprint. */
  open: ReadonlyMap<string, Alert>;
  told: ReadonlyMap<string, Told>;
  outages: Outages;
}

export interface LookContext {
  now: number;
  cooldownMs: number;
  groupWaitMs: number;
  /** Just started: nothing is told yet. */
  inGrace: boolean;
  /** Our own connection is gone: nothing can be said about providers. */
  offline: boolean;
  /** All providers in use. */
  members: readonly Member[];
  /** How many providers failed at their last call, a moment ago. */
  failing: number;
  newId: () => string;
}

/** `withdrawn`: it was pending and is over, as if it had never been. `changed`: what is known of it, not its state. */
export type AlertChange =
  | { kind: "pending" | "fired" | "changed" | "withdrawn"; alert: Alert }
  | { kind: "resolved"; alert: Alert; endText: string };

export interface Look {
  book: AlertBook;
  changes: AlertChange[];
}

interface Draft {
  open: Map<string, Alert>;
  told: Map<string, Told>;
  changes: Map<string, AlertChange>;
  context: LookContext;
}

const LONGEST_COOLDOWN_MS = 24 * 3_600_000;
const LOOK_AROUND_MS = 5_000;

/** Takes up what is stored: open alerts, and those told lately. */
export function toAlertBook(alerts: readonly Alert[]): AlertBook {
  const inOrder = alerts.toSorted((a, b) => a.startedAt - b.startedAt);
  const open = inOrder.filter(({ state }) => state !== "resolved");
  const told = inOrder.filter(({ firedAt, snoozedUntil }) => firedAt !== null || snoozedUntil !== null);
  const outages = open.flatMap(({ rule, providerId, members, startedAt }) => [
    ...(providerId !== null && ruleOf(rule).outage ? [[providerId, startedAt] as const] : []),
    ...members.map((id) => [id, startedAt] as const),
  ]);
  return {
    open: new Map(open.map((alert) => [alert.fingerprint, alert])),
    told: new Map(told.map((alert) => [alert.fingerprint, toTold(alert)])),
    outages: new Map(outages),
  };
}

/** What people have done with an alert. */
export function annotate(book: AlertBook, alert: Alert): AlertBook {
  const told = new Map(book.told).set(alert.fingerprint, toTold(alert));
  return { ...book, open: new Map(book.open).set(alert.fingerprint, alert), told };
}

/**
 * One look at some providers and at ourselves: alerts begin (`pending`), are told (`firing`) and end (`resolved`). Pure but for `newId`.
 * What no signal speaks of stays as it is.
 */
export function lookAt(book: AlertBook, given: readonly Signal[], context: LookContext): Look {
  const { now, offline, members } = context;
  const outages = offline ? book.outages : withSignals(book.outages, given, now);
  const draft: Draft = { open: new Map(book.open), told: freshlyTold(book.told, now), changes: new Map(), context };
  const groups = [...book.open.values()].filter(({ rule }) => rule === "GroupOutage");
  const signals = [...(offline ? [] : toGroupSignals(outages, { members, open: groups, now })), ...given];
  const active = new Set(signals.flatMap((signal) => (signal.verdict === "active" ? keyOf(signal) : [])));
  const seen = new Set<string>();
  for (const signal of signals) {
    const fingerprint = fingerprintOf(signal);
    // Of several that speak of the same host the first is enough.
    if (seen.has(fingerprint)) continue;
    seen.add(fingerprint);
    take(draft, signal, { fingerprint, mayBegin: mayBegin(draft, signal, active) });
    if (signal.rule === "GroupOutage") withdrawMembers(draft, signal.members);
  }
  if (offline) for (const alert of draft.open.values()) if (isAboutProviders(alert)) withdraw(draft, alert);
  return { book: { open: draft.open, told: draft.told, outages }, changes: [...draft.changes.values()] };
}

/** What its group's or its own worse alert says already is not told again. */
function mayBegin({ open, context }: Draft, { rule, provider, subject }: Signal, active: ReadonlySet<string>): boolean {
  const { grouped, yieldsTo } = ruleOf(rule);
  if (provider === null) return rule !== "GroupOutage" || !context.offline;
  if (context.offline) return false;
  const isInGroup = [...open.values()].some(
    (alert) => alert.rule === "GroupOutage" && alert.members.includes(provider.id),
  );
  if (grouped && isInGroup) return false;
  // What has been told to be bad may be told to be worse.
  const warning = open.get(fingerprintOf({ rule: "ProviderErrorRateWarning", subject }));
  if (rule === "ProviderErrorRateCritical" && warning?.state === "firing") return true;
  return !yieldsTo.some((other) => {
    const same = { rule: other, subject };
    return active.has(keyOf(same)) || open.has(fingerprintOf(same));
  });
}

function take(draft: Draft, signal: Signal, at: { fingerprint: string; mayBegin: boolean }): void {
  const { context } = draft;
  const { verdict } = signal;
  const alert = draft.open.get(at.fingerprint);
  if (alert?.state === "firing") {
    if (context.offline && isAboutProviders(alert)) return;
    if (verdict === "clear") resolve(draft, alert, signal.endText);
    else if (verdict === "active" && isWorse(signal.severity, alert.severity)) {
      resolve(draft, alert, `${signal.text} It is told anew, as ${signal.severity}.`);
      begin(draft, signal, at.fingerprint);
    } else if (verdict === "active" && alert.members.length !== signal.members.length) {
      keep(draft, "changed", { ...alert, members: signal.members, text: signal.text });
    }
    return;
  }
  const lasts = verdict === "active" || (verdict === "held" && ruleOf(signal.rule).forMs === 0);
  if (alert && !(lasts && at.mayBegin)) withdraw(draft, alert);
  else if (alert && verdict === "active") goOn(draft, alert, signal);
  else if (!alert && verdict === "active" && at.mayBegin) begin(draft, signal, at.fingerprint);
}

function begin(draft: Draft, signal: Signal, fingerprint: string): void {
  const { now, newId } = draft.context;
  const { rule, severity, subject, provider, members, since, text } = signal;
  const snoozedUntil = draft.told.get(fingerprint)?.snoozedUntil ?? null;
  const alert: Alert = {
    id: newId(),
    fingerprint,
    rule,
    severity,
    subject,
    providerId: provider?.id ?? null,
    providerName: provider?.name ?? null,
    members,
    state: "pending",
    startedAt: since ?? now,
    firedAt: null,
    resolvedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    snoozedUntil: snoozedUntil !== null && snoozedUntil > now ? snoozedUntil : null,
    text,
  };
  keep(draft, "pending", alert);
  goOn(draft, alert, signal);
}

function goOn(draft: Draft, before: Alert, { severity, members, text }: Signal): void {
  const alert = { ...before, severity, members, text };
  draft.open.set(alert.fingerprint, alert);
  if (!isDue(draft, alert)) return;
  const { now } = draft.context;
  const fired: Alert = { ...alert, state: "firing", firedAt: now };
  draft.told.set(fired.fingerprint, toTold(fired));
  keep(draft, "fired", fired);
}

function isDue({ told, context }: Draft, { rule, startedAt, severity, fingerprint, snoozedUntil }: Alert): boolean {
  const { now, groupWaitMs, cooldownMs, inGrace, failing } = context;
  const { forMs, waits, grouped } = ruleOf(rule);
  if (inGrace || (snoozedUntil !== null && now < snoozedUntil)) return false;
  // What comes early for one provider waits while several fail: it may be about to become an outage of their group. Whether they do
  // shows within a moment, as some fail faster than others.
  const mayBeGroup = waits || (grouped && failing >= GROUP_FEWEST);
  const waitMs = mayBeGroup ? groupWaitMs : grouped ? Math.min(groupWaitMs, LOOK_AROUND_MS) : 0;
  if (now - startedAt < Math.max(forMs, waitMs)) return false;
  const last = told.get(fingerprint);
  return !last || now - last.at >= cooldownMs || isWorse(severity, last.severity);
}

function withdrawMembers(draft: Draft, members: readonly string[]): void {
  for (const alert of draft.open.values()) {
    if (alert.providerId !== null && members.includes(alert.providerId) && ruleOf(alert.rule).grouped)
      withdraw(draft, alert);
  }
}

function resolve(draft: Draft, alert: Alert, endText: string): void {
  const ended: Alert = { ...alert, state: "resolved", resolvedAt: draft.context.now };
  draft.open.delete(alert.fingerprint);
  draft.changes.set(alert.id, { kind: "resolved", alert: ended, endText });
}

function withdraw(draft: Draft, alert: Alert): void {
  if (alert.state !== "pending") return;
  draft.open.delete(alert.fingerprint);
  draft.changes.set(alert.id, { kind: "withdrawn", alert });
}

function keep(draft: Draft, kind: "pending" | "fired" | "changed", alert: Alert): void {
  draft.open.set(alert.fingerprint, alert);
  draft.changes.set(alert.id, { kind, alert });
}

function freshlyTold(told: ReadonlyMap<string, Told>, now: number): Map<string, Told> {
  return new Map(
    [...told].filter(([, { at, snoozedUntil }]) => now - at < LONGEST_COOLDOWN_MS || (snoozedUntil ?? 0) > now),
  );
}

function toTold({ firedAt, severity, snoozedUntil }: Alert): Told {
  return { at: firedAt ?? 0, severity, snoozedUntil };
}

function isAboutProviders({ providerId, rule }: Alert): boolean {
  return providerId !== null || rule === "GroupOutage";
}

function isWorse(a: Severity, b: Severity): boolean {
  return SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b);
}

function keyOf({ rule, subject }: Pick<Signal, "rule" | "subject">): string {
  return `${rule}|${subject}`;
}
