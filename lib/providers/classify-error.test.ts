import { describe, expect, it } from "vitest";
import { z } from "zod";
import { classifyError } from "./classify-error";
import { ProviderError } from "./outcome";

const withCode = (code: string) => Object.assign(new Error("secret detail"), { code });

describe("classifyError", () => {
  it.each([
    ["ENOTFOUND", "dns"],
    ["EAI_AGAIN", "dns"],
    ["ENODATA", "dns"],
    ["ECONNREFUSED", "network"],
    ["ECONNRESET", "network"],
    ["EHOSTUNREACH", "network"],
    ["ENETUNREACH", "network"],
    ["EPIPE", "network"],
    ["ETIMEDOUT", "network"],
    ["UND_ERR_SOCKET", "network"],
    ["UND_ERR_CONNECT_TIMEOUT", "network"],
    ["UND_ERR_HEADERS_TIMEOUT", "timeout"],
    ["UND_ERR_BODY_TIMEOUT", "timeout"],
    ["CERT_HAS_EXPIRED", "tls"],
    ["CERT_NOT_YET_VALID", "tls"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "tls"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "tls"],
    ["EPROTO", "tls"],
    ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "contract"],
    ["HPE_INVALID_CONSTANT", "contract"],
    ["ERR_INVALID_URL", "contract"],
    ["UND_ERR_INVALID_ARG", "config"],
  ])("%s is %s", (code, expected) => {
    const failure = classifyError(withCode(code));
    expect(failure?.class).toBe(expected);
    expect(failure?.message).toMatch(/^[A-Z].*\.$/);
    expect(failure?.message).not.toContain("secret");
  });

  it("looks into the failures of several addresses and into causes", () => {
    expect(classifyError(new AggregateError([withCode("ECONNREFUSED")]))?.class).toBe("network");
    expect(classifyError(new Error("fetch failed", { cause: withCode("ENOTFOUND") }))?.class).toBe("dns");
  });

  it.each([
    ["ENOTFOUND", true],
    ["EAI_AGAIN", true],
    ["EHOSTUNREACH", true],
    ["ENETUNREACH", true],
    ["UND_ERR_CONNECT_TIMEOUT", true],
    ["ECONNREFUSED", false],
    ["ECONNRESET", false],
    ["UND_ERR_SOCKET", false],
    ["UND_ERR_HEADERS_TIMEOUT", false],
    ["CERT_HAS_EXPIRED", false],
  ])("tells whether the host gave any sign: %s", (code, expected) => {
    expect(classifyError(withCode(code))?.unreachable ?? false).toBe(expected);
  });

  it("leaves a provider's failure as it is", () => {
    const error = new ProviderError({ class: "quota", message: "Used up.", retryAt: 5 });
    expect(classifyError(error)).toEqual({ class: "quota", message: "Used up.", retryAt: 5, httpStatus: null });
  });

  it("names the place of a failed schema, never the value", () => {
    const parsed = z.object({ data: z.array(z.object({ id: z.string() })) }).safeParse({ data: [{ id: 4711 }] });
    const failure = classifyError(parsed.error);
    expect(failure?.class).toBe("contract");
    expect(failure?.message).toBe("The answer does not have the expected form at data.0.id (invalid_type).");
  });

  it("does not know mistakes of our own", () => {
    expect(classifyError(new TypeError("x is undefined"))).toBeNull();
    expect(classifyError("a string")).toBeNull();
  });
});
