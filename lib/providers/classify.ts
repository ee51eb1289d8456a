import { STATUS_CODES } from "node:http";
import { isBlock, isChallenge, isHtml } from "./challenge";
import type { FailureClass, ProviderFailure } from "./outcome";
import type { AnswerEvidence, Operation, ProviderAdapter, Verdict } from "./provider";
import { findRetryAt } from "./retry-hint";

const HOUR_MS = 3_600_000;

interface AnswerOptions {
  /** Epoch milliseconds, for retry hints that are spans. */
  now: number;
  judge?: ProviderAdapter["judge"];
  /** Statuses that the request takes for an answer although they are not 2xx. */
  accept?: readonly number[];
}

/**
 * What an answer says about the provider; null when it is a good one (its body is not looked at beyond the adapter's judge). The adapter's
 * own rules come first. Pure. Source of the general rules: the taxonomy of the health engine (`docs/ARCHITECTURE.md`).
 */
export function classifyAnswer(evidence: AnswerEvidence, options: AnswerOptions): ProviderFailure | null {
  const { status } = evidence;
  const accepted = (status >= 200 && status < 300) || (options.accept?.includes(status) ?? false);
  const verdict = options.judge?.(evidence) ?? (accepted ? judgePage(evidence) : judgeStatus(evidence, options.now));
  if (!verdict) return null;
  const waits = verdict.class === "throttled" || verdict.class === "quota";
  return {
    class: verdict.class,
    message: verdict.message ?? describeStatus(verdict.class, status),
    httpStatus: status,
    retryAt: findVerdictRetryAt(verdict, options.now) ?? (waits ? findRetryAt(evidence.headers, options.now) : null),
  };
}

function findVerdictRetryAt({ retryAt, retryAfterMs }: Verdict, now: number): number | null {
  return retryAt ?? (retryAfterMs === undefined ? null : now + retryAfterMs);
}

/** Whether the request is Yagura's own: then a refusal of it means wrong settings, not a user's odd query. */
export function isOwnRequest(operation: Operation): boolean {
  return operation === "check" || operation === "canary";
}

/** A good status with a challenge or a sign-in form instead of the answer. */
function judgePage(evidence: AnswerEvidence): Verdict | null {
  if (isChallenge(evidence)) return { class: "challenge" };
  if (!isHtml(evidence)) return null;
  if (/<input[^>]+type=["']?password/i.test(evidence.text)) {
    return { class: "auth", message: "Answered with a sign-in page: check the credentials." };
  }
  return null;
}

function judgeStatus(evidence: AnswerEvidence, now: number): Verdict {
  if (isChallenge(evidence)) return { class: "challenge" };
  if (isBlock(evidence)) return { class: "blocked" };
  const { status, headers } = evidence;
  if (status === 429) {
    const retryAt = findRetryAt(headers, now);
    return { class: retryAt !== null && retryAt - now >= HOUR_MS ? "quota" : "throttled" };
  }
  if (status === 503 && headers["retry-after"]) return { class: "throttled" };
  return { class: BY_STATUS[status] ?? classByRange(status, evidence.operation) };
}

const BY_STATUS: Readonly<Record<number, FailureClass>> = {
  401: "auth",
  402: "quota",
  403: "auth",
  407: "dependency",
  408: "timeout",
  504: "timeout",
  521: "network",
  522: "timeout",
  523: "network",
  524: "timeout",
  525: "tls",
  526: "tls",
};

function classByRange(status: number, operation: Operation): FailureClass {
  if (status >= 500) return "http_5xx";
  if (status >= 400) return isOwnRequest(operation) ? "config" : "client";
  return "contract";
}

function describeStatus(failure: FailureClass, status: number): string {
  const answer = `status ${status}${STATUS_CODES[status] ? ` (${STATUS_CODES[status]})` : ""}`;
  switch (failure) {
    case "auth":
      return `Refused access with ${answer}: check the credentials.`;
    case "quota":
      return `The allowance of calls is used up (${answer}).`;
    case "throttled":
      return `Asked for fewer calls with ${answer}.`;
    case "challenge":
      return `Wants to see a browser or a person instead of answering (${answer}).`;
    case "blocked":
      return `Does not let this server in (${answer}).`;
    case "config":
      return `Refused the check with ${answer}: check the base URL.`;
    case "client":
      return status === 404 ? "Does not have what was asked for (status 404)." : `Refused the request with ${answer}.`;
    case "timeout":
      return `Reported a time-out of its own with ${answer}.`;
    case "network":
      return `Could not be reached behind its front server (${answer}).`;
    case "tls":
      return `Its front server could not set up a secure connection (${answer}).`;
    case "dependency":
      return `A proxy on the way refused the request (${answer}).`;
    default:
      return `Answered with ${answer}.`;
  }
}
