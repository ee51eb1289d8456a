import type { CircuitState, ProviderState } from "./health-view";

export const GROUPS = ["healthy", "degraded", "unhealthy", "unknown", "disabled"] as const;
export type Group = (typeof GROUPS)[number];

const GROUP_OF = {
  ACTIVE: "healthy",
  DEGRADED: "degraded",
  RATE_LIMITED: "degraded",
  DOWN: "unhealthy",
  AUTO_DISABLED: "unhealthy",
  MISCONFIGURED: "unhealthy",
  UNKNOWN: "unknown",
  TESTING: "unknown",
  DISABLED: "disabled",
} as const satisfies Record<ProviderState, Group>;

/** How many providers there are of each group; the groups add up to `total`. */
export type Summary = { total: number } & Record<Group, number>;

export interface CircuitCounts {
  closed: number;
  open: number;
  half_open: number;
}

export type OverallStatus = Exclude<Group, "disabled">;

export function toSummary(states: readonly ProviderState[]): Summary {
  const summary = { total: states.length, healthy: 0, degraded: 0, unhealthy: 0, unknown: 0, disabled: 0 };
  for (const state of states) summary[GROUP_OF[state]]++;
  return summary;
}

export function toCircuitCounts(states: readonly CircuitState[]): CircuitCounts {
  const count = (state: CircuitState) => states.filter((one) => one === state).length;
  return { closed: count("CLOSED"), open: count("OPEN"), half_open: count("HALF_OPEN") };
}

/**
 * One word for all providers in use: unhealthy when none of those that are known is of use, healthy when nothing is wrong with any of
 * them nor with our own connection, else degraded; unknown while nothing is known.
 */
export function toOverallStatus({ healthy, degraded, unhealthy }: Summary, selfOnline: boolean): OverallStatus {
  if (healthy + degraded + unhealthy === 0) return selfOnline ? "unknown" : "degraded";
  if (healthy + degraded === 0) return "unhealthy";
  return degraded + unhealthy === 0 && selfOnline ? "healthy" : "degraded";
}
