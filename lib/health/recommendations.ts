import { formatClock, formatMs, formatNoun } from "@/lib/format";
import { isCountable, isSuccess, OUTCOME_CLASSES } from "@/lib/providers/outcome";
import type { ProviderHealth, WindowStats } from "./health-view";

const NORMAL_95 = 1.96;
const SLOW_MS = 1000;

export interface Recommendation {
  providerId: string;
  /** `skip`: it may not be called now. `avoid`: it may, but others do better. */
  action: "prefer" | "avoid" | "skip";
  reason: string;
}

interface Facts {
  name: string;
  health: ProviderHealth;
}

interface Zone {
  timeZone: string;
  now: number;
}

/** Whom to ask: the best first, then those to avoid, then those to skip. Of a provider that is not known nothing is said. */
export function recommend(providers: readonly Facts[], zone: Zone): Recommendation[] {
  const all = providers.flatMap((facts) => {
    const advice = adviceOf(facts, zone);
    return advice ? [{ ...advice, providerId: facts.health.providerId, merit: meritOf(facts.health) }] : [];
  });
  const ofAction = (action: Recommendation["action"]) =>
    all.filter((one) => one.action === action).sort((a, b) => b.merit - a.merit);
  return [...ofAction("prefer"), ...ofAction("avoid"), ...ofAction("skip")].map(({ providerId, action, reason }) => ({
    providerId,
    action,
    reason,
  }));
}

function adviceOf({ name, health }: Facts, zone: Zone): Pick<Recommendation, "action" | "reason"> | null {
  const { state, circuit, hold, autoDisabled, figures } = health;
  const why = health.why ?? `${name} is not well.`;
  if (state === "DISABLED" || state === "MISCONFIGURED" || hold || autoDisabled) return { action: "skip", reason: why };
  if (circuit.state === "OPEN") {
    const until = circuit.until === null ? "" : ` until ${formatClock(circuit.until, zone.timeZone, zone.now)}`;
    return { action: "skip", reason: state === "TESTING" ? `${name} is resting${until}.` : why };
  }
  if (state === "DEGRADED" || state === "DOWN" || circuit.state === "HALF_OPEN")
    return { action: "avoid", reason: why };
  if (figures.consecutiveFailures > 0 && state !== "ACTIVE") return { action: "avoid", reason: why };
  if (state !== "ACTIVE") return null;
  if (figures.trend.errors === "degrading") {
    return { action: "avoid", reason: `More and more calls to ${name} fail.` };
  }
  return { action: "prefer", reason: praise(name, figures.windows.m15) };
}

function praise(name: string, window: WindowStats): string {
  const { judged, good } = judge(window);
  if (judged === 0) return `${name} is well; it was not asked in the last 15 minutes.`;
  const speed = window.p50Ms === null ? "" : `, with a median of ${formatMs(window.p50Ms)}`;
  return `Good in the last 15 minutes: ${good} of ${formatNoun(judged, "call")}${speed}.`;
}

/**
 * The lower bound of Wilson's score interval at 95 %, so that few good calls do not outrank many, halved for each second that the
 * median call takes. 0–1.
 */
function meritOf({ figures }: ProviderHealth): number {
  const { m15 } = figures.windows;
  const { judged, good } = judge(m15);
  const share = judged === 0 ? (figures.successRate ?? 0) / 2 : wilsonLowerBound(good, judged);
  return share * 2 ** (-(m15.p50Ms ?? figures.avgResponseTimeMs ?? SLOW_MS) / SLOW_MS);
}

/** E. B. Wilson, 1927. */
function wilsonLowerBound(good: number, total: number): number {
  const share = good / total;
  const z2 = NORMAL_95 ** 2;
  const spread = NORMAL_95 * Math.sqrt((share * (1 - share) + z2 / (4 * total)) / total);
  return (share + z2 / (2 * total) - spread) / (1 + z2 / total);
}

function judge({ classes }: WindowStats): { judged: number; good: number } {
  const count = (wanted: (name: (typeof OUTCOME_CLASSES)[number]) => boolean) =>
    OUTCOME_CLASSES.filter(wanted).reduce((sum, name) => sum + (classes[name] ?? 0), 0);
  const good = count(isSuccess);
  return { judged: good + count(isCountable), good };
}
