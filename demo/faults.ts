import { z } from "zod";
import type { Reply } from "./upstreams/reply";
import { replyHtml } from "./upstreams/reply";
import type { Spelling } from "./upstreams/upstream";

export const FAULT_KINDS = [
  "none",
  "slow",
  "hang-headers",
  "hang-body",
  "refuse",
  "500",
  "503",
  "429",
  "429-retry-after-seconds",
  "429-retry-after-date",
  "429-x-ratelimit-retry-after",
  "429-x-ratelimit-reset",
  "429-ratelimit-reset",
  "429-no-hint",
  "403-json",
  "403-challenge",
  "200-error-body",
  "truncated-json",
  "wrong-type",
  "redirect",
  "bad-key",
  "quota",
  "overload",
  "empty",
  "flaky",
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault as it is asked for: over the control API or by a test. */
export const faultSchema = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  /** How long `slow` waits before it answers. */
  ms: z.number().int().min(0).max(600_000).optional(),
  /** How many of a hundred requests `flaky` fails. */
  percent: z.number().min(0).max(100).optional(),
  /** What the hint of 429 and 503 asks the client to wait. */
  afterSeconds: z.number().int().min(0).max(86_400).optional(),
  /** Pictures and files suffer too when `all`; else the API alone. */
  scope: z.enum(["api", "all"]).optional(),
});
export type Fault = z.infer<typeof faultSchema>;

export const NO_FAULT: Fault = { kind: "none" };
export const DEFAULTS = { ms: 3_000, percent: 50, afterSeconds: 30 } as const;

/** Where `redirect` leads: a host that never resolves, so that following it cannot be mistaken for an answer. */
export const ELSEWHERE = "http://moved.invalid";

/** How a request goes on under a fault. `answer` means: as if there were none. */
export type Course =
  | { kind: "answer"; delayMs: number; empty: boolean }
  | { kind: "silence" }
  | { kind: "cut"; ending: "close" | "hang" }
  | { kind: "reply"; reply: Reply };

/** Decides the course of the request with this running number (from 1). `now` in epoch milliseconds. */
export function courseUnder(
  fault: Fault,
  context: { spelling: Spelling; path: string; number: number; now: number },
): Course {
  const { spelling, path, number, now } = context;
  const say = (reply: Reply): Course => ({ kind: "reply", reply });
  const answer: Course = { kind: "answer", delayMs: 0, empty: false };
  const after = fault.afterSeconds ?? DEFAULTS.afterSeconds;
  switch (fault.kind) {
    case "none":
    case "refuse":
      return answer;
    case "slow":
      return { ...answer, delayMs: fault.ms ?? DEFAULTS.ms };
    case "empty":
      return { ...answer, empty: true };
    case "hang-headers":
      return { kind: "silence" };
    case "hang-body":
      return { kind: "cut", ending: "hang" };
    case "truncated-json":
      return { kind: "cut", ending: "close" };
    case "500":
      return say(spelling.error(500, "Internal Server Error"));
    case "503":
      return say(withHeaders(spelling.error(503, "Service Unavailable"), { "retry-after": String(after) }));
    case "403-json":
      return say(spelling.forbidden());
    case "403-challenge":
      return say(CHALLENGE);
    case "200-error-body":
      return say(spelling.errorAsSuccess());
    case "wrong-type":
      return say(replyHtml(200, "<!DOCTYPE html><html><title>Sign in</title><form>Sign in to continue</form></html>"));
    case "redirect":
      return say(replyHtml(302, "", { location: `${ELSEWHERE}${path}` }));
    case "bad-key":
      return say(spelling.badKey?.() ?? spelling.error(401, "Unauthorized"));
    case "quota":
      return say(spelling.quota?.(now) ?? spelling.error(402, "Payment Required"));
    case "overload":
      return say(spelling.overload?.() ?? spelling.error(503, "Service Unavailable"));
    case "flaky":
      return failsNow(number, fault.percent ?? DEFAULTS.percent)
        ? say(spelling.error(500, "Internal Server Error"))
        : answer;
    default:
      if (fault.kind === "429" && spelling.throttled) return say(spelling.throttled(after));
      return say(withHeaders(spelling.error(429, "Too Many Requests"), retryHint(fault.kind, spelling, after, now)));
  }
}

/** Spreads the failures evenly: of any hundred requests in a row exactly `percent` fail. */
function failsNow(number: number, percent: number): boolean {
  return Math.floor((number * percent) / 100) !== Math.floor(((number - 1) * percent) / 100);
}

type RateLimitKind = Extract<FaultKind, `429${string}`>;

function retryHint(kind: RateLimitKind, spelling: Spelling, after: number, now: number): Record<string, string> {
  const until = Math.ceil(now / 1000) + after;
  switch (kind) {
    case "429":
      return spelling.rateLimitHeaders(after, until);
    case "429-retry-after-seconds":
      return { "retry-after": String(after) };
    case "429-retry-after-date":
      return { "retry-after": new Date(until * 1000).toUTCString() };
    case "429-x-ratelimit-retry-after":
      return { "x-ratelimit-retry-after": String(until) };
    case "429-x-ratelimit-reset":
      return { "x-ratelimit-reset": String(until) };
    case "429-ratelimit-reset":
      return { "ratelimit-reset": String(after) };
    case "429-no-hint":
      return {};
  }
}

function withHeaders(reply: Reply, headers: Record<string, string>): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

const CHALLENGE = replyHtml(
  403,
  "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>",
  { "cf-mitigated": "challenge", server: "cloudflare", "cf-ray": "8a1b2c3d4e5f6789-FRA" },
);
