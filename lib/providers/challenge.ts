import type { AnswerEvidence } from "./provider";

type Page = Pick<AnswerEvidence, "status" | "headers" | "text">;

const GUARD_SERVERS = /^(cloudflare|ddos-guard)/i;
const CHALLENGE_TITLES =
  /<title>[^<]*(just a moment|attention required|please wait|checking your browser|ddos-guard|verify(ing)? you are human|one more step)/i;
/** Cloudflare's codes for "this address, browser or country is not let in". */
const BLOCK_CODES = /(?:error(?:\s+code)?:?\s*|cf-error-code">\s*|"error_code"\s*:\s*)(?:100[6-9]|1010|1012|1020)\b/i;
const CHALLENGE_STATUSES: ReadonlySet<number> = new Set([403, 429, 503]);

/** Whether the answer is a web page, by its type or, where that is missing, by its first characters. */
export function isHtml({ headers, text }: Pick<AnswerEvidence, "headers" | "text">): boolean {
  const type = headers["content-type"];
  return type ? /html/i.test(type) : /^\s*<(!doctype html|html)/i.test(text);
}

/** A page that wants to see a browser or a person: of Cloudflare, DDoS-Guard or MangaDex. */
export function isChallenge(page: Page): boolean {
  const { status, headers, text } = page;
  if (headers["cf-mitigated"]?.toLowerCase() === "challenge" || headers["x-captcha-sitekey"]) return true;
  if (!isHtml(page)) return false;
  const server = headers["server"] ?? "";
  if (/^ddos-guard/i.test(server) && CHALLENGE_STATUSES.has(status) && !BLOCK_CODES.test(text)) return true;
  return (
    CHALLENGE_TITLES.test(text) &&
    (CHALLENGE_STATUSES.has(status) || GUARD_SERVERS.test(server)) &&
    !BLOCK_CODES.test(text)
  );
}

/** An answer that says that we are shut out, and not for want of credentials. */
export function isBlock(page: Page): boolean {
  return page.status === 451 || (page.status === 403 && (BLOCK_CODES.test(page.text) || isHtml(page)));
}
