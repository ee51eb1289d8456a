import { formatClock, formatDuration, formatMs, formatNoun } from "@/lib/format";
import type { NextStep, ProviderState } from "@/lib/health/health-view";
import { isCredentialHold } from "./hold";
import type { Decision, EngineState, Thresholds } from "./types";

interface Failure {
  class: string;
  durationMs: number | null;
  httpStatus: number | null;
}

interface Zone {
  timeZone: string;
  now: number;
}

export interface ExplainFacts extends Zone {
  name: string;
  state: ProviderState;
  engine: EngineState;
  thresholds: Thresholds;
  /** Why the adapter could not be built. */
  message: string | null;
  m5: { judged: number; failed: number; p95Ms: number | null };
  next: NextStep | null;
}

/** What a person should know of the state: what, why, until when, what next. Null when all is well. Times in the given zone. */
export function explainState(facts: ExplainFacts): string | null {
  const { name, engine, message } = facts;
  switch (facts.state) {
    case "DISABLED":
      return message ? `${name} cannot be used yet. ${sentence(message)}` : `${name} is switched off by an admin.`;
    case "MISCONFIGURED":
      return misconfigured(facts);
    case "AUTO_DISABLED":
      return resting(facts, engine.autoDisable.until);
    case "RATE_LIMITED":
      return rateLimited(facts);
    case "TESTING":
      return `${name} is being checked now.`;
    case "DOWN":
      return engine.circuit.state === "OPEN" ? resting(facts, engine.circuit.until) : down(facts);
    case "DEGRADED":
      return degraded(facts);
    case "ACTIVE":
      return engine.circuit.state === "HALF_OPEN" ? trying(facts) : null;
    case "UNKNOWN":
      return engine.streak.count > 0 ? down(facts) : `${name} has not been checked yet.`;
  }
}

function misconfigured({ name, engine, message, timeZone, now }: ExplainFacts): string {
  const { hold } = engine;
  if (!hold || !isCredentialHold(hold))
    return `${name} cannot be used: ${sentence(message ?? "its settings are incomplete")}`;
  const what =
    hold.kind === "auth" ? "refused its credentials twice in a row" : "could not be reached as set up, twice in a row";
  const recheck = hold.recheckAt === null ? "" : `; one check by itself at ${clock(hold.recheckAt, { timeZone, now })}`;
  return `${name} ${what}. Nothing is sent until its settings change or a test passes${recheck}.`;
}

function rateLimited({ name, engine, timeZone, now }: ExplainFacts): string {
  const { hold } = engine;
  const until = hold?.until ? ` until ${clock(hold.until, { timeZone, now })}` : "";
  if (hold?.kind === "quota") return `The quota of ${name} is used up: it rests${until} and then goes on by itself.`;
  const asked = hold?.hinted ? `${name} asked for quiet${until}` : `${name} asked for fewer calls: it rests${until}`;
  return `${asked}; then it goes on by itself.`;
}

function resting(facts: ExplainFacts, until: number | null): string {
  const end = until === null ? "" : ` until ${clock(until, facts)}`;
  const reason = facts.engine.streak.count > 0 ? failuresInRow(facts) : "too many of its last calls failed";
  return `${facts.name} is resting${end}: ${reason}.${outlook(facts)}`;
}

function down(facts: ExplainFacts): string {
  const { name, engine } = facts;
  const trial = engine.circuit.state === "HALF_OPEN" ? " It is being tried again, one call at a time." : "";
  return `${name} does not answer as it should: ${failuresInRow(facts)}.${trial || outlook(facts)}`;
}

function trying({ name, engine, thresholds }: ExplainFacts): string {
  return `${name} answers again and is being tried one call at a time: ${engine.circuit.trialSuccesses} of ${thresholds.circuitSuccessThreshold} good ones so far.`;
}

function degraded({ name, m5, thresholds }: ExplainFacts): string {
  if (m5.failed * 100 >= m5.judged * thresholds.errorWarningPercent)
    return `${m5.failed} of the last ${m5.judged} calls to ${name} failed (5 min).`;
  return `${name} is slow: one call in twenty takes longer than ${formatMs(m5.p95Ms)} (5 min), the limit is ${formatMs(thresholds.latencyWarningMs)}.`;
}

function failuresInRow({ engine }: ExplainFacts): string {
  const { streak, lastError } = engine;
  const last = lastError ? `, the last ${describeFailure(lastError)}` : "";
  return `${formatNoun(streak.count, "failure")} in a row${last}`;
}

function outlook(facts: ExplainFacts): string {
  const { next } = facts;
  if (next === null) return "";
  const at = next.at <= facts.now ? "now" : `at ${clock(next.at, facts)}`;
  const good =
    facts.engine.probe.wanted > 1 ? `; ${goodOnes(facts.thresholds.circuitSuccessThreshold)} bring it back` : "";
  return next.kind === "probe" ? ` Next probe ${at}${good}.` : ` It is tried again ${at}.`;
}

