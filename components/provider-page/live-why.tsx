"use client";

import { useState } from "react";
import type { LiveRow, LiveSnapshot, LiveTransition } from "@/components/live/live-message";
import { useSpoken } from "@/components/search/use-spoken";
import { Card } from "@/components/ui/card";
import { CountdownRing } from "@/components/ui/countdown-ring";
import { STATUS_MARKS } from "@/components/ui/status-mark";
import { useNow } from "@/components/ui/use-now";
import { formatClock } from "@/lib/format";
import { explainRow, nextWords } from "@/lib/health/why";
import { useLiveProvider, useRefreshOn } from "./use-live-provider";

interface LiveWhyProps {
  row: LiveRow;
  snapshot: LiveSnapshot;
  /** Its newest decisions, newest first. */
  events: readonly LiveTransition[];
  timeZone: string;
  /** When the page was rendered, epoch milliseconds. */
  now: number;
}

/** Why the provider is as it is, in plain words, with what comes next; it follows what happens. */
export function LiveWhy({ row: rendered, snapshot, events, timeZone, now: renderedAt }: LiveWhyProps) {
  const { row, selfOnline, link, transitions } = useLiveProvider(rendered, snapshot);
  useRefreshOn(transitions[0]?.id ?? null);
  const now = useNow() ?? renderedAt;
  const known = new Set(events.map(({ id }) => id));
  const all = [...transitions.filter(({ id }) => !known.has(id)), ...events];
  const why = explainRow({ row, events: all, selfOnline, timeZone, now });
  return (
    <Card as="section" aria-labelledby="why-title" className="grid gap-6 md:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <h2 id="why-title" className="font-medium font-sans text-ink-3 text-xs tracking-normal">
          Why
        </h2>
        <p className="mt-1 max-w-prose text-pretty text-base">{why.headline}</p>
        <dl className="mt-4 grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_minmax(0,1fr)]">
          {why.facts.map(({ name, text }) => (
            <div key={name} className="sm:contents">
              <dt className="text-ink-3">{name}</dt>
              <dd className="max-w-prose text-pretty text-ink-1">{text}</dd>
            </div>
          ))}
        </dl>
      </div>
      <NextStep row={row} now={now} timeZone={timeZone} />
      <Changes row={row} />
      {link === "lost" ? (
        <p className="text-ink-2 text-xs md:col-span-2">
          Not live just now: the connection to Yagura is being tried again.
        </p>
      ) : null}
    </Card>
  );
}

function NextStep({ row, now, timeZone }: { row: LiveRow; now: number; timeZone: string }) {
  const { next } = row;
  if (next === null) return null;
  const at = Date.parse(next.at);
  const since = [row.last_check, row.stats.last_failure_at, row.stats.last_success_at].flatMap((text) =>
    text === null ? [] : Date.parse(text),
  );
  return (
    <div className="flex items-center gap-4 md:w-44 md:flex-col md:justify-center md:gap-2 md:border-line md:border-l md:pl-6 md:text-center">
      <CountdownRing
        from={Math.min(now, Math.max(0, ...since))}
        to={at}
        now={now}
        tone={STATUS_MARKS[row.state].tone}
      />
      <p className="text-sm">
        {nextWords(next)} <span className="block text-ink-2 text-xs">at {clockWithSeconds(at, now, timeZone)}</span>
      </p>
    </div>
  );
}

/** Probes are seconds apart. */
function clockWithSeconds(at: number, now: number, timeZone: string): string {
  return `${formatClock(at, timeZone, now)}:${String(new Date(at).getUTCSeconds()).padStart(2, "0")}`;
}

/** Told once to those who do not see the badge change; silent until it does. */
function Changes({ row }: { row: LiveRow }) {
  const [first] = useState(row.state);
  const [changed, setChanged] = useState(false);
  if (!changed && row.state !== first) setChanged(true);
  const spoken = useSpoken(changed ? `${row.provider_name}: ${STATUS_MARKS[row.state].word}. ${row.why ?? ""}` : "");
  return (
    <p role="status" className="sr-only">
      {spoken}
    </p>
  );
}
