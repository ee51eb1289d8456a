import type { Logger } from "pino";
import type { AlertPayload, SendMessage } from "../channel";

const EVENTS = { firing: "alert.fired", resolved: "alert.resolved", test: "alert.test" } as const;

/** A line in the application's own log: the one channel that is always there. */
export function createLogChannel(log: Logger): SendMessage {
  return async (_, { payload }) => {
    // Safe because the payload is of our own making.
    const { event, text, id, rule, severity, provider_id, started_at, resolved_at } = JSON.parse(
      payload,
    ) as AlertPayload;
    const fields = { alert: id, rule, severity, provider: provider_id, started_at, resolved_at };
    const level = event === "firing" ? "warn" : "info";
    log[level]({ event: EVENTS[event], ...fields }, text);
  };
}
