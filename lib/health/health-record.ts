import type { TestResult } from "./check-run";
import { newEngineState } from "./engine/engine-state";
import { createTrendSeries, type TrendSeries } from "./engine/trend";
import type { EngineState } from "./engine/types";
import { createWindows, type SampleWindows } from "./engine/window";

/** What the monitor keeps in memory of one provider. */
export interface HealthRecord {
  state: EngineState;
  windows: SampleWindows;
  trend: TrendSeries;
  /** Checks under way, and those of them that a person asked for. */
  running: { all: number; manual: number };
  /** A person's test under way, which others join. */
  test: Promise<TestResult> | null;
  /** When a user's test was last let through. */
  lastUserTestAt: number | null;
  /** A check that is due whatever the interval: at start, after a change. */
  forcedAt: number | null;
  lastRunAt: number | null;
  /** When a search that was turned away last brought a probe forward. */
  lastDemandAt: number | null;
  /** 0–1, drawn anew after each scheduled check. */
  jitter: number;
  /** The calls since its host last gave a sign that found none and were counted: should we ourselves be offline, they are taken back. */
  suspects: Suspect[];
}

export interface Suspect {
  /** The state before it was counted. */
  before: EngineState;
  startedAt: number;
  countedAt: number;
}

export function newHealthRecord(now: number): HealthRecord {
  return {
    state: newEngineState(now),
    windows: createWindows(),
    trend: createTrendSeries(),
    running: { all: 0, manual: 0 },
    test: null,
    lastUserTestAt: null,
    forcedAt: null,
    lastRunAt: null,
    lastDemandAt: null,
    jitter: 0.5,
    suspects: [],
  };
}
