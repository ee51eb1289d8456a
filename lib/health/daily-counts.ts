import type { StoredRollup } from "./rollup";

export interface DailyCount {
  /** UTC, `YYYY-MM-DD`. */
  date: string;
  providerId: string;
  successCount: number;
  failureCount: number;
  /** Mean of both, in ms. */
  avgResponseTime: number;
}

/** Days of roll-ups as counts; days on which nothing succeeded or failed are left out. */
export function toDailyCounts(
  days: readonly Pick<StoredRollup, "providerId" | "bucket" | "successCount" | "failureCount" | "durationSum">[],
): DailyCount[] {
  return days.flatMap(({ providerId, bucket, successCount, failureCount, durationSum }) => {
    const counted = successCount + failureCount;
    if (counted === 0) return [];
    const date = new Date(bucket).toISOString().slice(0, 10);
    return [{ date, providerId, successCount, failureCount, avgResponseTime: durationSum / counted }];
  });
}
