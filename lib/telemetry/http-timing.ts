import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type IncomingMessage, METHODS, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { HttpGauges } from "./metric-sources";
import type { Metrics } from "./metrics";

const CHANNEL = "http.server.request.start";
const SLOW_MS = 2000;
/** What nginx says of a client that left before it had its answer. */
const CLIENT_LEFT = 499;
const KNOWN_METHODS = new Set(METHODS);

interface HttpEvent {
  request: IncomingMessage;
  response: ServerResponse;
}

interface HttpTimingOptions {
  metrics: Pick<Metrics, "recordHttpRequest">;
  log: Pick<Logger, "warn">;
  /** Monotonic milliseconds. */
  stopwatch?: () => number;
}

export interface HttpTiming {
  gauges(): HttpGauges;
  stop(): void;
}

/**
 * Times every request that Node's HTTP server takes: pages, actions, routes, static files and aborted requests. Listens to Node's
 * diagnostics channel, so that nothing has to be wrapped.
 */
export function observeHttp({ metrics, log, stopwatch = () => performance.now() }: HttpTimingOptions): HttpTiming {
  const open = new Set<ServerResponse>();

  function onStart(message: unknown): void {
    // Safe because the channel of this name carries exactly these two objects.
    const { request, response } = message as HttpEvent;
    const startedAt = stopwatch();
    open.add(response);
    // `close` comes once per response, also for a client that left; `finish` would miss those.
    response.once("close", () => {
      open.delete(response);
      onEnd(request, response, stopwatch() - startedAt);
    });
  }

  function onEnd(request: IncomingMessage, response: ServerResponse, durationMs: number): void {
    const status = response.headersSent ? response.statusCode : CLIENT_LEFT;
    const method = KNOWN_METHODS.has(request.method ?? "") ? (request.method ?? "") : "OTHER";
    const endpoint = toEndpoint(request, status);
    const streamed = isStream(response);
    metrics.recordHttpRequest({ method, endpoint, status, durationMs, streamed });
    if (streamed || durationMs <= SLOW_MS) return;
    const requestId = response.getHeader("x-request-id");
    log.warn(
      {
        event: "slow.request",
        method,
        endpoint,
        status,
        ms: Math.round(durationMs),
        ...(requestId !== undefined && { request_id: requestId }),
      },
      `${method} ${endpoint} took ${(durationMs / 1000).toFixed(1)} s`,
    );
  }

  subscribe(CHANNEL, onStart);
  return {
    gauges() {
      let streams = 0;
      for (const response of open) if (isStream(response)) streams++;
      return { inProgress: open.size, streams };
    },
    stop: () => void unsubscribe(CHANNEL, onStart),
  };
}

function isStream(response: ServerResponse): boolean {
  return String(response.getHeader("content-type") ?? "").startsWith("text/event-stream");
}

/**
 * The matched route's template, `static` for a file, `unmatched` for what leads nowhere: never a path with ids. Next keeps the match
 * under a symbol of its own, so that what cannot be read counts as `unmatched`.
 */
function toEndpoint(request: IncomingMessage, status: number): string {
  const template = findTemplate(request);
  if (template !== null) return template;
  const path = request.url?.split("?")[0] ?? "";
  const isFile = path.startsWith("/_next/") || /\.(ico|svg|png|webmanifest|txt)$/.test(path);
  return isFile && status !== 404 ? "static" : "unmatched";
}

/** Routes that only say that there is none are no match. */
function findTemplate(request: IncomingMessage): string | null {
  const meta: unknown = Reflect.get(request, Symbol.for("NextInternalRequestMeta"));
  const template = read(read(read(meta, "match"), "definition"), "pathname");
  return typeof template === "string" && !/^\/_|\[\[\.\.\./.test(template) ? template : null;
}

function read(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
