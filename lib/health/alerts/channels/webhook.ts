import { createHmac } from "node:crypto";
import type { SendMessage } from "../channel";
import type { PostJson } from "./post-json";

/** The payload as it is, signed when the channel has a secret (`docs/alerts.md`). */
export function createWebhook(post: PostJson): SendMessage {
  return ({ url, secret }, { key, payload }) =>
    post({
      url: url ?? "",
      body: payload,
      headers: { "idempotency-key": key, ...(secret !== null && { "x-yagura-signature": sign(payload, secret) }) },
    });
}

/** `sha256=` and the HMAC-SHA256 of the body's bytes in hex. */
function sign(body: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body, "utf8").digest("hex")}`;
}
