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
  /** Asking this provider alone again makes sense. */
  canRetry: boolean;
}

/** One provider's part in a search, in words. `now` in epoch milliseconds. */
export function toChipState(provider: SearchProvider, options: { now: number; timeZone: string }): ChipState {
  const { state, count, ms, error, reason, retryAt } = provider;
  const until = retryAt === null ? null : formatClock(retryAt, options.timeZone, options.now);
  const why = toSentence(reason ?? error?.message ?? null);
  switch (state) {
    case "waiting":
      return { kind: "waiting", words: "waiting…", why: null, canRetry: false };
    case "ok":
      return provider.cached
        ? { kind: "cached", words: toCachedWords(provider, options.now), why, canRetry: true }
        : {
            kind: count === 0 ? "none" : "answered",
            words: `${count === 0 ? "none" : formatCount(count)} in ${formatMs(ms)}`,
            why,
            canRetry: false,
          };
    case "timeout":
      return reason === "queued"
        ? { kind: "timeout", words: "still in our queue", why: QUEUED, canRetry: true }
        : { kind: "timeout", words: "timed out", why: why ?? `No answer in ${formatMs(ms)}.`, canRetry: true };
    case "error":
      return { kind: "failed", words: "failed", why, canRetry: true };
    case "rate_limited":
      return { kind: "limited", words: until ? `rate-limited until ${until}` : "rate-limited", why, canRetry: true };
    case "skipped":
      return until
        ? { kind: "resting", words: `resting until ${until}`, why, canRetry: true }
        : { kind: "off", words: toOffWords(reason), why, canRetry: false };
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

function toOffWords(reason: string | null): string {
  return reason && /\bkey\b|credential|password|token/i.test(reason) ? "needs key" : "off";
}
