import { formatCount, formatDuration, formatList, formatNoun } from "@/lib/format";
import type { DryRunCounts } from "./engine/dry-run";
import type { TriedThresholds } from "./try-thresholds";

/** One figure of both sides, in words. */
export interface TrialRow {
  name: string;
  inForce: string;
  proposed: string;
  differs: boolean;
}

/** "With these thresholds the last 7 d (1 204 calls) would have had …", each figure beside what the present ones come to. */
export function trialSentence(tried: TriedThresholds, now: number): string {
  const span = `the last ${formatDuration(now - tried.from)}`;
  if (tried.calls === 0) return `No call of ${span} is stored: there is nothing to try them on.`;
  const subject = `With these thresholds ${span} (${formatNoun(tried.calls, "call")}) would have had`;
  const rows = trialRows(tried);
  if (rows.every(({ differs }) => !differs)) {
    return `${subject} the same as with the present ones: ${formatList(rows.map(({ name, proposed }) => `${name} ${proposed}`))}.`;
  }
  const parts = rows.map(({ name, proposed, inForce, differs }) =>
    differs ? `${name} ${proposed} instead of ${inForce}` : `${name} ${proposed} as now`,
  );
  return `${subject}: ${formatList(parts)}.`;
}

export function trialRows({ inForce, proposed }: Pick<TriedThresholds, "inForce" | "proposed">): TrialRow[] {
  const row = (name: string, toText: (counts: DryRunCounts) => string): TrialRow => {
    const [before, after] = [toText(inForce), toText(proposed)];
    return { name, inForce: before, proposed: after, differs: before !== after };
  };
  return [
    row("down", ({ downs }) => times(downs)),
    row("resting", ({ openings }) => times(openings)),
    row("disabled", ({ autoDisables }) => times(autoDisables)),
    row("not usable for", ({ restedMs }) => minutes(restedMs)),
  ];
}

function times(count: number): string {
  if (count === 0) return "never";
  return count === 1 ? "once" : `${formatCount(count)} times`;
}

/** Up to the minute begun: a rest of half a minute is not none. */
function minutes(ms: number): string {
  return formatNoun(Math.ceil(ms / 60_000), "minute");
}
