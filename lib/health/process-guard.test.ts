import { describe, expect, it } from "vitest";
import { createProcessGuard } from "./process-guard";
import { createManualTime } from "./testing/manual-time";

function createSim() {
  const time = createManualTime();
  let wallAhead = 0;
  const guard = createProcessGuard({
    clock: () => time.clock() + wallAhead,
    stopwatch: time.clock,
    setTimer: time.setTimer,
  });
  function jump(ms: number): void {
    wallAhead += ms;
  }
  return { time, guard, jump };
}

describe("the guard over the process", () => {
  it("finds nothing while timers run in time", async () => {
    const sim = createSim();
    await sim.time.advance(60_000);
    expect(sim.guard.wasDisturbed(30_000)).toBe(false);
  });

  it("knows of a stall before the next look, and only for calls that were under way", async () => {
    const sim = createSim();
    await sim.time.advance(10_000);
    sim.time.stand(12_000);
    expect(sim.guard.wasDisturbed(12_500)).toBe(true);
    expect(sim.guard.findCause(12_500)).toBe("loop_lag");
    expect(sim.guard.wasDisturbed(500)).toBe(false);
    await sim.time.advance(5000);
    expect(sim.guard.wasDisturbed(4000)).toBe(false);
    expect(sim.guard.wasDisturbed(10_000)).toBe(true);
  });

  it("overlooks hiccups of up to a second", async () => {
    const sim = createSim();
    await sim.time.advance(1000);
    sim.time.stand(900);
    expect(sim.guard.wasDisturbed(5000)).toBe(false);
  });

  it.each([31_000, -86_400_000])("knows of a clock that jumped by %i ms", async (ms) => {
    const sim = createSim();
    await sim.time.advance(1000);
    sim.jump(ms);
    expect(sim.guard.wasDisturbed(100)).toBe(true);
    expect(sim.guard.findCause(100)).toBe("clock");
    await sim.time.advance(5000);
    expect(sim.guard.wasDisturbed(100)).toBe(false);
  });

  it("lets a clock be set right by seconds", async () => {
    const sim = createSim();
    await sim.time.advance(1000);
    sim.jump(5000);
    expect(sim.guard.wasDisturbed(1000)).toBe(false);
  });
});
