import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createManualTime } from "@/lib/health/testing/manual-time";
import { joinTabs, type TabMessage, type Tabs } from "./live-tabs";

/** Tabs on one channel; a dead one neither hears nor speaks, and its timers stand still. */
function createTabs() {
  const time = createManualTime();
  const tabs = new Map<string, Tabs<string>>();
  const dead = new Set<string>();
  const leads = new Set<string>();
  const heard: string[] = [];

  function join(id: string): void {
    tabs.set(
      id,
      joinTabs<string>({
        id,
        send(message: TabMessage<string>) {
          if (dead.has(id)) return;
          time.setTimer(() => {
            for (const [other, tab] of [...tabs]) if (other !== id && !dead.has(other)) tab.receive(message);
          }, 1);
        },
        onLead: (now) => void (now ? leads.add(id) : leads.delete(id)),
        onHello: () => tabs.get(id)?.tell(`all from ${id}`),
        onWord: (word) => heard.push(`${id}: ${word}`),
        setTimer: (run, ms) => time.setTimer(() => !dead.has(id) && run(), ms),
      }),
    );
  }

  function leave(id: string): void {
    tabs.get(id)?.leave();
    tabs.delete(id);
  }

  function kill(id: string): void {
    dead.add(id);
    leads.delete(id);
    tabs.delete(id);
  }

  return { time, join, leave, kill, leads, heard, tabs };
}

describe("tabs that share one stream", () => {
  it("take over from one that died without a word", async () => {
    const { time, join, kill, leads } = createTabs();
    join("a");
    await time.advance(1000);
    join("b");
    await time.advance(1000);
    expect([...leads]).toEqual(["a"]);
    kill("a");
    await time.advance(6000);
    expect([...leads]).toEqual(["b"]);
  });

  it("are told everything when they come, and each word once", async () => {
    const { time, join, tabs, heard } = createTabs();
    join("b");
    await time.advance(1000);
    join("a");
    await time.advance(1000);
    tabs.get("b")?.tell("news");
    tabs.get("a")?.tell("not mine to tell");
    await time.advance(10);
    expect(heard).toEqual(["a: all from b", "a: news"]);
  });

  it("have exactly one leader soon after whatever happened, and none when there are no tabs", async () => {
    const id = fc.constantFrom("a", "b", "c", "d");
    const step = fc.record({ what: fc.constantFrom("join", "leave", "kill"), id, waitMs: fc.nat(400) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { time, join, leave, kill, leads, tabs } = createTabs();
        let lives = 0;
        for (const { what, id: name, waitMs } of steps) {
          if (what === "join") join(`${name}${lives++}`);
          const victim = [...tabs.keys()].find((key) => key.startsWith(name));
          if (what === "leave" && victim) leave(victim);
          if (what === "kill" && victim) kill(victim);
          await time.advance(waitMs);
        }
        await time.advance(12_000);
        expect(leads.size).toBe(tabs.size === 0 ? 0 : 1);
      }),
    );
  });
});
