import { describe, expect, it, vi } from "vitest";
import { createEventQueue } from "./event-queue";

describe("a reader's queue", () => {
  it("hands items on in order, whether they wait for the reader or the reader for them", async () => {
    const queue = createEventQueue<string>({ bytesMax: 10 });
    queue.push("a", 1);
    queue.push("b", 1);
    const reading = queue.read();
    expect((await reading.next()).value).toBe("a");
    expect((await reading.next()).value).toBe("b");
    const third = reading.next();
    queue.push("c", 1);
    expect((await third).value).toBe("c");
  });

  it("gives a reader up that falls too far behind, and keeps nothing for it", async () => {
    const onOverflow = vi.fn();
    const queue = createEventQueue<string>({ bytesMax: 10, onOverflow });
    queue.push("a", 6);
    queue.push("b", 6);
    queue.push("c", 1);
    expect(onOverflow).toHaveBeenCalledOnce();
    expect(await all(queue.read())).toEqual([]);
  });

  it("takes one item of any size for a reader that keeps up", async () => {
    const queue = createEventQueue<string>({ bytesMax: 10 });
    queue.push("large", 1000);
    expect((await queue.read().next()).value).toBe("large");
  });

  it("ends the reading when it is closed", async () => {
    const queue = createEventQueue<string>({ bytesMax: 10 });
    const rest = all(queue.read());
    await Promise.resolve();
    queue.close();
    queue.push("late", 1);
    expect(await rest).toEqual([]);
  });
});

async function all(items: AsyncIterable<string>): Promise<string[]> {
  const list: string[] = [];
  for await (const item of items) list.push(item);
  return list;
}
