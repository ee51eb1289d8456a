import type { Logger } from "pino";
import type { Transport } from "@/lib/providers/transport";
import type { ChannelKind } from "./alert";
import { SendError, type SendMessage } from "./channel";
import { createLogChannel } from "./channels/log";
import { createNtfy } from "./channels/ntfy";
import { createPostJson } from "./channels/post-json";
import { createWebhook } from "./channels/webhook";

interface SenderOptions {
  log: Logger;
  transport: Transport;
  userAgent: string;
  /** Ends what is under way. */
  signal: AbortSignal;
}

/** The one way out to channels of every kind. Throws `SendError`. */
export function createSender({ log, ...http }: SenderOptions): SendMessage {
  const post = createPostJson(http);
  const kinds = {
    log: createLogChannel(log),
    webhook: createWebhook(post),
    ntfy: createNtfy(post),
  } satisfies Record<ChannelKind, SendMessage>;
  return async (target, message) => {
    if (target.secretUnreadable)
      throw new SendError("Its secret was encrypted with another instance key: it has to be given again.");
    await kinds[target.kind](target, message);
  };
}
