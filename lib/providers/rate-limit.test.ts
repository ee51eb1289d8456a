import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type CallEnd, createCallEnd, endCall } from "./deadline";
import { ProviderError } from "./outcome";
import type { Operation, Source } from "./provider";
import { createRateLimiter } from "./rate-limit";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ENOUGH = new ProviderError({ class: "cancelled", message: "Enough." });
const provider = { id: "a", rate: { calls: 2, intervalMs: 1000 } };
const turn = (
  overrides: { end?: CallEnd; operation?: Operation; source?: Source; provider?: typeof provider } = {},
) => ({
  provider,
  operation: "search" as Operation,
  source: "search" as Source,
  end: createCallEnd(),
  ...overrides,
});

it("lets no more calls start in any window than the rate says", async () => {
  const limiter = createRateLimiter();
  const startedAt: number[] = [];
  const began = Date.now();
  for (let i = 0; i < 5; i++) void limiter.wait(turn()).then(() => startedAt.push(Date.now() - began));
  await vi.advanceTimersByTimeAsync(0);
  expect(startedAt).toEqual([0, 0]);
  await vi.advanceTimersByTimeAsync(2500);
  expect(startedAt).toHaveLength(5);
  for (let i = 2; i < 5; i++) expect((startedAt[i] ?? 0) - (startedAt[i - 2] ?? 0)).toBeGreaterThanOrEqual(1000);
});

it("ends the waiting with the signal's reason, and gives the turn to the next", async () => {
  const limiter = createRateLimiter();
  await Promise.all([limiter.wait(turn()), limiter.wait(turn())]);
  const end = createCallEnd();
  const given = limiter.wait(turn({ end })).catch((reason) => reason);
  const next = vi.fn();
  void limiter.wait(turn()).then(next);
  endCall(end, ENOUGH);
  expect(await given).toBe(ENOUGH);
  await vi.advanceTimersByTimeAsync(1000);
  expect(next).toHaveBeenCalled();
});

it("does not take a turn for a call that has already ended", async () => {
  const end = createCallEnd();
  endCall(end, ENOUGH);
  await expect(createRateLimiter().wait(turn({ end }))).rejects.toBe(ENOUGH);
});

it("lets people go before checks", async () => {
  const limiter = createRateLimiter();
  await Promise.all([limiter.wait(turn()), limiter.wait(turn())]);
  const order: string[] = [];
  for (const source of ["check", "probe", "search"] as const)
    void limiter.wait(turn({ source })).then(() => order.push(source));
  await vi.advanceTimersByTimeAsync(2000);
  expect(order).toEqual(["search", "check", "probe"]);
});

it("keeps covers and other providers out of a provider's searches", async () => {
  const limiter = createRateLimiter();
  await Promise.all([limiter.wait(turn()), limiter.wait(turn())]);
  await Promise.all([
    limiter.wait(turn({ operation: "cover" })),
    limiter.wait(turn({ provider: { ...provider, id: "b" } })),
  ]);
});

it("follows a changed rate", async () => {
  const limiter = createRateLimiter();
  await Promise.all([limiter.wait(turn()), limiter.wait(turn())]);
  await limiter.wait(turn({ provider: { id: "a", rate: { calls: 100, intervalMs: 1000 } } }));
});
