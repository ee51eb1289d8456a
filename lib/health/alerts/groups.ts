import { formatCount, formatList, formatNoun } from "@/lib/format";
import type { Alert } from "./alert";
import { ruleOf } from "./rules";
import type { Signal } from "./signal";

export const TOGETHER_MS = 60_000;
export const GROUP_FEWEST = 3;
const SHARE = 0.3;
const RESOLVE_BELOW = 0.8;
const NAMED_MAX = 6;

/** A provider that is in use. */
export interface Member {
  id: string;
  name: string;
  /** Of its host. */
  origin: string;
}

/** Since when providers have been out, by id. Epoch milliseconds. */
export type Outages = ReadonlyMap<string, number>;

/** What the signals tell of outages: begun, gone on with, or surely over. */
export function withSignals(outages: Outages, signals: readonly Signal[], now: number): Outages {
  const next = new Map(outages);
  const heard = new Map<string, Signal["verdict"][]>();
  for (const { rule, provider, verdict } of signals) {
    if (provider && ruleOf(rule).outage) heard.set(provider.id, [...(heard.get(provider.id) ?? []), verdict]);
  }
  for (const [id, verdicts] of heard) {
    if (verdicts.includes("active")) next.set(id, next.get(id) ?? now);
    else if (verdicts.every((verdict) => verdict === "clear")) next.delete(id);
  }
  return next;
}

/**
 * Outages of groups: at least three providers, and 30 % of all those of one host or of all, that went out within 60 s. Over when no more
 * than two, or less than 24 %, are still out. `open` are the alerts about groups that have not ended.
 */
export function toGroupSignals(
  outages: Outages,
  { members, open, now }: { members: readonly Member[]; open: readonly Alert[]; now: number },
): Signal[] {
  const known = new Map(members.map((member) => [member.id, member]));
  const signals: Signal[] = [];
  const covered = new Set<string>();

  function tell(subject: string, inScope: readonly Member[], ids: readonly string[], verdict: Signal["verdict"]): void {
    if (verdict === "active") for (const id of ids) covered.add(id);
    const names = ids.map((id) => known.get(id)?.name ?? id);
    const since = Math.min(now, ...ids.flatMap((id) => outages.get(id) ?? []));
    signals.push({ ...toWords(subject, { names, size: inScope.length }), subject, members: ids, since, verdict });
  }

  for (const { subject, members: before, startedAt } of open) {
    const inScope = scopeOf(subject, members);
    const out = inScope.filter(({ id }) => {
      const since = outages.get(id);
      return since !== undefined && (before.includes(id) || since >= startedAt - TOGETHER_MS);
    });
    const isOver = out.length < GROUP_FEWEST * RESOLVE_BELOW || out.length < inScope.length * SHARE * RESOLVE_BELOW;
    const ids = [...new Set([...before, ...out.map(({ id }) => id)])];
    tell(subject, inScope, ids, isOver ? "clear" : "active");
  }
  const isNew = ({ id }: Member) =>
    now - (outages.get(id) ?? Number.NEGATIVE_INFINITY) < TOGETHER_MS && !covered.has(id);
  for (const subject of [...new Set(members.map(({ origin }) => origin)), "all"]) {
    if (open.some((alert) => alert.subject === subject)) continue;
    const inScope = scopeOf(subject, members);
    const out = inScope.filter(isNew);
    if (out.length < GROUP_FEWEST || out.length < inScope.length * SHARE) continue;
    tell(
      subject,
      inScope,
      out.map(({ id }) => id),
      "active",
    );
  }
  return signals;
}

function scopeOf(subject: string, members: readonly Member[]): readonly Member[] {
  return subject === "all" ? members : members.filter(({ origin }) => origin === subject);
}

function toWords(subject: string, { names, size }: { names: readonly string[]; size: number }) {
  const where = subject === "all" ? "providers" : `providers at ${subject}`;
  const more = names.length > NAMED_MAX ? [formatNoun(names.length - NAMED_MAX + 1, "other")] : [];
  const named = formatList(more.length > 0 ? [...names.slice(0, NAMED_MAX - 1), ...more] : names);
  return {
    rule: "GroupOutage",
    severity: ruleOf("GroupOutage").severity,
    provider: null,
    text: `${formatCount(names.length)} of ${formatCount(size)} ${where} went out at once: ${named}.`,
    endText: subject === "all" ? "Most providers are well again." : `Most providers at ${subject} are well again.`,
  } as const;
}
