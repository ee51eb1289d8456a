import { describe, expect, it } from "vitest";
import { createManualTime } from "@/lib/health/testing/manual-time";
import type { LiveMessage } from "./live-message";
import type { Source } from "./live-source";
import { createLiveStore, type LiveStore, type LiveWord } from "./live-store";
import type { TabMessage } from "./live-tabs";
import { buildRow, buildSnapshot, buildTransition } from "./testing/build-live";

const SNAPSHOT: LiveMessage = { event: "snapshot", id: 10, data: buildSnapshot([buildRow({ id: "kitsu" })]) };
const DOWN: LiveMessage = { event: "transition", id: 11, data: buildTransition({ id: 11 }) };
const SETTLED_MS = 400;

interface FakeSource {
  href: string;
  open: boolean;
  tell(message: LiveMessage): void;
  /** `refused`: the server answered with an error, so that the browser gives up. */
  fail(how: "broken" | "refused"): void;
}

/** A browser with as many tabs as wanted, and the streams that they open. */
function createBrowser() {
  const time = createManualTime();
  const sources: FakeSource[] = [];
  const channels = new Set<(message: TabMessage<LiveWord>) => void>();
  let tabsMade = 0;

  function connect(href: string): Source {
    const listeners = new Map<string, (event: { data?: string; lastEventId?: string }) => void>();
    const source = { readyState: 1 };
    const fake: FakeSource = {
      href,
      open: true,
      tell({ event, id, data }) {
        listeners.get(event)?.({ data: JSON.stringify(data), lastEventId: String(id) });
      },
      fail(how) {
        source.readyState = how === "refused" ? 2 : 0;
        listeners.get("error")?.({});
      },
    };
    sources.push(fake);
    return Object.assign(source, {
      addEventListener: (type: string, listener: (event: { data?: string; lastEventId?: string }) => void) =>
        void listeners.set(type, listener),
      close: () => {
        fake.open = false;
      },
    });
  }

  function tab({ withChannel = true } = {}) {
    const number = ++tabsMade;
    let visible = true;
    let looks = () => {};
    const store = createLiveStore({
      connect,
      openChannel(receive) {
        if (!withChannel) return null;
        channels.add(receive);
        return {
          post(message) {
            const others = [...channels].filter((other) => other !== receive);
            for (const other of others) time.setTimer(() => channels.has(other) && other(message), 1);
          },
          close: () => void channels.delete(receive),
        };
      },
      page: {
        isVisible: () => visible,
        onChange(listener) {
          looks = listener;
          return () => {
            looks = () => {};
          };
        },
      },
      setTimer: time.setTimer,
      random: () => number / 100,
    });
    return {
      store,
      show(seen: boolean) {
        visible = seen;
        looks();
      },
    };
  }

  const openSources = () => sources.filter(({ open }) => open);
  return {
    time,
    sources,
    tab,
    openSources,
    settle: () => time.advance(SETTLED_MS),
    only() {
      const [source, ...more] = openSources();
      if (!source || more.length > 0) throw new Error(`${openSources().length} streams are open`);
      return source;
    },
  };
}

const listen = (store: LiveStore) => store.subscribe(() => {});
const statesOf = (store: LiveStore) => store.get().state?.rows.map(({ id, state }) => `${id} ${state}`);
const toldTo = (store: LiveStore) => store.get().state?.transitions.map(({ id }) => id);

