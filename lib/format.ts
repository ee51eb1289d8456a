import { remember } from "./remember";

/** Between a number and its unit, and between thousands: narrow, and never broken over two lines. */
const THIN_SPACE = "\u202f";
const UNKNOWN = "–";

const BYTE_UNITS = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const FORMATTERS_MAX = 500;
const SHAPES = {
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { day: "numeric", month: "short" },
  instant: {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** "1 204", with thin spaces; "–" when not known. */
export function formatCount(value: number | null): string {
  if (value === null) return UNKNOWN;
  return value.toFixed(0).replace(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE);
}

/** "188 ms", "10 000 ms": whole milliseconds, so that a column can be compared; "–" when not known. */
export function formatMs(ms: number | null): string {
  return ms === null ? UNKNOWN : `${formatCount(Math.round(ms))}${THIN_SPACE}ms`;
}

/** A share of 0–1 as "99 %" or, with two digits, "99.97 %". Rounds down, so that 100 % means all of it. */
export function formatPercent(ratio: number | null, digits = 0): string {
  if (ratio === null) return UNKNOWN;
  const scale = 10 ** digits;
  return `${(Math.floor(ratio * 100 * scale + 1e-9) / scale).toFixed(digits)}${THIN_SPACE}%`;
}

/** "812 B", "1.4 MiB", "2.0 GiB": one digit behind the point from the first unit on; "–" when not known. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return UNKNOWN;
  let amount = bytes;
  let unit = 0;
  for (; amount >= 1023.95 && unit < BYTE_UNITS.length - 1; unit++) amount /= 1024;
  return `${unit === 0 ? formatCount(amount) : amount.toFixed(1)}${THIN_SPACE}${BYTE_UNITS[unit]}`;
}

/** A span in its largest unit: "900 ms", "10 s", "4 min", "2 h", "3 d". */
export function formatDuration(ms: number): string {
  const [amount, unit] = toLargestUnit(Math.abs(ms));
  return `${amount}${THIN_SPACE}${unit}`;
}

/** What is left of a span as a clock shows it: "0:24", "4:32", "1:05:09"; days in words: "2 d". */
export function formatCountdown(ms: number): string {
  if (ms >= 2 * DAY_MS) return formatDuration(ms);
  const seconds = Math.ceil(ms / SECOND_MS);
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

/** "just now", "3 min ago", "in 2 h". Both instants in epoch milliseconds. */
export function formatRelative(at: number, now: number): string {
  const distance = now - at;
  if (Math.abs(distance) < 5 * SECOND_MS) return "just now";
  const span = formatDuration(Math.max(Math.abs(distance), SECOND_MS));
  return distance > 0 ? `${span} ago` : `in ${span}`;
}

/** The time of day in the viewer's zone: "14:32"; with the day before it when that is not today's there: "23 Nov 14:32". */
export function formatClock(at: number, timeZone: string, now: number): string {
  const clock = formatter(timeZone, "clock").format(at);
  const day = formatter(timeZone, "day");
  return day.format(at) === day.format(now) ? clock : `${day.format(at)} ${clock}`;
}

/** The day in the viewer's zone: "22 Nov". */
export function formatDay(at: number, timeZone: string): string {
  return formatter(timeZone, "day").format(at);
}

/** Day and time in the viewer's zone: "22 Nov 2026, 14:32". */
export function formatInstant(at: number, timeZone: string): string {
  return formatter(timeZone, "instant").format(at);
}

/** "1 result", "7 results": the noun with an s unless told. */
export function formatNoun(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** "Kitsu", "Kitsu and MangaUpdates", "Kitsu, MangaUpdates and AniList". */
export function formatList(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** "Japanese" for "ja"; the tag itself for a language without an English name. */
export function formatLanguage(tag: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(tag) ?? tag;
  } catch (error) {
    if (error instanceof RangeError) return tag;
    throw error;
  }
}

function toLargestUnit(ms: number): readonly [number, string] {
  if (ms < SECOND_MS) return [Math.round(ms), "ms"];
  if (ms < MINUTE_MS) return [Math.floor(ms / SECOND_MS), "s"];
  if (ms < HOUR_MS) return [Math.floor(ms / MINUTE_MS), "min"];
  if (ms < 2 * DAY_MS) return [Math.floor(ms / HOUR_MS), "h"];
  return [Math.floor(ms / DAY_MS), "d"];
}

/** Kept, because making one takes a hundred times as long as using it. */
function formatter(timeZone: string, shape: keyof typeof SHAPES): Intl.DateTimeFormat {
  const kept = remember("formatters", () => new Map<string, Intl.DateTimeFormat>());
  const key = `${shape} ${timeZone}`;
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= FORMATTERS_MAX) kept.clear();
  const made = createFormatter(timeZone, SHAPES[shape]);
  kept.set(key, made);
  return made;
}

/** An account's zone may name one that this platform does not know; UTC then, rather than an error page. */
function createFormatter(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone });
  } catch (error) {
    if (error instanceof RangeError) return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
    throw error;
  }
}
