import { classifyError } from "@/lib/providers/classify-error";
import { startDeadline } from "@/lib/providers/deadline";
import { exchange } from "@/lib/providers/exchange";
import { AddressRefusedError } from "@/lib/providers/network-guard";
import type { Transport } from "@/lib/providers/transport";
import { SendError } from "../channel";

const TIMEOUT_MS = 10_000;

interface PostRequest {
  url: string;
  body: string;
  headers: Readonly<Record<string, string>>;
}

/** One POST of JSON; redirects are not followed. Throws `SendError` for any answer but 2xx, and for none within 10 s. */
export type PostJson = (request: PostRequest) => Promise<void>;

interface PostOptions {
  transport: Transport;
  userAgent: string;
  /** Ends all that are under way. */
  signal: AbortSignal;
}

/** Private addresses are allowed: only admins and the environment name where alerts go. Link-local ones and those of clouds' metadata never are. */
export function createPostJson({ transport, userAgent, signal }: PostOptions): PostJson {
  return async ({ url, body, headers }) => {
    const { origin, pathname, search } = new URL(url);
    const deadline = startDeadline({ timeoutMs: TIMEOUT_MS, caller: signal, stopwatch: () => performance.now() });
    try {
      const { status } = await exchange(
        transport.dispatcher({ allowPrivate: true }),
        {
          origin,
          path: `${pathname}${search}`,
          method: "POST",
          headers: { "content-type": "application/json", "user-agent": userAgent, ...headers },
          body,
        },
        deadline.end,
      );
      if (status < 200 || status > 299) throw new SendError(`The receiver answered ${status}.`);
    } catch (error) {
      throw toSendError(error);
    } finally {
      deadline.dispose();
    }
  };
}

function toSendError(error: unknown): unknown {
  if (error instanceof SendError) return error;
  if (error instanceof AddressRefusedError) return new SendError("Its address is closed to alerts.");
  const failure = classifyError(error);
  return failure ? new SendError(failure.message) : error;
}
