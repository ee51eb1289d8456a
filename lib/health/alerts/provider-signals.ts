import { formatCount, formatDuration, formatInstant, formatMs, formatNoun } from "@/lib/format";
import { describeFailure } from "@/lib/health/engine/explain";
import type { Thresholds } from "@/lib/health/engine/types";
import type { ProviderHealth, ProviderState } from "@/lib/health/health-view";
import type { Alert, AlertRule, Severity } from "./alert";
import { type ErrorRate, judgeErrorRate } from "./error-rate";
import { type Outcome, successesInRow } from "./outcomes";
import { ruleOf } from "./rules";
import type { Signal } from "./signal";

const DAY_MS = 24 * 3_600_000;
const TLS_WARNING_MS = 21 * DAY_MS;
const TLS_CRITICAL_MS = 3 * DAY_MS;
const FEWEST_SAMPLES = 5;
const RESOLVE_BELOW = 0.8;
const PROOF = 2;
/** A provider that has been well for so long needs no two calls to prove it, unless one failed that is still known. */
const WELL_FOR_MS = 10 * 60_000;

/** What is known of one provider at one moment. */
export interface ProviderFacts {
  id: string;
  name: string;
  /** Of its host. */
  origin: string;
  /** Never TESTING: what it was before the check. */
  state: ProviderState;
  health: Pick<ProviderHealth, "disabledUntil" | "lastError" | "figures">;
  thresholds: Pick<Thresholds, "errorWarningPercent" | "latencyWarningMs">;
  errorCriticalPercent: number;
  /** The newest that count, oldest first. */
  outcomes: readonly Outcome[];
  /** Epoch milliseconds; null while no certificate was seen. */
  tlsExpiresAt: number | null;
  now: number;
}

type Verdict = Signal["verdict"];
type Judged = Pick<Signal, "verdict" | "text" | "endText"> & { severity?: Severity; subject?: string };

/** How each of the rules about providers judges this one. Pure. */
export function toProviderSignals(facts: ProviderFacts): Signal[] {
  const { thresholds, errorCriticalPercent } = facts;
  const judged = {
    ProviderErrorRateWarning: errorRate(facts, thresholds.errorWarningPercent),
    ProviderErrorRateCritical: errorRate(facts, errorCriticalPercent),
    ProviderSlow: slow(facts),
    ProviderDown: down(facts),
    ProviderAutoDisabled: autoDisabled(facts),
    ProviderMisconfigured: misconfigured(facts),
    TrendDegrading: degrading(facts),
    TlsExpiring: tlsExpiring(facts),
  } satisfies Partial<Record<AlertRule, Judged>>;
  // Safe because the table's own keys are the names.
  return Object.entries(judged).map(([name, given]) => toSignal(facts, name as keyof typeof judged, given));
}

/** A provider that is no more: whatever was said of it is over. */
export function toRemovedSignal({ rule, severity, subject, providerId, providerName }: Alert): Signal {
  const provider = providerId === null ? null : { id: providerId, name: providerName ?? providerId };
  const endText = `${providerName ?? subject} has been removed.`;
  return { rule, severity, subject, provider, members: [], since: null, verdict: "clear", text: "", endText };
}

function toSignal({ id, name, state }: ProviderFacts, rule: AlertRule, judged: Judged): Signal {
  return {
    rule,
    severity: ruleOf(rule).severity,
    subject: id,
    provider: { id, name },
    members: [],
    since: null,
    ...judged,
    endText: state === "DISABLED" ? `${name} is switched off.` : judged.endText,
  };
}

function errorRate(facts: ProviderFacts, limitPercent: number): Judged {
  const { name, now, outcomes, health } = facts;
  const rate = judgeErrorRate(health.figures.windows.m5, outcomes, { limitPercent, now });
  return {
    verdict: unlessOff(facts, rate.reached ? "active" : rate.below && isProved(facts) ? "clear" : "held"),
    text: errorText(name, rate),
    endText: `Calls to ${name} succeed again.`,
  };
}

function errorText(name: string, { told: { judged, failed, newest } }: ErrorRate): string {
  return newest
    ? `${formatCount(failed)} of the last ${formatCount(judged)} calls to ${name} failed, and it is getting worse.`
    : `${formatCount(failed)} of ${formatNoun(judged, "call")} to ${name} failed in 5 minutes.`;
}

function slow(facts: ProviderFacts): Judged {
  const { m5 } = facts.health.figures.windows;
  const limitMs = facts.thresholds.latencyWarningMs;
  const { p95Ms } = m5;
  const isSlow = p95Ms !== null && p95Ms > limitMs && successesOf(m5) >= FEWEST_SAMPLES;
  const isQuick = p95Ms !== null && p95Ms < limitMs * RESOLVE_BELOW && isProved(facts);
  return {
    verdict: unlessOff(facts, isSlow ? "active" : isQuick ? "clear" : "held"),
    text: `${facts.name} is slow: one call in twenty takes longer than ${formatMs(p95Ms)}, the limit is ${formatMs(limitMs)}.`,
    endText: `${facts.name} is quick again.`,
  };
}

