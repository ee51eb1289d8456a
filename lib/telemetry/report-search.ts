import type { Logger } from "pino";
import type { SearchObservation } from "./metric-records";

/** The words that were searched for stay out of the log: they are the reader's own. */
export function reportSearch(
  log: Pick<Logger, "info">,
  { status, tookMs, firstResultMs, requestId }: SearchObservation & { requestId: string | null },
): void {
  log.info(
    {
      event: "search.finished",
      status,
      ms: Math.round(tookMs),
      first_result_ms: firstResultMs === null ? null : Math.round(firstResultMs),
      ...(requestId !== null && { request_id: requestId }),
    },
    `a search ended: ${status}`,
  );
}
