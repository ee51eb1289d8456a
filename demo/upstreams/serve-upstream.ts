import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { NO_SHELF, shelfOf } from "../catalogue/shelf";
import type { Fault } from "../faults";
import { courseUnder, NO_FAULT } from "../faults";
import type { CoverPainter } from "./cover-painter";
import { readCall } from "./read-call";
import type { Reply } from "./reply";
import { matchRoute } from "./route";
import { isService } from "./service-ids";
import type { Upstream, UpstreamContext } from "./upstream";

export interface RunningUpstream {
  name: string;
  baseUrl: string;
  origin: string;
  fault(): Fault;
  /** Holds for every request that arrives after the promise is kept. */
  setFault(fault: Fault): Promise<void>;
  /** Requests to the API that were received; pictures and files are counted apart. */
  calls(): number;
  staticCalls(): number;
  resetCalls(): void;
  stop(): Promise<void>;
}

export interface ServeOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  paint: CoverPainter;
  clock: () => number;
  cdnOrigin: string | null;
}

/** Serves an upstream until it is stopped. */
export async function serveUpstream(upstream: Upstream, options: ServeOptions): Promise<RunningUpstream> {
  const { host, paint, clock } = options;
  const shelf = isService(upstream.id) ? NO_SHELF : shelfOf(upstream.id);
  let fault = NO_FAULT;
  let calls = 0;
  let staticCalls = 0;
  /** Counts from the moment the fault was set, so that `flaky` starts alike each time. */
  let sinceFault = 0;

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      console.error(`${upstream.id}: ${request.method} ${request.url}`, error);
      response.destroy();
    });
  });
  const listen = async (port: number) => {
    server.listen(port, host);
    await once(server, "listening");
  };
  const close = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  await listen(options.port);
  const { port } = server.address() as AddressInfo;
  const origin = `http://${host}:${port}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request, origin);
    const match = matchRoute(upstream.routes, call.method, call.path);
    const isStatic = match.found && match.route.static === true;
    if (isStatic) staticCalls += 1;
    else calls += 1;
    const current = isStatic && fault.scope !== "all" ? NO_FAULT : fault;
    if (current !== NO_FAULT) sinceFault += 1;

    const now = clock();
    const answer = async (empty: boolean): Promise<Reply> => {
      const context: UpstreamContext = {
        shelf: empty ? NO_SHELF : shelf,
        isEmpty: empty,
        paint,
        cdnOrigin: options.cdnOrigin ?? origin,
        now,
      };
      if (!match.found)
        return upstream.spelling.error(match.status, match.status === 404 ? "Not Found" : "Not Allowed");
      const whole = { ...call, params: match.params };
      return upstream.guard?.(whole) ?? match.route.handle(whole, context);
    };
    const { spelling } = upstream;
    const course = courseUnder(current, { spelling, path: request.url ?? "/", number: sinceFault, now });
    switch (course.kind) {
      case "silence":
        return;
      case "reply":
        return send(response, course.reply);
      case "cut":
        return sendHalf(response, await answer(false), course.ending);
      case "answer": {
        if (course.delayMs > 0) await pause(course.delayMs, response);
        return send(response, await answer(course.empty));
      }
    }
  }

  return {
    name: upstream.name,
    baseUrl: `${origin}${upstream.basePath}`,
    origin,
    fault: () => fault,
    async setFault(next) {
      fault = next;
      sinceFault = 0;
      if (next.kind === "refuse") await close();
      else if (!server.listening) await listen(port);
    },
    calls: () => calls,
    staticCalls: () => staticCalls,
    resetCalls() {
      calls = 0;
      staticCalls = 0;
    },
    stop: close,
  };
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}

/** With `close` the answer is whole for HTTP and half for its reader; with `hang` the rest never comes. */
function sendHalf(response: ServerResponse, { status, headers, body }: Reply, ending: "close" | "hang"): void {
  const bytes = Buffer.from(body);
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  if (ending === "close") {
    send(response, { status, headers, body: half });
    return;
  }
  response.writeHead(status, { ...headers, "content-length": bytes.length });
  response.flushHeaders();
  response.write(half);
}

/** Ends early when the client goes away. */
function pause(ms: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    response.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