function successesOf({
  samples,
  classes,
}: {
  samples: number;
  classes: ProviderHealth["figures"]["windows"]["m5"]["classes"];
}) {
  return Math.min(samples, (classes.ok ?? 0) + (classes.ok_empty ?? 0));
}

function down(facts: ProviderFacts): Judged {
  const { name, health } = facts;
  const count = health.figures.consecutiveFailures;
  const row = count > 0 ? `${formatNoun(count, "failure")} in a row` : "too many of its last calls failed";
  return {
    verdict: byState(facts, ["DOWN", "AUTO_DISABLED"]),
    text: `${name} is down: ${row}${lastFailure(facts)}.`,
    endText: `${name} is well again.`,
  };
}

function autoDisabled(facts: ProviderFacts): Judged {
  const { name, health, now } = facts;
  const { disabledUntil } = health;
  const until = disabledUntil === null ? "" : ` until ${formatInstant(disabledUntil, "UTC")} UTC`;
  const length = disabledUntil === null ? "" : ` (${formatDuration(Math.max(0, disabledUntil - now))})`;
  const count = formatNoun(health.figures.consecutiveFailures, "failure");
  return {
    verdict: byState(facts, ["AUTO_DISABLED"]),
    text: `${name} is disabled${until}${length} after ${count} in a row${lastFailure(facts)}. Good probes bring it back sooner.`,
    endText: `${name} is in use again.`,
  };
}

function misconfigured(facts: ProviderFacts): Judged {
  const { name } = facts;
  return {
    verdict: byState(facts, ["MISCONFIGURED"]),
    text: `${name} cannot be used as it is set up${lastFailure(facts)}. Nothing is sent until its settings change or a test passes.`,
    endText: `${name} works with its present settings.`,
  };
}

function degrading(facts: ProviderFacts): Judged {
  const { trend } = facts.health.figures;
  const worse = [
    ...(trend.errors === "degrading" ? ["fails more and more often"] : []),
    ...(trend.latency === "degrading" ? ["gets slower and slower"] : []),
  ];
  const isUnknown = trend.errors === "unknown" && trend.latency === "unknown";
  return {
    verdict: unlessOff(facts, worse.length > 0 ? "active" : isUnknown ? "held" : "clear"),
    text: `${facts.name} ${worse.join(" and ")} over the last hours.`,
    endText: `${facts.name} no longer gets worse.`,
  };
}

/** About the host: several providers of one host show the same certificate. */
function tlsExpiring(facts: ProviderFacts): Judged {
  const { tlsExpiresAt, now, origin } = facts;
  const leftMs = tlsExpiresAt === null ? null : tlsExpiresAt - now;
  const verdict = leftMs === null ? "held" : leftMs <= TLS_WARNING_MS ? "active" : "clear";
  const at = tlsExpiresAt === null ? "" : formatInstant(tlsExpiresAt, "UTC");
  return {
    subject: origin,
    severity: leftMs !== null && leftMs <= TLS_CRITICAL_MS ? "critical" : "warning",
    verdict: unlessOff(facts, verdict),
    text:
      leftMs !== null && leftMs <= 0
        ? `The certificate of ${origin} expired on ${at} UTC.`
        : `The certificate of ${origin} expires on ${at} UTC.`,
    endText: `${origin} has a new certificate.`,
  };
}

/** Over when it is in use again and two calls in a row have proved it. */
function byState(facts: ProviderFacts, states: readonly ProviderState[]): Verdict {
  if (states.includes(facts.state)) return "active";
  const works = facts.state === "ACTIVE" || facts.state === "DEGRADED";
  return unlessOff(facts, works && isProved(facts) ? "clear" : "held");
}

/** Nothing is wrong with what is switched off. */
function unlessOff({ state }: ProviderFacts, verdict: Verdict): Verdict {
  return state === "DISABLED" ? "clear" : verdict;
}

function isProved({ outcomes, state, health, now }: ProviderFacts): boolean {
  if (successesInRow(outcomes) >= PROOF) return true;
  const { stateSince } = health.figures;
  const isLongWell = state === "ACTIVE" && stateSince !== null && now - stateSince >= WELL_FOR_MS;
  return isLongWell && outcomes.every(({ failed }) => !failed);
}

function lastFailure({ health: { lastError } }: ProviderFacts): string {
  if (!lastError) return "";
  return `, the last ${describeFailure({ class: lastError.class, durationMs: null, httpStatus: null })}`;
}
