"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { LiveRow, LiveSnapshot, LiveTransition } from "@/components/live/live-message";
import { useLive } from "@/components/live/live-scope";
import type { LiveLink } from "@/components/live/live-source";

const REFRESH_AFTER_MS = 300;

interface LiveProvider {
  row: LiveRow;
  selfOnline: boolean;
  link: LiveLink;
  /** Heard since the page was opened, newest first. */
  transitions: readonly LiveTransition[];
}

/** One provider, live. `snapshot` holds at least its row. */
export function useLiveProvider(row: LiveRow, snapshot: LiveSnapshot): LiveProvider {
  const { rows, selfOnline, link, transitions } = useLive(snapshot);
  return {
    row: rows.find(({ id }) => id === row.id) ?? row,
    selfOnline,
    link,
    transitions: transitions.filter(({ provider_id }) => provider_id === row.id),
  };
}

/** Asks the server for the page anew when there is news: history and decisions are its to tell. */
export function useRefreshOn(news: number | null): void {
  const router = useRouter();
  const known = useRef(news);
  useEffect(() => {
    if (known.current === news) return;
    known.current = news;
    // Decisions come in twos and threes.
    const timer = setTimeout(() => router.refresh(), REFRESH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [news, router]);
}