function goodOnes(count: number): string {
  return count === 3 ? "three good ones" : `${count} good ones`;
}

/** A failure as a noun: "a timeout after 10 s". `class` may also be a gate or anything else; that is told in general terms. */
export function describeFailure({ class: outcome, durationMs, httpStatus }: Failure): string {
  switch (outcome) {
    case "timeout":
      return durationMs === null ? "a timeout" : `a timeout after ${formatDuration(durationMs)}`;
    case "dns":
      return "a name that could not be found";
    case "network":
      return "a connection that failed";
    case "tls":
      return "a certificate that cannot be trusted";
    case "http_5xx":
      return httpStatus === null ? "an error of its server" : `an error of its server (HTTP ${httpStatus})`;
    case "contract":
      return "an answer that could not be read";
    case "challenge":
      return "a challenge for robots";
    case "blocked":
      return "a refusal to serve this address";
    case "throttled":
      return "a request for fewer calls";
    case "quota":
      return "a quota that is used up";
    case "auth":
      return "refused credentials";
    case "config":
      return "a setting that does not fit";
    case "client":
      return "a query that it does not take";
    case "cancelled":
      return "a call that was given up";
    default:
      return "a fault on our own side";
  }
}

/** What a sentence about a decision is made of. */
export type DecisionFacts = Pick<
  Decision,
  "at" | "rule" | "from" | "to" | "until" | "actor" | "evidence" | "thresholds"
>;

/** One sentence for a decision record, times in UTC unless told. */
export function decisionText(record: DecisionFacts, name: string, timeZone = "UTC"): string {
  const { evidence, until, rule, to, from } = record;
  const zone = { timeZone, now: record.at };
  const end = until === null ? "" : ` until ${clock(until, zone)}`;
  const last = evidence.lastError ? `, the last ${describeFailure(evidence.lastError)}` : "";
  const row = `${formatNoun(evidence.consecutiveFailures, "failure")} in a row${last}`;
  const by = record.actor ? ` by ${record.actor}` : "";
  switch (rule) {
    case "circuit.consecutive_failures":
      return `${name} is resting${end}: ${row}.`;
    case "circuit.failure_rate":
      return `${name} is resting${end}: ${evidence.recent.failed} of its last ${evidence.recent.samples} calls failed.`;
    case "circuit.trial_failed":
      return `A trial of ${name} failed: it is resting${end}.`;
    case "circuit.auto_disabled":
      return `${name} is not asked${end}, probes apart.`;
    case "circuit.recovery_timeout":
      return `${name} has rested and is tried again, one call at a time.`;
    case "circuit.good_probe":
      return `A probe of ${name} was good: it is tried again, one call at a time.`;
    case "circuit.trials_succeeded":
      return `${name} passed its trials and is used as before.`;
    case "circuit.admin":
      return `${name} was put back in use${by}: trials decide.`;
    case "circuit.settings_changed":
      return `The settings of ${name} changed${by}: it is tried again.`;
    case "circuit.self_offline":
    case "self_offline":
      return `The last failures of ${name} were our own: Yagura had lost its connection. They do not count.`;
    case "down.consecutive_failures":
      return `${name} is down: ${row}.`;
    case "down.circuit_open":
      return `${name} is down: too many of its last calls failed.`;
    case "degraded.error_rate":
      return `At least ${record.thresholds.errorWarningPercent} % of the calls to ${name} failed in 5 minutes.`;
    case "degraded.latency":
      return `${name} has been slow for 5 minutes.`;
    case "auto_disable.consecutive_failures":
      return `${name} is disabled${end}: ${row}. Three good probes bring it back sooner.`;
    case "auto_disable.withheld_share":
      return `${name} was not disabled after ${row}: too many providers are disabled already.`;
    case "auto_disable.withheld_grace":
      return `${name} was not disabled after ${row}: the app has only just started.`;
    case "hold.throttled":
      return `${name} asked for quiet${end}.`;
    case "hold.quota":
      return `The quota of ${name} is used up${end}.`;
    case "hold.auth":
      return `${name} refused its credentials twice in a row: nothing is sent until they change or a test passes.`;
    case "hold.config":
      return `${name} could not be reached as set up, twice in a row: nothing is sent until its settings change or a test passes.`;
    case "config.not_initialized":
      return `${name} cannot be used with its present settings.`;
    case "recovered":
      return from === "UNKNOWN" ? `${name} answers.` : `${name} is well again.`;
    case "unproven":
      return `${name} is ${to === "UNKNOWN" && from === "DISABLED" ? `switched on${by}` : "to be proved anew"}: a check follows.`;
    case "admin.disabled":
      return `${name} was switched off${by || " by an admin"}.`;
  }
}

function clock(at: number, { timeZone, now }: Zone): string {
  const text = formatClock(at, timeZone, now);
  return timeZone === "UTC" ? `${text} UTC` : text;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
