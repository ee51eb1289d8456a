import type { Logger } from "pino";
import type { DatabaseQuery } from "@/lib/db/client";

const SLOW_MS = 200;

/** Says which query was slow; never with its values. */
export function reportSlowQuery(log: Pick<Logger, "warn">, { model, operation, durationMs }: DatabaseQuery): void {
  if (durationMs <= SLOW_MS) return;
  const name = model === null ? operation : `${model}.${operation}`;
  const ms = Math.round(durationMs);
  log.warn({ event: "slow.query", model, operation, ms }, `${name} took ${ms} ms`);
}
