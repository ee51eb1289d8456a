"use client";

import { useEffect, useRef, useState } from "react";

const QUIET_MS = 1000;

/** The text for a live region: the latest one, at most once a second. */
export function useSpoken(text: string): string {
  const [spoken, setSpoken] = useState("");
  const lastAt = useRef(0);

  useEffect(() => {
    const waitMs = Math.max(0, lastAt.current + QUIET_MS - Date.now());
    const timer = setTimeout(() => {
      lastAt.current = Date.now();
      setSpoken(text);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [text]);

  return spoken;
}
