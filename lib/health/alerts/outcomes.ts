import { isCountable, isSuccess } from "@/lib/providers/outcome";
import type { ProviderCall } from "@/lib/providers/provider";

const KEPT = 10;

/** How a call ended that counts for or against its provider. */
export interface Outcome {
  at: number;
  failed: boolean;
}

/** The list with the call at its end: the newest ten of those that count. */
export function withOutcome(
  outcomes: readonly Outcome[],
  { class: outcome }: Pick<ProviderCall, "class">,
  at: number,
): readonly Outcome[] {
  if (!isSuccess(outcome) && !isCountable(outcome)) return outcomes;
  return [...outcomes.slice(1 - KEPT), { at, failed: isCountable(outcome) }];
}

/** Successes since the last failure; ten at most. */
export function successesInRow(outcomes: readonly Outcome[]): number {
  return outcomes.length - 1 - outcomes.findLastIndex(({ failed }) => failed);
}

/** Whether the newest failed, after `since`. */
export function hasJustFailed(outcomes: readonly Outcome[], since: number): boolean {
  return outcomes.slice(-1).some(({ at, failed }) => failed && at > since);
}

/** Of the newest `count` that came after `since`. */
export function countFailed(
  outcomes: readonly Outcome[],
  { count, since }: { count: number; since: number },
): { judged: number; failed: number } {
  const newest = outcomes.filter(({ at }) => at > since).slice(-count);
  return { judged: newest.length, failed: newest.filter(({ failed }) => failed).length };
}
