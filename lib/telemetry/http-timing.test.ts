import { once } from "node:events";
import { createServer, type IncomingMessage, request as open, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { observeHttp } from "./http-timing";
import type { HttpObservation } from "./metric-records";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A server whose requests are watched; `elapsed` is how long each request seems to take. */
async function watch(listener: RequestListener, { elapsed = 5 } = {}) {
  const observations: HttpObservation[] = [];
  const warn = vi.fn();
  let time = 0;
  const timing = observeHttp({
    metrics: { recordHttpRequest: (observation) => void observations.push(observation) },
    log: { warn },
    stopwatch: () => (time += elapsed),
  });
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  ends.push(timing.stop, () => server.close());
  return { observations, warn, timing, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** As Next marks a request that it has matched. */
function match(request: IncomingMessage, pathname: string): void {
  Reflect.set(request, Symbol.for("NextInternalRequestMeta"), { match: { definition: { pathname } } });
}

async function until(condition: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(condition()).toBe(true));
}

async function endpointOf(path: string, { template, status = 200 }: { template?: string; status?: number } = {}) {
  const { observations, url } = await watch((request, response) => {
    if (template) match(request, template);
    response.writeHead(status).end("x");
  });
  await (await fetch(url + path)).text();
  await until(() => observations.length === 1);
  return observations[0]?.endpoint;
}

describe("a request", () => {
  it("is told with method, template, status and time", async () => {
    const { observations, url } = await watch((request, response) => {
      match(request, "/titles/[id]");
      response.writeHead(201).end("x");
    });
    await (await fetch(`${url}/titles/7f3a?secret=1`, { method: "POST" })).text();
    await until(() => observations.length === 1);
    expect(observations).toEqual([
      { method: "POST", endpoint: "/titles/[id]", status: 201, durationMs: 5, streamed: false },
    ]);
  });

  it.each([
    ["a route", "/api/v1/favorites/abc", { template: "/api/v1/favorites/[title_id]" }, "/api/v1/favorites/[title_id]"],
    ["a work that is not there", "/titles/x", { template: "/titles/[id]", status: 404 }, "/titles/[id]"],
    ["a file of the build", "/_next/static/chunks/main.js", {}, "static"],
    ["a file of ours", "/icon.svg", {}, "static"],
    ["a file that is not there", "/wp-content/logo.png", { status: 404 }, "unmatched"],
    ["an unknown page", "/wp-login.php", { template: "/_not-found", status: 404 }, "unmatched"],
    ["an unknown API path", "/api/v1/nothing", { template: "/api/v1/[[...path]]", status: 404 }, "unmatched"],
    ["a request without a match", "/anything", {}, "unmatched"],
  ])("is named by its template: %s", async (_name, path, options, endpoint) => {
    expect(await endpointOf(path, options)).toBe(endpoint);
  });

  it("whose client left before the answer has status 499, and is over", async () => {
    const { observations, timing, url } = await watch(() => {});
    const client = open(url).on("error", () => {});
    client.end();
    await until(() => timing.gauges().inProgress === 1);
    client.destroy();
    await until(() => observations.length === 1);
    expect(observations[0]).toMatchObject({ status: 499, streamed: false });
    expect(timing.gauges()).toEqual({ inProgress: 0, streams: 0 });
  });

  it("that streams is counted while it is open, and is told as a stream when its client leaves", async () => {
    const { observations, timing, warn, url } = await watch(
      (_request, response) => {
        response.setHeader("Content-Type", "text/event-stream; charset=utf-8");
        response.write(": open\n\n");
      },
      { elapsed: 60_000 },
    );
    const client = open(url).on("error", () => {});
    client.end();
    await until(() => timing.gauges().streams === 1);
    expect(timing.gauges()).toEqual({ inProgress: 1, streams: 1 });
    client.destroy();
    await until(() => observations.length === 1);
    expect(observations[0]).toMatchObject({ status: 200, streamed: true });
    expect(warn).not.toHaveBeenCalled();
  });
});

describe("a slow request", () => {
  it("is logged by its template, with its request id", async () => {
    const { warn, url } = await watch(
      (request, response) => {
        match(request, "/api/v1/search");
        response.setHeader("X-Request-Id", "r-7").end("x");
      },
      { elapsed: 2001 },
    );
    await (await fetch(`${url}/api/v1/search?q=private`)).text();
    await until(() => warn.mock.calls.length === 1);
    expect(warn.mock.calls[0]?.[0]).toEqual({
      event: "slow.request",
      method: "GET",
      endpoint: "/api/v1/search",
      status: 200,
      ms: 2001,
      request_id: "r-7",
    });
    expect(JSON.stringify(warn.mock.calls)).not.toContain("private");
  });

  it("is one that takes longer than 2 s", async () => {
    const { warn, observations, url } = await watch((_request, response) => void response.end("x"), { elapsed: 2000 });
    await (await fetch(url)).text();
    await until(() => observations.length === 1);
    expect(warn).not.toHaveBeenCalled();
  });
});
