import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface EchoServer {
  origin: string;
  stop(): Promise<void>;
}

/**
 * An upstream that fails in every way in turn and each time says back all that it was sent, in whichever member an adapter may read a message
 * from: what such an answer holds must not get further.
 */
export async function startEchoServer(): Promise<EchoServer> {
  let count = 0;
  const server = createServer(async (request, response) => {
    const said = await readAll(request);
    const body = JSON.stringify(toFailure(said));
    const html = `<html><title>${said}</title><body>${said}</body></html>`;
    const json = { "content-type": "application/json" };
    const answers = [
      () => response.writeHead(500, json).end(body),
      () => response.writeHead(200, json).end(body),
      () =>
        response.writeHead(401, { ...json, "www-authenticate": `Basic realm="${encodeURIComponent(said)}"` }).end(body),
      () => response.writeHead(400, json).end(body),
      () => response.writeHead(429, json).end(body),
      () => response.writeHead(302, { location: `http://elsewhere.invalid/?said=${encodeURIComponent(said)}` }).end(),
      () => response.writeHead(200, { "content-type": "text/html" }).end(html),
      () => response.writeHead(200, { "content-type": "application/atom+xml" }).end(`<feed><title>${said}`),
    ];
    answers[count % answers.length]?.();
    count += 1;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  return [`${request.method} ${request.url}`, ...headers, Buffer.concat(chunks).toString("utf8")].join(" ");
}

function toFailure(said: string) {
  const error = { message: said, type: said, code: said, status: said, details: [{ reason: said, message: said }] };
  return {
    status: 500,
    type: "BadResponseException",
    success: false,
    status_code: 11,
    status_message: said,
    message: said,
    reason: said,
    detail: said,
    path: said,
    violations: [{ fieldName: said, message: said }],
    error,
    errors: [{ id: said, status: 500, title: said, detail: said, message: said }],
  };
}
