import type { z } from "zod";
import {
  formatClock,
  formatCount,
  formatDuration,
  formatMs,
  formatNoun,
  formatPercent,
  formatRelative,
} from "@/lib/format";
import { describeFailure } from "./engine/explain";
import type { DecisionRule } from "./engine/types";
import type { providerEventSchema } from "./event-wire";
import type { providerStatusSchema } from "./wire";

type Row = z.infer<typeof providerStatusSchema>;
type Event = z.infer<typeof providerEventSchema>;

export interface WhyFact {
  name: string;
  text: string;
}

/** Why a provider is as it is, for people. */
export interface Why {
  headline: string;
  facts: readonly WhyFact[];
}

export interface WhySources {
  row: Row;
  /** Its decisions, newest first. */
  events: readonly Event[];
  selfOnline: boolean;
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
}

const MINUTE_MS = 60_000;
const FAILED: ReadonlySet<Row["state"]> = new Set(["DOWN", "AUTO_DISABLED", "DEGRADED"]);

/** When the present state ends by itself, ISO 8601; null when it does not. */
export function endOfState({ state, disabled_until, hold, circuit }: Row): string | null {
  if (state === "AUTO_DISABLED") return disabled_until;
  if (state === "RATE_LIMITED") return hold?.until ?? null;
  return state === "DOWN" && circuit.state === "OPEN" ? circuit.until : null;
}

/** The rule with its numbers, what was counted, the last failure, until when, what lifts it, whether our own connection was fine. */
export function explainRow(sources: WhySources): Why {
  const { row, timeZone, now } = sources;
  const clock = (at: string) => formatClock(Date.parse(at), timeZone, now);
  const reasons = findReasons(row, sources.events);
  const until = endOfState(row);
  const since = row.stats.state_since;
  const facts = [
    reasons.length > 0 && fact(reasons.length > 1 ? "Rules" : "Rule", reasons.map(ruleText).join(" ")),
    fact("Counted", countText(row, reasons)),
    fact("Last failure", failureText(row, sources.events)),
    until !== null && fact("Until", `${clock(until)} (${formatRelative(Date.parse(until), now)})`),
    fact("What ends it", liftText(row)),
    fact("Your connection", connectionText(sources)),
    since !== null && fact("Since", clock(since)),
  ];
  return {
    headline: row.why ?? `${row.provider_name} answers as it should.`,
    facts: facts.flatMap((one) => one || []),
  };
}

function fact(name: string, text: string | null): WhyFact | false {
  return text !== null && { name, text };
}

/** What led to the present state, and, while it rests, what opened the circuit: the newest of each. */
function findReasons({ state, circuit }: Row, events: readonly Event[]): Event[] {
  const ofState = events.find(({ from, to }) => to === state && from !== to);
  const ofCircuit = circuit.state === "OPEN" && state === "DOWN" ? events.find(({ to }) => to === "OPEN") : undefined;
  const both = ofState?.rule === "down.circuit_open" && ofCircuit ? [ofCircuit] : [ofState, ofCircuit];
  return both.flatMap((event) => event ?? []);
}

/** The rule of a decision as a sentence, with the thresholds that held then. */
export function ruleText({ rule, from, thresholds: set, text }: Event): string {
  const failures = set.circuit_failure_threshold;
  const sentences: Partial<Record<DecisionRule, string>> = {
    "circuit.consecutive_failures": `${rowOf(failures)} open its circuit: no search is sent for a while.`,
    "circuit.failure_rate": `Half of at least ${set.circuit_min_requests} calls among the last ${set.circuit_window} failing opens its circuit: no search is sent for a while.`,
    "circuit.trial_failed": "A failed trial opens the circuit again, for twice as long, up to five minutes.",
    "circuit.auto_disabled": "A disabled provider is not asked, probes apart.",
    "circuit.recovery_timeout": "After its rest a provider is tried, one call at a time.",
    "circuit.good_probe": "A good probe ends the rest early: it is tried, one call at a time.",
    "circuit.trials_succeeded": `${formatNoun(set.circuit_success_threshold ?? 0, "good trial")} close its circuit.`,
    "circuit.admin": "An admin may put a provider back in use at any time; trials decide.",
    "circuit.settings_changed": "Another address or other credentials are tried at once.",
    "down.consecutive_failures": `${rowOf(set.max_consecutive_failures)} count as down.`,
    "down.circuit_open": "A provider whose circuit is open counts as down.",
    "degraded.error_rate": `At least ${formatCount(set.health_degradation_warning_threshold ?? null)} % of the calls of five minutes failing counts as degraded.`,
    "degraded.latency": `One call in twenty taking longer than ${formatMs(set.health_latency_warning_ms ?? null)} over five minutes counts as degraded.`,
    "auto_disable.consecutive_failures": `${rowOf(failures === undefined ? undefined : failures * 2)}, twice what opens its circuit, disable a provider for ${formatDuration((set.auto_disable_cooldown_minutes ?? 0) * MINUTE_MS)}, and for longer when it happens again within a day.`,
    "hold.throttled":
      "A provider that asks for fewer calls is left alone until the instant it named; without one for a minute, twice as long each time.",
    "hold.quota": "A provider whose quota is used up is left alone until the quota begins anew.",
    "hold.auth": "Two refusals of the credentials in a row stop all calls.",
    "hold.config": "Two calls in a row that could not be made as it is set up stop all calls.",
    "config.not_initialized": "A provider that lacks a setting cannot be asked.",
    "admin.disabled": "An admin decides whether a provider is used.",
    unproven: "Of a provider that was just switched on or set up, nothing is known until it answers.",
    recovered:
      from === "DOWN" || from === "UNKNOWN" ? "One good answer is enough to count as up." : "What was wrong is over.",
    self_offline: "Failures of the time in which Yagura itself was offline are taken back.",
    "circuit.self_offline": "Failures of the time in which Yagura itself was offline are taken back.",
  };
  // Safe because an unknown name of a newer server only finds nothing.
  return sentences[rule as DecisionRule] ?? text;
}

