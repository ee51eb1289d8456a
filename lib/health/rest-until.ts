import type { ProviderHealth } from "./health-view";

/** When a state that ends by itself ends, epoch milliseconds; null for the others. */
export function restUntil(health: Pick<ProviderHealth, "state" | "disabledUntil" | "hold">): number | null {
  if (health.state === "AUTO_DISABLED") return health.disabledUntil;
  return health.state === "RATE_LIMITED" ? (health.hold?.until ?? null) : null;
}
