"use client";

import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { useAlertNews } from "./use-alert-news";

const FiringCount = createContext(0);
const DEADLINE_MS = 10_000;

/** How many alerts are firing now, for what stands inside. `initial`: as the server knew it. */
export function FiringCountScope({ initial, children }: { initial: number; children: ReactNode }) {
  const [count, setCount] = useState(initial);
  const asked = useRef<AbortController | null>(null);
  useEffect(() => setCount(initial), [initial]);
  useAlertNews(() => {
    asked.current?.abort();
    asked.current = new AbortController();
    // The number of before stands until there is a better one.
    askCount(asked.current.signal).then(setCount, () => {});
  });
  return <FiringCount value={count}>{children}</FiringCount>;
}

export function useFiringCount(): number {
  return useContext(FiringCount);
}

async function askCount(signal: AbortSignal): Promise<number> {
  const response = await fetch("/api/v1/health/integration/alerts?state=firing&limit=1", {
    signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
  });
  const total = Number(response.headers.get("X-Total-Count"));
  if (!response.ok || !Number.isFinite(total)) throw new Error(`The alerts were answered with ${response.status}.`);
  return total;
}
