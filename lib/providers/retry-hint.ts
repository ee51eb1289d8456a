type Headers = Readonly<Record<string, string>>;

/** The clearest spelling first; providers send several at once. */
const HINT_HEADERS = ["retry-after", "x-ratelimit-retry-after", "x-ratelimit-reset", "ratelimit-reset"] as const;

/** Above this a number is a point in time, below it a span: 2001 in UNIX seconds, 31 years as a span. */
const UNIX_SECONDS_FROM = 1e9;
const UNIX_MILLISECONDS_FROM = 1e12;
/** A date is read by the provider's own clock when that clock is further off than this. */
const CLOCK_SKEW_MS = 60_000;

/**
 * The instant (epoch ms) before which the provider asks not to be called, in whichever of the known spellings it says so: seconds from
 * now, an HTTP date, or UNIX time. Null when it says nothing usable or names an instant that has passed.
 */
export function findRetryAt(headers: Headers, now: number): number | null {
  for (const name of HINT_HEADERS) {
    const retryAt = parseHint(headers[name], headers, now);
    if (retryAt !== null && retryAt > now) return retryAt;
  }
  return null;
}

function parseHint(value: string | undefined, headers: Headers, now: number): number | null {
  const text = value?.trim();
  if (!text) return null;
  const number = Number(text);
  if (Number.isNaN(number)) return parseDate(text, headers, now);
  if (!Number.isFinite(number) || number < 0) return null;
  if (number >= UNIX_MILLISECONDS_FROM) return Math.round(number);
  return Math.round(number >= UNIX_SECONDS_FROM ? number * 1000 : now + number * 1000);
}

function parseDate(text: string, headers: Headers, now: number): number | null {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) return null;
  const serverNow = Date.parse(headers["date"] ?? "");
  const skew = Math.abs(serverNow - now) > CLOCK_SKEW_MS ? serverNow - now : 0;
  return instant - skew;
}
