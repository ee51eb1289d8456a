import pino, { type DestinationStream, type Logger, type LoggerOptions } from "pino";
import { redact } from "./redact";

/** JSON lines, one per event; `log.info({ event: "provider.checked", … }, "…")`. Secrets are censored in every field and text. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      // Safe because a log record goes in as an object and comes out as one.
      log: (record) => redact(record) as Record<string, unknown>,
    },
    hooks: {
      logMethod(args, method) {
        const [first, ...rest] = args;
        const redacted = [typeof first === "string" ? redact(first) : first, ...rest.map((part) => redact(part))];
        Reflect.apply(method, this, redacted);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
