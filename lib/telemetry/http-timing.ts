import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Metrics } from "./metrics";

interface HttpEvent {
  request: IncomingMessage;
  response: ServerResponse;
}

/**
 * Times every request that Node's HTTP server takes: pages, actions, routes, static files and aborted requests. Listens to Node's
 * diagnostics channel, so that nothing has to be wrapped.
 */
export function observeHttp(metrics: Metrics): void {
  if (!metrics.enabled) return;
  subscribe("http.server.request.start", (message) => {
    // Safe because the channel of this name carries exactly these two objects.
    const { request, response } = message as HttpEvent;
    const startedAt = performance.now();
    metrics.httpStarted();
    // `close` comes once per response, also for a client that left; `finish` would miss those.
    response.once("close", () => {
      const streamed = String(response.getHeader("content-type") ?? "").startsWith("text/event-stream");
      metrics.httpFinished(
        {
          method: request.method ?? "GET",
          endpoint: routeTemplate(request),
          status: response.statusCode,
          seconds: (performance.now() - startedAt) / 1000,
        },
        streamed,
      );
    });
  });
}

/** The matched route's template. Next keeps it under a symbol of its own, so what cannot be read falls back to `unmatched`. */
export function routeTemplate(request: IncomingMessage): string {
  const path = request.url?.split("?")[0] ?? "";
  if (path.startsWith("/_next/") || /\.(ico|svg|png|webmanifest|txt)$/.test(path)) return "static";
  const meta: unknown = Reflect.get(request, Symbol.for("NextInternalRequestMeta"));
  const template = read(read(read(meta, "match"), "definition"), "pathname");
  return typeof template === "string" && template !== "/_not-found" ? template : "unmatched";
}

function read(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
