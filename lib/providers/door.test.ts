import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { type CallProviderPorts, createCallProvider } from "./call-provider";
import type { Provider, ProviderCall } from "./provider";
import { fakeAdapter, fakeProvider } from "./testing/fake-provider";
import { startTestServer, type TestServer } from "./testing/test-server";
import { createTransport } from "./transport";

let server: TestServer;
const transport = createTransport();
afterEach(() => server.close());

const adapter = fakeAdapter({
  check: async ({ http }) => {
    await http.json({ path: "/a" }, z.unknown());
    await http.json({ path: "/b" }, z.unknown());
  },
});

/** A call of two requests through every layer, over a real connection. */
async function check(overrides: Partial<Provider> = {}, ports: Partial<CallProviderPorts> = {}) {
  const calls: ProviderCall[] = [];
  const callProvider = createCallProvider({
    admit: () => ({ allowed: true, generation: 0 }),
    withdraw: () => {},
    observe: (call) => calls.push(call),
    http: { transport, userAgent: "Yagura/test" },
    clock: Date.now,
    random: () => 0,
    ...ports,
  });
  const provider = fakeProvider({ adapter, config: { baseUrl: server.url }, ...overrides });
  const result = await callProvider({ provider, operation: "check", source: "check", input: undefined });
  return { result, calls };
}

it("gives each request of a call a turn of its own, and does not count the waiting as the provider's time", async () => {
  server = await startTestServer(
    (_, response) => void response.setHeader("content-type", "application/json").end("{}"),
  );
  let turns = 0;
  let waitedMs = 0;
  const limiter = {
    async wait() {
      if (++turns > 1) waitedMs += 60_000;
    },
  };
  const { calls } = await check({}, { limiter, stopwatch: () => performance.now() + waitedMs });
  expect(turns).toBe(2);
  expect(calls).toMatchObject([{ class: "ok", httpStatus: 200, attempts: 1, origin: server.url }]);
  expect(calls[0]?.durationMs).toBeLessThan(30_000);
});

it("calls it cancelled when our own rate limit is in the way of the second request", async () => {
  server = await startTestServer(
    (_, response) => void response.setHeader("content-type", "application/json").end("{}"),
  );
  const { result } = await check({ rate: { calls: 1, intervalMs: 60_000 }, timeoutMs: 300 });
  expect(result).toMatchObject({ kind: "failed", failure: { class: "cancelled" } });
});

it("tries again after a 5xx, and says in the sample how often", async () => {
  let requests = 0;
  server = await startTestServer((_, response) => {
    response.writeHead(++requests === 1 ? 502 : 200, { "content-type": "application/json" }).end("{}");
  });
  expect((await check()).calls).toMatchObject([{ class: "ok", attempts: 2, httpStatus: 200 }]);
  expect(requests).toBe(3);
});

it("ends an answer that never ends with the deadline, in headers and body alike", async () => {
  server = await startTestServer((request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    if (request.url === "/a") response.end("{}");
    else response.write("{");
  });
  const { calls } = await check({ timeoutMs: 250 });
  expect(calls).toMatchObject([{ class: "timeout", message: "No complete answer within 0.25 s.", attempts: 1 }]);
  expect(calls[0]?.durationMs).toBeGreaterThanOrEqual(240);
});

it("says that a refused connection is the host's answer", async () => {
  server = await startTestServer(() => {});
  await server.close();
  expect((await check()).calls).toMatchObject([
    { class: "network", message: "The connection was refused.", attempts: 3, httpStatus: null },
  ]);
});
