import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import { freePort } from "./free-port";

export interface ReceivedWebhook {
  key: string;
  /** Whether its signature is that of the secret. */
  signed: boolean;
  body: {
    id: string;
    event: string;
    rule: string;
    text: string;
    provider_id: string | null;
    resolved_at: string | null;
  };
}

export interface WebhookReceiver {
  url: string;
  /** What was answered with 200, in order. */
  received: ReceivedWebhook[];
  /** How many requests were refused with 503. */
  refused(): number;
  listen(): Promise<void>;
  /** From now on it answers 503. */
  refuse(refuses: boolean): void;
  close(): Promise<void>;
}

/** Takes webhooks on a loopback port that stays its own while it is closed. */
export async function createWebhookReceiver(secret: string): Promise<WebhookReceiver> {
  const port = await freePort();
  const received: ReceivedWebhook[] = [];
  let refuses = false;
  let refused = 0;
  let server: Server | null = null;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    refused: () => refused,
    refuse(now) {
      refuses = now;
    },
    async listen() {
      const made = createServer(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        const text = Buffer.concat(chunks).toString();
        if (refuses) {
          refused++;
          response.writeHead(503).end();
          return;
        }
        const expected = `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`;
        const key = String(request.headers["idempotency-key"]);
        received.push({ key, signed: request.headers["x-yagura-signature"] === expected, body: JSON.parse(text) });
        response.writeHead(200).end();
      });
      await new Promise<void>((resolve) => made.listen(port, "127.0.0.1", resolve));
      server = made;
    },
    async close() {
      const open = server;
      server = null;
      if (!open) return;
      open.closeAllConnections();
      await new Promise((resolve) => open.close(resolve));
    },
  };
}
