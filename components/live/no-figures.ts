import type { LiveSnapshot } from "./live-message";

/** For readers of the stream that show no figures: older than anything that it tells. */
export const NO_FIGURES: LiveSnapshot = {
  at: "1970-01-01T00:00:00.000Z",
  self_online: true,
  summary: { total: 0, healthy: 0, degraded: 0, unhealthy: 0, unknown: 0, disabled: 0 },
  circuits: { closed: 0, open: 0, half_open: 0 },
  providers: [],
};
