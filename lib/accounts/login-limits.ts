import { createHash } from "node:crypto";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { remember } from "@/lib/remember";

const ATTEMPTS = 10;
const WINDOW_SECONDS = 15 * 60;

export interface LoginLimits {
  /** Counts an attempt; returns null, or how many seconds to wait when the account or the address has had too many. */
  count(attempt: { email: string; address: string }): Promise<number | null>;
  /** Forgets the account's failed attempts and takes this one back from its address. */
  forgive(attempt: { email: string; address: string }): Promise<void>;
}

/**
 * Ten attempts per account and ten per address in 15 minutes. The address is counted first: one that is over its limit cannot
 * use up the attempts of an account's owner.
 */
export function createLoginLimits(): LoginLimits {
  const limits = { points: ATTEMPTS, duration: WINDOW_SECONDS };
  const accounts = new RateLimiterMemory({ ...limits, keyPrefix: "account" });
  const addresses = new RateLimiterMemory({ ...limits, keyPrefix: "address" });
  return {
    async count({ email, address }) {
      return (await waitFor(addresses, address)) ?? (await waitFor(accounts, toKey(email)));
    },
    async forgive({ email, address }) {
      await accounts.delete(toKey(email));
      await addresses.reward(address);
    },
  };
}

export function getLoginLimits(): LoginLimits {
  return remember("login-limits", createLoginLimits);
}

async function waitFor(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
  }
}

/** Of one length, whatever a stranger sends. */
function toKey(email: string): string {
  return createHash("sha256").update(email).digest("hex");
}
