import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTransport, type Transport } from "@/lib/providers/transport";
import type { ChannelTarget } from "./channel";
import { toPayload } from "./payload";
import { createSender } from "./send-message";
import { buildAlert } from "./testing/build-alert";

let server: Server;
let transport: Transport;
let url: string;
let status: number;
let received: { path: string; headers: IncomingHttpHeaders; body: string }[];
let lines: Record<string, unknown>[];

beforeEach(async () => {
  status = 200;
  received = [];
  lines = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(status, status === 302 ? { Location: "/elsewhere" } : {}).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  transport = createTransport();
});
afterEach(async () => {
  await transport.close();
  await new Promise((resolve) => server.close(resolve));
});

const payload = toPayload(buildAlert({ text: "Kitsu ist ausgefallen: 3 Fehler – é." }), {
  event: "firing",
  text: "Kitsu ist ausgefallen: 3 Fehler – é.",
  publicUrl: "https://yagura.example/",
});
const message = { key: "alert-1:firing", payload };

function target(given: Partial<ChannelTarget>): ChannelTarget {
  return { id: "c", kind: "webhook", name: "C", enabled: true, url, secret: null, secretUnreadable: false, ...given };
}

function send(given: Partial<ChannelTarget>, signal = new AbortController().signal): Promise<void> {
  const log = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return createSender({ log, transport, userAgent: "Yagura/test", signal })(target(given), message);
}

describe("a webhook", () => {
  it("gets the payload, its key and a signature that verifies", async () => {
    await send({ url: `${url}/hook?a=b`, secret: "hunter2" });
    const [request] = received;
    expect(request?.path).toBe("/hook?a=b");
    expect(request?.headers).toMatchObject({
      "content-type": "application/json",
      "idempotency-key": "alert-1:firing",
      "user-agent": "Yagura/test",
      "x-yagura-signature": `sha256=${createHmac("sha256", "hunter2")
        .update(request?.body ?? "")
        .digest("hex")}`,
    });
    expect(JSON.parse(request?.body ?? "")).toEqual({
      id: "alert-1",
      event: "firing",
      rule: "ProviderDown",
      severity: "critical",
      provider_id: "kitsu",
      provider_name: "Kitsu",
      text: "Kitsu ist ausgefallen: 3 Fehler – é.",
      started_at: "2026-11-22T12:00:00.000Z",
      resolved_at: null,
      url: "https://yagura.example/alerts#alert-1",
    });
  });

  it("gets no signature without a secret", async () => {
    await send({});
    expect(received[0]?.headers).not.toHaveProperty("x-yagura-signature");
  });

  it.each([300, 302, 404, 500])("has not taken it when it answers %i", async (answer) => {
    status = answer;
    await expect(send({})).rejects.toThrow(`The receiver answered ${answer}.`);
    expect(received).toHaveLength(1);
  });

  it("says in words why it could not be reached", async () => {
    await expect(send({ url: "http://127.0.0.1:1/" })).rejects.toThrow("The connection was refused.");
  });

  it.each(["http://169.254.169.254/latest", "http://100.100.100.200/"])("never leads to %s", async (closed) => {
    await expect(send({ url: closed })).rejects.toThrow("Its address is closed to alerts.");
  });

  it("is not sent to unsigned when its secret cannot be read", async () => {
    await expect(send({ secretUnreadable: true })).rejects.toThrow("another instance key");
    expect(received).toEqual([]);
  });

  it("is given up when the process ends", async () => {
    const ending = new AbortController();
    ending.abort();
    await expect(send({}, ending.signal)).rejects.toThrow();
  });
});

describe("ntfy", () => {
  it("gets a notice for its topic, with the token", async () => {
    await send({ kind: "ntfy", url: `${url}/my-topic`, secret: "tk_1" });
    const [request] = received;
    expect(request?.path).toBe("/");
    expect(request?.headers).toMatchObject({ authorization: "Bearer tk_1", "idempotency-key": "alert-1:firing" });
    expect(JSON.parse(request?.body ?? "")).toEqual({
      topic: "my-topic",
      title: "Kitsu: ProviderDown",
      message: "Kitsu ist ausgefallen: 3 Fehler – é.",
      priority: 5,
      tags: ["rotating_light"],
      click: "https://yagura.example/alerts#alert-1",
    });
  });
});

describe("the log", () => {
  it("gets one line, found by its event", async () => {
    await send({ kind: "log", url: null });
    expect(lines).toMatchObject([
      { event: "alert.fired", alert: "alert-1", rule: "ProviderDown", severity: "critical", provider: "kitsu" },
    ]);
  });
});
