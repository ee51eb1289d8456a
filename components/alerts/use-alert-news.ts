"use client";

import { useEffect, useRef } from "react";
import type { LiveAlert } from "@/components/live/live-message";
import { useLive } from "@/components/live/live-scope";
import { NO_FIGURES } from "@/components/live/no-figures";

/** One outage may fire and resolve several within a moment. */
const GATHER_MS = 400;

/** Calls `onNews` a moment after alerts have changed, or may have without our hearing of it. Returns those heard, the last first. */
export function useAlertNews(onNews: () => void): readonly LiveAlert[] {
  const { alerts, snapshots } = useLive(NO_FIGURES);
  const told = useRef({ alerts, snapshots });
  const run = useRef(onNews);
  useEffect(() => {
    run.current = onNews;
  }, [onNews]);

  useEffect(() => {
    if (snapshots <= told.current.snapshots && alerts === told.current.alerts) return;
    const timer = setTimeout(() => {
      told.current = { alerts, snapshots };
      run.current();
    }, GATHER_MS);
    return () => clearTimeout(timer);
  }, [alerts, snapshots]);

  return alerts;
}
