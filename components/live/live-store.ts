import type { SetTimer } from "@/lib/health/timers";
import type { LiveMessage } from "./live-message";
import { type LiveLink, openLiveSource, type Source } from "./live-source";
import { applyLive, type LiveState } from "./live-state";
import { joinTabs, type TabMessage, type Tabs } from "./live-tabs";

/** From one page to the next the stream stays open. */
const LINGER_MS = 1000;

export interface Live {
  /** Null before the first message. */
  state: LiveState | null;
  link: LiveLink;
}

/** The live stream as a page sees it: opened with the first that listens, shared by all tabs, closed while this one is hidden. */
export interface LiveStore {
  get(): Live;
  subscribe(listener: () => void): () => void;
}

export type LiveWord =
  | { type: "message"; message: LiveMessage }
  | { type: "link"; link: LiveLink }
  | { type: "all"; live: Live };

interface Channel {
  post(message: TabMessage<LiveWord>): void;
  close(): void;
}

/** Whether somebody may be looking at this page. */
export interface PageSight {
  isVisible(): boolean;
  onChange(listener: () => void): () => void;
}

export interface LiveStorePorts {
  connect: (href: string) => Source;
  /** To the other tabs; null where there is no such thing: then each tab has a stream of its own. */
  openChannel: (receive: (message: TabMessage<LiveWord>) => void) => Channel | null;
  page: PageSight;
  setTimer: SetTimer;
  random: () => number;
}

export function createLiveStore({ connect, openChannel, page, setTimer, random }: LiveStorePorts): LiveStore {
  const listeners = new Set<() => void>();
  let live: Live = { state: null, link: "connecting" };
  let stop: (() => void) | null = null;
  let keep: (() => void) | null = null;

  function set(next: Live): void {
    if (next.state === live.state && next.link === live.link) return;
    live = next;
    for (const listener of [...listeners]) listener();
  }

  function hear(word: LiveWord): void {
    set(afterWord(live, word));
  }

  /** Takes part while the page is seen; the answer ends it. */
  function join(): () => void {
    let close: (() => void) | null = null;
    let tabs: Tabs<LiveWord> | null = null;
    set({ ...live, link: "connecting" });

    function say(word: LiveWord): void {
      hear(word);
      tabs?.tell(word);
    }
    function lead(leads: boolean): void {
      close?.();
      close = leads
        ? openLiveSource({
            lastEventId: live.state?.lastEventId ?? null,
            onMessage: (message) => say({ type: "message", message }),
            onLink: (link) => {
              if (link !== live.link) say({ type: "link", link });
            },
            connect,
            setTimer,
            random,
          })
        : null;
    }

    const channel = openChannel((message) => tabs?.receive(message));
    if (!channel) {
      lead(true);
      return () => lead(false);
    }
    tabs = joinTabs<LiveWord>({
      id: random().toString(36).slice(2),
      send: channel.post,
      onLead: lead,
      onHello: () => tabs?.tell({ type: "all", live }),
      onWord: hear,
      setTimer,
    });
    return () => {
      tabs?.leave();
      channel.close();
    };
  }

  function start(): () => void {
    let leave: (() => void) | null = null;
    function look(): void {
      if (page.isVisible()) leave ??= join();
      else {
        leave?.();
        leave = null;
      }
    }
    const unwatch = page.onChange(look);
    look();
    return () => {
      unwatch();
      leave?.();
    };
  }

  return {
    get: () => live,
    subscribe(listener) {
      listeners.add(listener);
      keep?.();
      keep = null;
      stop ??= start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        keep = setTimer(() => {
          stop?.();
          stop = null;
        }, LINGER_MS);
      };
    },
  };
}

function afterWord(live: Live, word: LiveWord): Live {
  switch (word.type) {
    case "message":
      return { state: applyLive(live.state, word.message), link: "live" };
    case "link":
      return { ...live, link: word.link };
    case "all":
      return word.live.state ? word.live : { ...live, link: word.live.link };
  }
}
