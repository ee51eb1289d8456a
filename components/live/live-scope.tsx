"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useSyncExternalStore } from "react";
import { browserLive } from "./browser-live";
import type { LiveSnapshot } from "./live-message";
import type { LiveLink } from "./live-source";
import type { LiveState } from "./live-state";
import { toLiveState } from "./live-state";
import type { Live } from "./live-store";

const Audience = createContext("");
const NOT_YET: Live = { state: null, link: "connecting" };

/** Stands once, in the shell. `audience`: who is told what; tabs share a stream when it is the same. */
export function LiveScope({ audience, children }: { audience: string; children: ReactNode }) {
  return <Audience value={audience}>{children}</Audience>;
}

/**
 * All that is live, from the snapshot that the page was rendered with on. Rows are whole objects, replaced when they change, at most
 * once a second. The stream is open while a component with this hook is mounted and the page is seen.
 */
export function useLive(initial: LiveSnapshot): LiveState & { link: LiveLink } {
  const audience = useContext(Audience);
  const subscribe = useCallback((listener: () => void) => browserLive(audience).subscribe(listener), [audience]);
  const { state, link } = useSyncExternalStore(
    subscribe,
    () => browserLive(audience).get(),
    () => NOT_YET,
  );
  const given = useMemo(() => toLiveState(initial), [initial]);
  return useMemo(() => {
    // A page rendered anew knows more than a stream that stands still.
    if (!state || given.at > state.at) return { ...(state ?? given), ...pickFigures(given), link };
    return { ...state, link };
  }, [state, given, link]);
}

function pickFigures({ at, rows, selfOnline, summary, circuits }: LiveState) {
  return { at, rows, selfOnline, summary, circuits };
}
