import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/errors";
import { remember } from "@/lib/remember";

export const KEY_REQUESTS_PER_MINUTE = 600;

const limiter = () =>
  remember("key-limit", () => new RateLimiterMemory({ points: KEY_REQUESTS_PER_MINUTE, duration: 60 }));

/** Counts one request of a key. AppError too_many_requests with the seconds until the minute is over. */
export async function countKeyRequest(keyId: string): Promise<void> {
  try {
    await limiter().consume(keyId);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new AppError("too_many_requests", `A key may send ${KEY_REQUESTS_PER_MINUTE} requests a minute.`, {
      retryAfterSeconds: Math.max(1, error.msBeforeNext / 1000),
    });
  }
}