describe("the live stream in one tab", () => {
  it("is opened with the first that listens and closed after the last", async () => {
    const { tab, settle, time, openSources } = createBrowser();
    const { store } = tab();
    expect(openSources()).toEqual([]);
    const ends = [listen(store), listen(store)];
    await settle();
    expect(openSources()).toHaveLength(1);
    for (const end of ends) end();
    await time.advance(2000);
    expect(openSources()).toEqual([]);
    expect(time.pending()).toBe(0);
  });

  it("stays open from one page to the next", async () => {
    const { tab, settle, time, sources } = createBrowser();
    const { store } = tab();
    const leave = listen(store);
    await settle();
    leave();
    await time.advance(100);
    listen(store);
    await time.advance(5000);
    expect(sources.map(({ open }) => open)).toEqual([true]);
  });

  it("is closed while nobody sees the page, and goes on where it was", async () => {
    const { tab, settle, only, openSources } = createBrowser();
    const { store, show } = tab();
    listen(store);
    await settle();
    only().tell(SNAPSHOT);
    only().tell(DOWN);
    show(false);
    await settle();
    expect(openSources()).toEqual([]);
    show(true);
    await settle();
    expect(only().href).toMatch(/last_event_id=11$/);
  });

  it("says when it is lost, and when it lives again", async () => {
    const { tab, settle, only } = createBrowser();
    const { store } = tab();
    listen(store);
    await settle();
    expect(store.get().link).toBe("connecting");
    only().tell(SNAPSHOT);
    expect(store.get().link).toBe("live");
    only().fail("broken");
    expect(store.get().link).toBe("lost");
    expect(statesOf(store)).toEqual(["kitsu ACTIVE"]);
    only().tell(DOWN);
    expect(store.get().link).toBe("live");
  });

  it("comes back by itself from a refusal, later each time, with the last number", async () => {
    const { tab, settle, only, openSources, time, sources } = createBrowser();
    const { store } = tab();
    listen(store);
    await settle();
    only().tell(SNAPSHOT);
    for (const waitMs of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      only().fail("refused");
      expect(openSources()).toEqual([]);
      await time.advance(waitMs * 0.7);
      expect(openSources()).toEqual([]);
      await time.advance(waitMs * 0.6);
      expect(only().href).toMatch(/last_event_id=10$/);
    }
    const tried = sources.length;
    only().tell({ ...SNAPSHOT, id: 900 });
    only().fail("refused");
    await time.advance(1300);
    expect(sources.length).toBe(tried + 1);
    expect(only().href).toMatch(/last_event_id=900$/);
  });

  it("shows what the server says after its restart, and nothing from before", async () => {
    const { tab, settle, only } = createBrowser();
    const { store } = tab();
    listen(store);
    await settle();
    only().tell(SNAPSHOT);
    only().fail("broken");
    const rows = [buildRow({ id: "kitsu", state: "DOWN" }), buildRow({ id: "anilist" })];
    only().tell({ event: "snapshot", id: 5000, data: buildSnapshot(rows) });
    expect(statesOf(store)).toEqual(["kitsu DOWN", "anilist ACTIVE"]);
  });

  it("does without other tabs where they cannot be reached", async () => {
    const { tab, only } = createBrowser();
    const { store } = tab({ withChannel: false });
    listen(store);
    only().tell(SNAPSHOT);
    expect(statesOf(store)).toEqual(["kitsu ACTIVE"]);
  });
});

describe("the live stream over several tabs", () => {
  async function openTabs(count: number) {
    const browser = createBrowser();
    const tabs = Array.from({ length: count }, () => browser.tab());
    for (const { store } of tabs) listen(store);
    await browser.settle();
    return { ...browser, tabs };
  }

  it("is one stream, also when all tabs open at once", async () => {
    const { tabs, only, settle, sources } = await openTabs(4);
    expect(sources).toHaveLength(1);
    only().tell(SNAPSHOT);
    only().tell(DOWN);
    await settle();
    for (const { store } of tabs) {
      expect(toldTo(store)).toEqual([11]);
      expect(store.get().link).toBe("live");
    }
  });

  it("tells a tab that comes later everything that is known", async () => {
    const { tab, only, settle } = await openTabs(1);
    only().tell(SNAPSHOT);
    only().tell(DOWN);
    const late = tab();
    listen(late.store);
    await settle();
    expect(toldTo(late.store)).toEqual([11]);
    only();
  });

  it("is handed over when the tab that reads it is hidden, without a gap", async () => {
    const { tabs, only, settle } = await openTabs(3);
    only().tell(SNAPSHOT);
    only().tell(DOWN);
    await settle();
    tabs[0]?.show(false);
    await settle();
    expect(only().href).toMatch(/last_event_id=11$/);
    tabs[0]?.show(true);
    await settle();
    only();
  });

  it("is closed when all of them are hidden", async () => {
    const { tabs, settle, openSources, time } = await openTabs(3);
    for (const { show } of tabs) show(false);
    await settle();
    expect(openSources()).toEqual([]);
    expect(time.pending()).toBe(0);
  });
});
