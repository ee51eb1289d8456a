import { formatClock, formatCount, formatMs, formatRelative } from "@/lib/format";
import type { SearchProvider } from "@/lib/search/events";

export type ChipKind =
  | "waiting"
  | "answered"
  | "none"
  | "cached"
  | "timeout"
  | "failed"
  | "limited"
  | "resting"
  | "off";

export interface ChipState {
  kind: ChipKind;
  /** What stands after the provider's name: "12 in 188 ms". */
  words: string;
  /** A sentence more, for those who ask why. */
  why: string | null;
  /** The end of a rest that ends by itself, epoch milliseconds. */
  until: number | null;
  /** It is not asked now, or not known to be well. */
  muted: boolean;
  /** Asking this provider alone again makes sense. */
  canRetry: boolean;
}

interface ChipOptions {
  /** Epoch milliseconds. */
  now: number;
  timeZone: string;
  /** Why the provider was not well when the page was made; null or absent for one that was. */
  unwell?: string | null | undefined;
}

/** One provider's part in a search, in words. */
export function toChipState(provider: SearchProvider, { now, timeZone, unwell = null }: ChipOptions): ChipState {
  const { state, count, ms, error, reason, retryAt } = provider;
  const until = retryAt === null ? null : formatClock(retryAt, timeZone, now);
  const why = toSentence(reason ?? error?.message ?? null);
  const chip = (kind: ChipKind, words: string, more: Partial<ChipState> = {}): ChipState => ({
    kind,
    words,
    why,
    until: null,
    muted: false,
    canRetry: false,
    ...more,
  });
  switch (state) {
    case "waiting":
      return chip("waiting", "waiting…", { why: unwell, muted: unwell !== null });
    case "ok":
      if (provider.cached) return chip("cached", toCachedWords(provider, now), { canRetry: true });
      return chip(count === 0 ? "none" : "answered", `${count === 0 ? "none" : formatCount(count)} in ${formatMs(ms)}`);
    case "timeout":
      return reason === "queued"
        ? chip("timeout", "still in our queue", { why: QUEUED, canRetry: true })
        : chip("timeout", "timed out", { why: why ?? `No answer in ${formatMs(ms)}.`, canRetry: true });
    case "error":
      return chip("failed", "failed", { canRetry: true });
    case "rate_limited":
      return chip("limited", until ? `rate-limited until ${until}` : "rate-limited", {
        why: error ? why : (unwell ?? why),
        until: retryAt,
        muted: true,
        canRetry: true,
      });
    case "skipped":
      if (until) {
        const words = `resting until ${until}`;
        return chip("resting", words, { why: unwell ?? why, until: retryAt, muted: true, canRetry: true });
      }
      if (reason && ON_TRIAL.test(reason)) {
        return chip("resting", "on trial", { why: unwell ?? why, muted: true, canRetry: true });
      }
      return chip("off", toOffWords(reason), { why: unwell ?? why, muted: true });
  }
}

function toSentence(text: string | null): string | null {
  if (!text) return null;
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}

const QUEUED = "So many searches wait for this provider's own rate limit that this one did not get its turn.";

function toCachedWords({ count, ageMs }: SearchProvider, now: number): string {
  const age = ageMs === null ? "" : ` ${formatRelative(now - ageMs, now)}`;
  return `${formatCount(count)}, cached${age}`;
}

/** Another call is the one trial that a provider gets while it comes back. */
const ON_TRIAL = /one call at a time/;

function toOffWords(reason: string | null): string {
  if (reason && /\bkey\b|credential|password|token/i.test(reason)) return "needs key";
  return reason && /settings|address/i.test(reason) ? "misconfigured" : "off";
}
