import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventStream } from "./sse";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function* two() {
  yield { event: "start", data: { n: 1 } };
  yield { event: "end", data: { n: 2 }, id: "x" };
}

describe("an event stream", () => {
  it("numbers its events and lets no proxy hold them back", async () => {
    const response = eventStream({ events: two, signal: new AbortController().signal });
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    expect(await response.text()).toBe(
      ': open\n\nid: 1\nevent: start\ndata: {"n":1}\n\nid: x\nevent: end\ndata: {"n":2}\n\n',
    );
  });

  it("stays alive with comments while nothing happens", async () => {
    const response = eventStream({ events: quiet, signal: new AbortController().signal });
    const reader = response.body?.getReader();
    const next = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await next()).toBe(": open\n\n");
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await next()).toBe(": ping\n\n");
    await reader?.cancel();
  });

  it("asks its source for no more than a slow reader takes", async () => {
    let made = 0;
    const endless = async function* () {
      while (true) yield { event: "tick", data: { number: made++, filler: "x".repeat(4000) } };
    };
    const response = eventStream({ events: endless, signal: new AbortController().signal });
    await vi.advanceTimersByTimeAsync(0);
    const before = made;
    expect(before).toBeLessThan(10);
    const reader = response.body?.getReader();
    for (let index = 0; index < 10; index++) await reader?.read();
    expect(made).toBeGreaterThan(before);
    expect(made).toBeLessThan(before + 15);
    await reader?.cancel();
    const after = made;
    await vi.advanceTimersByTimeAsync(0);
    expect(made).toBeLessThanOrEqual(after + 1);
  });

  it.each(["request aborts", "reader cancels"])("tells its source to stop when the %s", async (how) => {
    const request = new AbortController();
    let told: AbortSignal | undefined;
    const response = eventStream({
      signal: request.signal,
      events: (signal) => {
        told = signal;
        return quiet(signal);
      },
    });
    if (how === "request aborts") request.abort();
    else await response.body?.cancel();
    await vi.advanceTimersByTimeAsync(0);
    expect(told?.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends quietly for the client and tells us when its source breaks", async () => {
    const report = vi.fn();
    const broken = async function* () {
      yield { event: "start", data: 1 };
      throw new Error("secret");
    };
    const text = await eventStream({ events: broken, signal: new AbortController().signal, report }).text();
    expect(text).not.toContain("secret");
    expect(report).toHaveBeenCalledOnce();
  });
});

async function* quiet(signal: AbortSignal): AsyncGenerator<{ event: string; data: unknown }> {
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
