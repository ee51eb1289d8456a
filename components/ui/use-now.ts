"use client";

import { useEffect, useState } from "react";

/** The time of day, epoch milliseconds, again each second; null until the page is alive, and for good without JavaScript. */
export function useNow(): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    const look = () => setNow(Date.now());
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
