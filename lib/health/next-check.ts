import type { Provider } from "@/lib/providers/provider";
import { saysNothing } from "./engine/figures";
import { isCredentialHold } from "./engine/hold";
import { withJitter } from "./engine/probing";
import { isInTrouble } from "./engine/status";
import type { HealthRecord } from "./health-record";
import type { HealthSettings } from "./health-settings";

const MINUTE_MS = 60_000;
/** Between two runs of one provider, whatever else asks for one. */
const CLOSEST_RUNS_MS = 1000;
const CHECK_AGAIN_MS = 30_000;

interface Demand {
  provider: Provider;
  settings: HealthSettings;
  now: number;
  /** Minutes, as chosen by users who were active in the last 24 h. */
  personalIntervals: readonly number[];
  /** We ourselves cannot reach it: checks wait. */
  cutOff: boolean;
}

/**
 * When the next check of a provider is due (epoch ms; null for never). Held ones wait for the end of the hold; those in trouble follow
 * the probe ladder; the others follow their interval, counted from the last good sample of any kind.
 */
export function nextCheckAt(record: HealthRecord, demand: Demand): number | null {
  const { provider, settings, now, cutOff } = demand;
  if (cutOff || !settings.checksEnabled || !provider.enabled || !provider.initialized) return null;
  const { hold } = record.state;
  if (hold && isCredentialHold(hold)) return hold.recheckAt;
  const wanted = wantedAt(record, demand);
  const free = Math.max(wanted, hold?.until ?? 0);
  return record.lastRunAt === null ? free : Math.max(free, Math.min(now, record.lastRunAt) + CLOSEST_RUNS_MS);
}

function wantedAt(record: HealthRecord, demand: Demand): number {
  const { state, forcedAt, jitter } = record;
  if (forcedAt !== null) return forcedAt;
  if (isInTrouble(state)) return state.probe.dueAt ?? demand.now;
  const { lastCheck } = state;
  // A check that fell into a fault of our own proved nothing, and is made again before long.
  if (lastCheck && saysNothing(lastCheck.class) && lastCheck.at > (state.lastOkAt ?? 0)) {
    return Math.min(lastCheck.at, demand.now) + withJitter(CHECK_AGAIN_MS, jitter);
  }
  const provedAt = Math.max(state.lastOkAt ?? 0, lastCheck?.at ?? 0);
  return Math.min(provedAt, demand.now) + withJitter(checkIntervalMs(demand), jitter);
}

/** max(its shortest, min(its own, what active users chose)); its own is the instance's when it has none. */
export function checkIntervalMs({
  provider,
  settings,
  personalIntervals,
}: Pick<Demand, "provider" | "settings" | "personalIntervals">): number {
  const own = provider.checkInterval === null ? settings.checkIntervalMs : provider.checkInterval * MINUTE_MS;
  const asked = Math.min(own, ...personalIntervals.map((minutes) => minutes * MINUTE_MS));
  return Math.max((provider.minCheckInterval ?? 0) * MINUTE_MS, asked);
}
