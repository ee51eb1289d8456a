"use client";

import { Minus, TrendingDown, TrendingUp } from "lucide-react";
import Link from "next/link";
import { BarStrip, type StripBar } from "@/components/ui/bar-strip";
import { Countdown } from "@/components/ui/countdown";
import { Digits } from "@/components/ui/digits";
import { Sparkline } from "@/components/ui/sparkline";
import { StatusMark } from "@/components/ui/status-mark";
import { formatCount, formatNoun } from "@/lib/format";
import { describeHour, describeP95, describeStrip, type HourState, toStripHours } from "./last-hours";
import type { ProviderRow } from "./provider-row";

interface Seen {
  row: ProviderRow;
  timeZone: string;
  /** The server's clock, to the minute. */
  now: number;
}

/** The name, and the way to its own page. */
export function ProviderLink({ row, id }: { row: ProviderRow; id: string }) {
  return (
    <Link
      id={id}
      href={`/providers/${encodeURIComponent(row.id)}`}
      prefetch={false}
      title={row.name}
      className="block truncate rounded-xs font-semibold text-ink-1 text-sm hover:underline"
    >
      {row.name}
    </Link>
  );
}

/** The state in shape and word, its end when it ends by itself, and failures in a row while there are some. */
export function ProviderState({ row }: { row: ProviderRow }) {
  const endsByItself = row.state === "AUTO_DISABLED" || row.state === "RATE_LIMITED";
  const counted = row.failuresInRow > 0 && !row.why?.includes("in a row");
  return (
    <span className="flex flex-wrap items-center gap-x-1.5 text-ink-1">
      <StatusMark state={row.state} />
      {endsByItself && row.rest ? (
        <span className="whitespace-nowrap font-medium text-xs">until {row.rest.clock}</span>
      ) : null}
      {counted ? (
        <span className="whitespace-nowrap text-ink-2 text-xs">
          {formatNoun(row.failuresInRow, "failure")} in a row
        </span>
      ) : null}
    </span>
  );
}

const NEXT_WORDS = {
  check: "next check",
  probe: "next probe",
  trial: "tried again",
  release: "goes on",
} as const satisfies Record<NonNullable<ProviderRow["next"]>["kind"], string>;

/** How long it still rests, and when it is asked the next time. The sentence beside it names the instants. */
export function ProviderCountdown({ row }: { row: ProviderRow }) {
  const { rest, next, state } = row;
  if (state === "DISABLED" || row.why === null) return null;
  const alone = next && (!rest || next.at < rest.until - 1000) ? next : null;
  return (
    <span className="flex items-center gap-3 whitespace-nowrap text-ink-2 text-xs">
      {rest ? <Countdown from={rest.from} until={rest.until} /> : null}
      {alone ? (
        <span aria-hidden="true" className="inline-flex items-center gap-1.5">
          {NEXT_WORDS[alone.kind]} <Countdown from={null} until={alone.at} ring={false} />
        </span>
      ) : null}
    </span>
  );
}

/** Whole milliseconds, the unit stands in the heading. */
export function Ms({ value }: { value: number | null }) {
  return <Digits>{formatCount(value === null ? null : Math.round(value))}</Digits>;
}

export function ProviderP95({ row, now }: Omit<Seen, "timeZone">) {
  const { ms, span } = row.p95;
  const values = toStripHours(row.hours, { now, down: false }).map(({ figures }) => figures?.p95Ms ?? null);
  return (
    <span className="flex items-center justify-between gap-2" title={ms === null ? undefined : `p95 of ${span}`}>
      <Sparkline values={values} label={describeP95(values)} />
      <Ms value={ms} />
    </span>
  );
}

const BAR_TONES = { up: "ok", slow: "warn", down: "bad", unknown: "none" } as const satisfies Record<
  HourState,
  StripBar["tone"]
>;
/** From the lowest bar to the highest one of each state. */
const BAR_HEIGHTS = { up: [0.5, 0.5], slow: [0.65, 0.8], down: [0.85, 1], unknown: [0.1, 0.1] } as const;

/** The last day as one bar per hour. */
export function HeartbeatStrip({ row, timeZone, now }: Seen) {
  const zone = { timeZone, now };
  const isDown = row.state === "DOWN" || row.state === "AUTO_DISABLED" || row.state === "MISCONFIGURED";
  const hours = toStripHours(row.hours, { now, down: isDown });
  const bars = hours.map(({ state, trouble }) => {
    const [low, high] = BAR_HEIGHTS[state];
    return { tone: BAR_TONES[state], height: low + (high - low) * trouble };
  });
  function titleOf(index: number): string {
    const hour = hours[index];
    return hour ? describeHour(hour, zone) : "";
  }
  return <BarStrip bars={bars} label={describeStrip(hours, zone)} titleOf={titleOf} />;
}

/** Which way response time and errors go, as one word; the tooltip has both. */
export function ProviderTrend({ row }: { row: ProviderRow }) {
  const { icon: Icon, word, tone } = toTrendWord(row.trend);
  return (
    <span
      className="flex items-center gap-1.5 whitespace-nowrap text-xs"
      title={`Response time: ${row.trend.latency}. Errors: ${row.trend.errors}. Over two and a half hours.`}
    >
      {Icon ? <Icon aria-hidden="true" className={`size-3.5 ${tone}`} /> : null}
      <span className="text-ink-2">{word}</span>
    </span>
  );
}

function toTrendWord({ latency, errors }: ProviderRow["trend"]) {
  if (errors === "degrading") return { icon: TrendingDown, word: "failing", tone: "text-signal-warn" };
  if (latency === "degrading") return { icon: TrendingDown, word: "slower", tone: "text-signal-warn" };
  if (errors === "improving") return { icon: TrendingUp, word: "better", tone: "text-signal-ok" };
  if (latency === "improving") return { icon: TrendingUp, word: "faster", tone: "text-signal-ok" };
  if (latency === "stable" || errors === "stable") return { icon: Minus, word: "steady", tone: "text-ink-3" };
  return { icon: null, word: "–", tone: "" };
}
