import { formatDuration, formatList, formatNoun } from "@/lib/format";
import { type SearchProvider, wasAsked } from "@/lib/search/events";
import type { SearchState } from "@/lib/search/search-state";

type Seen = Pick<
  SearchState,
  "providers" | "cards" | "itemsByProvider" | "total" | "deadlinePassed" | "ended" | "tookMs"
>;

/** Where a search stands, in one or two sentences: what one reads above the list and hears while it grows. `noun`: one hit. */
export function toSummary(state: Seen, noun = "work"): string {
  const { total, ended, tookMs } = state;
  const answered = state.providers.filter((provider) => provider.state === "ok").length;
  const works = formatNoun(state.cards.length, noun);
  if (total === 0) return ended ? "No provider was asked." : "Asking the providers…";
  const took = ended && tookMs !== null ? ` in ${formatDuration(tookMs)}` : "";
  const main = `${answered} of ${total} answered, ${works}${state.cards.length === 0 && !ended ? " so far" : ""}${took}.`;
  return [main, toWaitingSentence(state), toFailedSentence(state)].filter(Boolean).join(" ");
}

export type Emptiness =
  /** Every provider that was asked answered, and had none. */
  | { kind: "none"; asked: number; unasked: readonly SearchProvider[] }
  /** Some had none, others gave no answer. */
  | { kind: "unsure"; none: number; failed: readonly SearchProvider[] }
  /** Nobody could be asked. */
  | { kind: "nobody"; unasked: readonly SearchProvider[] }
  /** There were hits; the filters hide them all. */
  | { kind: "filtered"; hidden: number };

/** Why there is nothing to show; null while there is something, or may still be. */
export function toEmptiness(state: Seen): Emptiness | null {
  if (!state.ended || state.cards.length > 0) return null;
  const hidden = Object.values(state.itemsByProvider).reduce((sum, items) => sum + items.length, 0);
  if (hidden > 0) return { kind: "filtered", hidden };
  const asked = state.providers.filter(wasAsked);
  const unasked = state.providers.filter((provider) => !wasAsked(provider));
  if (asked.length === 0) return { kind: "nobody", unasked };
  const failed = asked.filter(({ state: standing }) => standing !== "ok");
  if (failed.length > 0) return { kind: "unsure", none: asked.length - failed.length, failed };
  return { kind: "none", asked: asked.length, unasked };
}

function toWaitingSentence({ providers, deadlinePassed, ended }: Seen): string | null {
  const waiting = providers.filter((provider) => provider.state === "waiting");
  if (!deadlinePassed || ended || waiting.length === 0) return null;
  return `Still waiting for ${formatList(waiting.map(({ name }) => name))}.`;
}

function toFailedSentence({ providers, ended }: Seen): string | null {
  if (!ended) return null;
  const failed = providers.filter((provider) => wasAsked(provider) && !["ok", "waiting"].includes(provider.state));
  return failed.length === 0 ? null : `No answer from ${formatList(failed.map(({ name }) => name))}.`;
}
