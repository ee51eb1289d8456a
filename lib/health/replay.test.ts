import { afterAll, describe, expect, it } from "vitest";
import type { OutcomeClass } from "@/lib/providers/outcome";
import { buildProvider, createMonitorSim, type MonitorSim } from "./testing/monitor-sim";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const OUTAGES_MIN = [2, 10, 40, 360];
const BURSTS = [1, 4, 10];
const USABLE_AGAIN_MIN = 5;
const CALLS_PER_HOUR = 20;
const SLOW_MACHINE_MS = 60_000;

interface Replay {
  outageMin: number;
  burst: number;
  /** How long a provider that is well again was not asked, in minutes. */
  unusableMin: number;
  /** Most calls to the dead provider in any hour once its circuit had opened. */
  callsPerHour: number;
}

/** A repeatable stand-in for chance (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One search a minute, of as many calls at once as the burst is wide; answers whether any of them was let through and answered. */
async function searchOnce(sim: MonitorSim, burst: number): Promise<boolean> {
  const provider = sim.catalog.get("dead");
  const input = { text: "berserk", page: null, limit: 20, adult: false };
  const answers = Array.from({ length: burst }, () =>
    sim.call({ provider, operation: "search", source: "search", input }),
  );
  await sim.time.advance(1000);
  return (await Promise.all(answers)).some(({ ok }) => ok);
}

async function replay(
  outageMin: number,
  burst: number,
  { outcome, seed }: { outcome: OutcomeClass; seed: number },
): Promise<Replay> {
  const providers = ["dead", "b", "c", "d"].map((id) => buildProvider({ id }));
  const sim = createMonitorSim({ providers, random: createRandom(seed), settings: { startupGraceMs: MINUTE_MS } });
  await sim.monitor.start(sim.call);
  await sim.time.advance(5 * MINUTE_MS);
  sim.outcomes.set("dead", { class: outcome });
  // The outage does not begin with a search.
  await sim.time.advance(Math.round(createRandom(seed)() * MINUTE_MS));
  const endsAt = sim.time.clock() + outageMin * MINUTE_MS;
  while (sim.time.clock() < endsAt) {
    await searchOnce(sim, burst);
    await sim.time.advance(Math.min(MINUTE_MS - 1000, Math.max(0, endsAt - sim.time.clock())));
  }
  const openedAt = sim.decisions.find(({ to, providerId }) => to === "OPEN" && providerId === "dead")?.at ?? endsAt;
  const callsPerHour = busiestHour(
    sim.calls.flatMap(({ providerId, at }) => (providerId === "dead" && at > openedAt ? at : [])),
  );
  sim.outcomes.clear();
  let unusableMin = 0;
  while (!(await searchOnce(sim, burst))) {
    unusableMin = (sim.time.clock() - endsAt) / MINUTE_MS;
    if (unusableMin > 24 * 60) break;
    await sim.time.advance(MINUTE_MS - 1000);
  }
  await sim.monitor.stop();
  return { outageMin, burst, unusableMin: Math.ceil(unusableMin), callsPerHour };
}

function busiestHour(instants: readonly number[]): number {
  return Math.max(0, ...instants.map((start) => instants.filter((at) => at >= start && at < start + HOUR_MS).length));
}

describe("outages replayed, one search a minute", () => {
  const rows: Replay[] = [];

  afterAll(() => {
    const header = "outage   burst   unusable after its end   calls in the busiest hour";
    const lines = rows.map(({ outageMin, burst, unusableMin, callsPerHour }) =>
      [
        `${outageMin} min`.padStart(7),
        String(burst).padStart(6),
        `${unusableMin} min`.padStart(20),
        String(callsPerHour).padStart(22),
      ].join(" "),
    );
    process.stdout.write(`${[header, ...lines].join("\n")}\n`);
  });

  for (const outageMin of OUTAGES_MIN) {
    it.each(BURSTS)(
      `of ${outageMin} min cost at most five more, in bursts of %i`,
      async (burst) => {
        const runs = [];
        for (const seed of [1, 2]) runs.push(await replay(outageMin, burst, { outcome: "http_5xx", seed }));
        const worst = {
          outageMin,
          burst,
          unusableMin: Math.max(...runs.map((run) => run.unusableMin)),
          callsPerHour: Math.max(...runs.map((run) => run.callsPerHour)),
        };
        rows.push(worst);
        expect(worst.unusableMin).toBeLessThanOrEqual(USABLE_AGAIN_MIN);
        expect(worst.callsPerHour).toBeLessThanOrEqual(CALLS_PER_HOUR);
      },
      SLOW_MACHINE_MS,
    );
  }
});
