import { remember } from "@/lib/remember";
import { createLiveStore, type LiveStore, type PageSight } from "./live-store";

/** The live store of this tab for an audience; tabs of the same audience share one stream. For browsers alone. */
export function browserLive(audience: string): LiveStore {
  const name = `live ${audience}`;
  return remember(name, () =>
    createLiveStore({
      connect: (href) => new EventSource(href),
      openChannel(receive) {
        if (typeof BroadcastChannel === "undefined") return null;
        const channel = new BroadcastChannel(`yagura ${name}`);
        channel.onmessage = ({ data }) => receive(data);
        return { post: (message) => channel.postMessage(message), close: () => channel.close() };
      },
      page: createPageSight(),
      setTimer(run, ms) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      random: Math.random,
    }),
  );
}

/** A page that is left may be kept for the way back: not every browser calls it hidden then. */
function createPageSight(): PageSight {
  let left = false;
  return {
    isVisible: () => !left && document.visibilityState === "visible",
    onChange(listener) {
      const ended = new AbortController();
      const { signal } = ended;
      document.addEventListener("visibilitychange", listener, { signal });
      for (const name of ["pagehide", "pageshow"] as const) {
        const look = () => {
          left = name === "pagehide";
          listener();
        };
        window.addEventListener(name, look, { signal });
      }
      return () => ended.abort();
    },
  };
}
