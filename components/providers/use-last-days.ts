"use client";

import { useEffect, useRef, useState } from "react";
import type { z } from "zod";
import type { rollupSchema } from "@/lib/health/history-wire";
import type { LastDay } from "@/lib/health/last-day";
import { mergeHours, toHourFigures } from "./last-hours";

export type LastDays = Readonly<Record<string, LastDay>>;

type HistoryRow = z.infer<typeof rollupSchema> & { provider_id: string };

const EVERY_MS = 60_000;
const HOUR_MS = 3_600_000;
const DEADLINE_MS = 15_000;

/** The last day of every provider: as the page was rendered, then the hours that have changed since, read once a minute while it is seen. */
export function useLastDays(rendered: LastDays, renderedAt: number): LastDays {
  const [shown, setShown] = useState({ rendered, days: rendered });
  if (shown.rendered !== rendered) setShown({ rendered, days: rendered });
  const knownUntil = useRef(renderedAt);

  useEffect(() => {
    knownUntil.current = renderedAt;
    const ended = new AbortController();
    async function read(): Promise<void> {
      if (document.visibilityState !== "visible") return;
      const now = Date.now();
      // The hour before, too: what was still under way when it was read has ended since.
      const from = Math.min(knownUntil.current, now) - HOUR_MS;
      const rows = await readHours(from, ended.signal);
      if (!rows || ended.signal.aborted) return;
      knownUntil.current = now;
      setShown((before) => ({ ...before, days: withNews(before.days, rows, now) }));
    }
    const timer = setInterval(read, EVERY_MS);
    return () => {
      clearInterval(timer);
      ended.abort();
    };
  }, [renderedAt]);

  return shown.days;
}

/** Null when they cannot be had now: the next minute asks again for what was missed. */
async function readHours(from: number, ended: AbortSignal): Promise<HistoryRow[] | null> {
  const begin = new Date(Math.floor(from / HOUR_MS) * HOUR_MS).toISOString();
  try {
    const response = await fetch(`/api/v1/health/integration/history?step=hour&from=${begin}`, {
      signal: AbortSignal.any([ended, AbortSignal.timeout(DEADLINE_MS)]),
    });
    // Safe because this route answers rows of `rollupSchema` with their provider when it is asked by the hour.
    return response.ok ? ((await response.json()) as HistoryRow[]) : null;
  } catch {
    return null;
  }
}

function withNews(days: LastDays, rows: readonly HistoryRow[], now: number): LastDays {
  const next: Record<string, LastDay> = { ...days };
  for (const id of new Set(rows.map((row) => row.provider_id))) {
    const before = days[id] ?? { hours: [], p95Ms: null };
    const news = rows.filter((row) => row.provider_id === id).map(toHourFigures);
    next[id] = { ...before, hours: mergeHours(before.hours, news, now) };
  }
  return next;
}