function rowOf(count: number | undefined): string {
  return count === 1 ? "One failure" : `${formatCount(count ?? null)} failures in a row`;
}

function countText({ state, consecutive_failures, stats, circuit }: Row, reasons: readonly Event[]): string | null {
  const parts: string[] = [];
  if (consecutive_failures > 0) parts.push(`${formatNoun(consecutive_failures, "failure")} in a row`);
  const byShare = reasons.find(({ rule }) => rule === "circuit.failure_rate");
  if (byShare) {
    const { failed, samples } = byShare.evidence.recent;
    parts.push(`${failed} of its last ${formatNoun(samples, "call")} failed when its circuit opened`);
  }
  const { samples, error_rate, p95_ms } = stats.windows.m5;
  if (state === "DEGRADED" && error_rate !== null) {
    const slow = p95_ms === null ? "" : `, p95 ${formatMs(p95_ms)}`;
    parts.push(`${formatPercent(error_rate)} of ${formatNoun(samples, "call")} failed in five minutes${slow}`);
  }
  if (circuit.state === "HALF_OPEN") {
    parts.push(`${circuit.trial_successes} of ${formatNoun(circuit.success_threshold, "good trial")} so far`);
  }
  return parts.length === 0 ? null : parts.join("; ");
}

/** The last failure that the engine decided on, while nothing good has come after it. */
function failureText({ error_message, consecutive_failures, hold }: Row, events: readonly Event[]): string | null {
  if (consecutive_failures === 0 && hold === null) return null;
  const error = events.find(({ evidence }) => evidence.last_error !== null)?.evidence.last_error;
  if (!error) return error_message;
  const { class: outcome, duration_ms, http_status, message } = error;
  const words = describeFailure({ class: outcome, durationMs: duration_ms, httpStatus: http_status });
  return `${words} (${outcome})${message ? `: ${message}` : ""}`;
}

function liftText({ state, circuit, hold }: Row): string | null {
  const trials = `${formatNoun(circuit.success_threshold, "good trial")}`;
  switch (state) {
    case "DISABLED":
      return "An admin who enables it, or gives it the settings that it lacks.";
    case "MISCONFIGURED":
      return hold ? "Other settings, or a test that passes." : "The settings that it lacks.";
    case "AUTO_DISABLED":
      return "The end of that time, three good probes before it, or an admin who enables it again.";
    case "RATE_LIMITED":
      return "Time alone.";
    case "DOWN":
      return circuit.state === "CLOSED" ? "One good answer." : `The end of its rest or a good probe, then ${trials}.`;
    case "DEGRADED":
      return "Fewer failures and faster answers over five minutes.";
    case "UNKNOWN":
      return "The first check.";
    case "ACTIVE":
    case "TESTING":
      return null;
  }
}

function connectionText({ row, selfOnline }: WhySources): string | null {
  if (!selfOnline) return "Yagura itself is offline now. What fails meanwhile does not count against the provider.";
  if (!FAILED.has(row.state) && row.consecutive_failures === 0) return null;
  return "It was fine: failures that look like an outage of our own are not counted.";
}

const NEXT_WORDS = {
  check: "The next check",
  probe: "The next probe",
  trial: "One call is let through as a trial",
  release: "It goes on by itself",
} as const satisfies Record<NonNullable<Row["next"]>["kind"], string>;

/** What happens next, without its time. */
export function nextWords({ kind }: NonNullable<Row["next"]>): string {
  return NEXT_WORDS[kind];
}
