import { ZodError } from "zod";
import { type FailureClass, ProviderError, type ProviderFailure } from "./outcome";

type Rule = readonly [codes: RegExp, failure: FailureClass, message: string, reach?: "unreachable"];

/** Codes of Node and undici, first match wins. */
const RULES: readonly Rule[] = [
  [/^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL)$/, "dns", "The name of its host could not be resolved.", "unreachable"],
  [/^ECONNREFUSED$/, "network", "The connection was refused."],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, "network", "No connection could be made in time.", "unreachable"],
  [
    /^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/,
    "network",
    "Its host cannot be reached.",
    "unreachable",
  ],
  [
    /^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/,
    "network",
    "The connection broke before the answer was complete.",
  ],
  [/^(UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, "timeout", "The answer did not come in time."],
  [/^CERT_HAS_EXPIRED$/, "tls", "Its certificate has expired."],
  [/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, "tls", "Its certificate is for another name."],
  [/SELF_SIGNED/, "tls", "Its certificate is signed by nobody known here."],
  [/^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|EPROTO$|CRL_)/, "tls", "A secure connection could not be set up."],
  [/^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, "contract", "The answer is cut off."],
  [/^ERR_INVALID_URL$/, "contract", "It named an address that is none."],
  [/^UND_ERR_INVALID_ARG$/, "config", "A setting holds characters that cannot be sent."],
  [/^(HPE_|HTTPParserError$|UND_ERR_HEADERS_OVERFLOW$)/, "contract", "What came back is not valid HTTP."],
];

/**
 * The failure behind whatever a call threw: a `ProviderError` as it stands, errors of the connection by their code, a failed schema as
 * `contract`. Null for anything else, which is a mistake of ours. Pure.
 */
export function classifyError(error: unknown): ProviderFailure | null {
  if (error instanceof ProviderError) return error.failure;
  if (error instanceof ZodError) return failed("contract", describeMismatch(error));
  const code = findCode(error);
  const rule = RULES.find(([codes]) => codes.test(code));
  if (!rule) return null;
  const [, failure, message, reach] = rule;
  return { ...failed(failure, message), ...(reach && { unreachable: true }) };
}

/** Where an answer departs from its schema: the path and the rule, never the value. */
export function describeMismatch({ issues }: ZodError): string {
  const [issue] = issues;
  if (!issue) return "The answer does not have the expected form.";
  const place = issue.path.length > 0 ? `at ${issue.path.join(".")}` : "at its top";
  return `The answer does not have the expected form ${place} (${issue.code}).`;
}

/** Node wraps the failures of several addresses in one AggregateError, undici wraps others in `cause` and gives its parser's none. */
function findCode(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 3) return "";
  if ("code" in error && typeof error.code === "string" && error.code !== "") return error.code;
  if (error.name === "HTTPParserError") return error.name;
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return findCode(inner, depth + 1);
}

function failed(failure: FailureClass, message: string): ProviderFailure {
  return { class: failure, message, httpStatus: null, retryAt: null };
}
