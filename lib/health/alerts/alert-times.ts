import type { InstanceValues } from "@/lib/health/instance-fields";

const SECOND_MS = 1000;

export interface AlertTimes {
  /** For so long the same is not told again, unless it got worse. */
  cooldownMs: number;
  /** How long a first alert waits for its group. */
  groupWaitMs: number;
}

export function toAlertTimes(values: InstanceValues): AlertTimes {
  return {
    cooldownMs: values.health_alert_cooldown_minutes * 60 * SECOND_MS,
    groupWaitMs: values.health_alert_group_wait_seconds * SECOND_MS,
  };
}
