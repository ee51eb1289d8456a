import { describe, expect, it } from "vitest";
import { classifyAnswer } from "./classify";
import type { AnswerEvidence, Operation } from "./provider";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const HTML = { "content-type": "text/html; charset=utf-8" };
const JSON_TYPE = { "content-type": "application/json" };

function evidence(status: number, overrides: Partial<AnswerEvidence> = {}): AnswerEvidence {
  return { status, headers: JSON_TYPE, text: "{}", json: {}, operation: "search", ...overrides };
}

function classOf(status: number, overrides: Partial<AnswerEvidence> = {}) {
  return classifyAnswer(evidence(status, overrides), { now: NOW })?.class ?? null;
}

describe("classifyAnswer by status", () => {
  it.each([
    [200, null],
    [204, null],
    [304, "contract"],
    [401, "auth"],
    [402, "quota"],
    [403, "auth"],
    [407, "dependency"],
    [408, "timeout"],
    [429, "throttled"],
    [451, "blocked"],
    [500, "http_5xx"],
    [502, "http_5xx"],
    [503, "http_5xx"],
    [504, "timeout"],
    [520, "http_5xx"],
    [521, "network"],
    [522, "timeout"],
    [523, "network"],
    [524, "timeout"],
    [525, "tls"],
    [526, "tls"],
    [529, "http_5xx"],
  ])("%i is %s", (status, expected) => {
    expect(classOf(status)).toBe(expected);
  });

  it.each([400, 404, 405, 410, 414, 422])(
    "%i on a user's request is nobody's fault, on our own a wrong setting",
    (status) => {
      const user: Operation[] = ["search", "details", "cover", "download"];
      for (const operation of user) expect(classOf(status, { operation })).toBe("client");
      for (const operation of ["check", "canary"] as const) expect(classOf(status, { operation })).toBe("config");
    },
  );

  it("takes a status that the request accepts for an answer", () => {
    expect(classifyAnswer(evidence(404), { now: NOW, accept: [404] })).toBeNull();
  });
});

describe("classifyAnswer by headers and body", () => {
  it.each<[string, number, Partial<AnswerEvidence>, string]>([
    ["503 with a hint", 503, { headers: { "retry-after": "30" } }, "throttled"],
    ["429 for a minute", 429, { headers: { "retry-after": "60" } }, "throttled"],
    ["429 for an hour", 429, { headers: { "retry-after": "3600" } }, "quota"],
    ["429 until tomorrow", 429, { headers: { "x-ratelimit-reset": String(NOW / 1000 + 86_400) } }, "quota"],
    ["Cloudflare's header", 403, { headers: { ...HTML, "cf-mitigated": "challenge" } }, "challenge"],
    ["a captcha key", 412, { headers: { "x-captcha-sitekey": "abc" } }, "challenge"],
    [
      "a challenge under 200",
      200,
      { headers: { ...HTML, server: "cloudflare" }, text: "<title>Just a moment...</title>" },
      "challenge",
    ],
    [
      "a challenge under 503",
      503,
      { headers: { ...HTML, server: "cloudflare" }, text: "<title>Just a moment...</title>" },
      "challenge",
    ],
    ["DDoS-Guard", 403, { headers: { ...HTML, server: "ddos-guard" }, text: "<title>DDoS-Guard</title>" }, "challenge"],
    [
      "Cloudflare 1020",
      403,
      { headers: { ...HTML, server: "cloudflare" }, text: "<title>Access denied</title> Error code: 1020" },
      "blocked",
    ],
    ["Cloudflare 1020 in JSON", 403, { text: '{"cloudflare_error":true,"error_code":1020}' }, "blocked"],
    ["a plain 403 page", 403, { headers: HTML, text: "<html><h1>Forbidden</h1></html>" }, "blocked"],
    ["an nginx page", 502, { headers: HTML, text: "<html><title>502 Bad Gateway</title></html>" }, "http_5xx"],
    ["a sign-in page", 200, { headers: HTML, text: '<form><input name="p" type="password"></form>' }, "auth"],
  ])("%s", (_, status, overrides, expected) => {
    expect(classOf(status, overrides)).toBe(expected);
  });

  it("does not take a work called Just a moment for a challenge", () => {
    expect(
      classOf(200, { headers: { ...JSON_TYPE, server: "cloudflare" }, text: '{"title":"Just a moment..."}' }),
    ).toBeNull();
  });

  it("carries the instant of a hint, only where the provider asks to wait", () => {
    const headers = { "retry-after": "60" };
    expect(classifyAnswer(evidence(429, { headers }), { now: NOW })?.retryAt).toBe(NOW + 60_000);
    expect(classifyAnswer(evidence(500, { headers }), { now: NOW })?.retryAt).toBeNull();
  });

  it("says in one sentence what happened, without the body", () => {
    const failure = classifyAnswer(evidence(502, { text: "secret stack trace" }), { now: NOW });
    expect(failure).toEqual({
      class: "http_5xx",
      message: "Answered with status 502 (Bad Gateway).",
      httpStatus: 502,
      retryAt: null,
    });
  });
});

describe("an adapter's judge", () => {
  const judge = ({ json }: AnswerEvidence) =>
    json && typeof json === "object" && "disabled" in json
      ? ({ class: "http_5xx", message: "Switched off." } as const)
      : null;

  it("goes before the general rules", () => {
    const seen = evidence(403, { json: { disabled: true } });
    expect(classifyAnswer(seen, { now: NOW, judge })).toMatchObject({ class: "http_5xx", message: "Switched off." });
  });

  it("finds the failure in a 200", () => {
    expect(classifyAnswer(evidence(200, { json: { disabled: true } }), { now: NOW, judge })?.class).toBe("http_5xx");
  });

  it("leaves to the general rules what it does not know", () => {
    expect(classifyAnswer(evidence(403), { now: NOW, judge })?.class).toBe("auth");
  });

  it("gets the hint of the headers when it only says that the provider wants a pause", () => {
    const failure = classifyAnswer(evidence(200, { headers: { "retry-after": "60" } }), {
      now: NOW,
      judge: () => ({ class: "throttled" }),
    });
    expect(failure?.retryAt).toBe(NOW + 60_000);
  });

  it("may tell a span that stands in the body", () => {
    const judge = () => ({ class: "throttled", retryAfterMs: 36_000 }) as const;
    expect(classifyAnswer(evidence(429), { now: NOW, judge })?.retryAt).toBe(NOW + 36_000);
  });
});
