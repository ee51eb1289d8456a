import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { createMemoryBus } from "./memory-bus";

const report = vi.fn();

describe("the bus within a process", () => {
  it("numbers events on from where it began", () => {
    const bus = createMemoryBus<string>({ lastId: 41, report });
    expect(bus.publish("a")).toEqual({ id: 42, event: "a" });
    expect(bus.publish("b", 50).id).toBe(50);
    expect(bus.publish("c", 50).id).toBe(51);
    expect(bus.lastId()).toBe(51);
  });

  it("tells every listener, in order, until it leaves", () => {
    const bus = createMemoryBus<string>({ lastId: 0, report });
    const heard: string[] = [];
    const leave = bus.subscribe(({ event }) => heard.push(`1${event}`));
    bus.subscribe(({ event }) => heard.push(`2${event}`));
    bus.publish("a");
    leave();
    bus.publish("b");
    expect(heard).toEqual(["1a", "2a", "2b"]);
  });

  it("is not harmed by a listener that throws", () => {
    const told = vi.fn();
    const bus = createMemoryBus<string>({ lastId: 0, report: told });
    const heard: string[] = [];
    bus.subscribe(() => {
      throw new Error("broken");
    });
    bus.subscribe(({ event }) => heard.push(event));
    bus.publish("a");
    expect(heard).toEqual(["a"]);
    expect(told).toHaveBeenCalledOnce();
  });

  it("replays exactly what came after a number, or says that it cannot", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 60 }),
        (keep, steps) => {
          const bus = createMemoryBus<number>({ lastId: 7, keep, report });
          const ids = steps.map((step) => bus.publish(0, bus.lastId() + step).id);
          const kept = ids.slice(-keep);
          const known = ids.length > keep ? (ids.at(-keep - 1) ?? 7) : 7;
          for (let id = 0; id <= bus.lastId() + 1; id++) {
            const replay = bus.since(id)?.map((numbered) => numbered.id) ?? null;
            const expected = id < known || id > bus.lastId() ? null : kept.filter((one) => one > id);
            expect(replay).toEqual(expected);
          }
        },
      ),
    );
  });
});
