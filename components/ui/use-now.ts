"use client";

import { useEffect, useState } from "react";

/** The time of day, epoch milliseconds, again each second; `initial` until the page is alive, and for good without JavaScript. */
export function useNow<Initial extends number | null>(initial: Initial): number | Initial {
  const [now, setNow] = useState<number | Initial>(initial);
  useEffect(() => {
    const look = () => setNow(Date.now());
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
