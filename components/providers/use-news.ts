"use client";

import { useEffect, useRef, useState } from "react";
import type { LiveTransition } from "@/components/live/live-message";
import { PROVIDER_STATES, type ProviderState } from "@/lib/health/health-view";

const QUIET_MS = 1000;

/** What happened since the page was opened, for a live region: decisions about states, at most once a second, several at once as a count. */
export function useNews(transitions: readonly LiveTransition[]): string {
  const [said, setSaid] = useState("");
  // Those from before belong to pages that one has left.
  const heard = useRef<number | null>(null);
  const newest = transitions[0]?.id ?? 0;

  useEffect(() => {
    if (heard.current === null) heard.current = newest;
    const timer = setTimeout(() => {
      const told = toNews(transitions, heard.current ?? 0);
      heard.current = newest;
      if (told) setSaid(told);
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [transitions, newest]);

  return said;
}

/** Newest first, after `last`. */
export function toNews(transitions: readonly LiveTransition[], last: number): string {
  const news = transitions.filter(({ id, to }) => id > last && isState(to));
  const [first] = news;
  if (!first) return "";
  const others = new Set(news.map(({ provider_id }) => provider_id)).size - 1;
  return others === 0 ? first.text : `${first.text} ${others} more ${others === 1 ? "has" : "have"} changed.`;
}

function isState(to: string): to is ProviderState {
  return PROVIDER_STATES.some((state) => state === to);
}
