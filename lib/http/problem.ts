import { AppError, type ErrorCode, type FieldError } from "@/lib/errors";

/** RFC 9457. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  request_id: string;
  errors?: readonly FieldError[];
}

type ProblemKind = ErrorCode | "method_not_allowed" | "internal";

const KINDS = {
  bad_request: { status: 400, title: "Bad request" },
  unauthenticated: { status: 401, title: "Not signed in" },
  forbidden: { status: 403, title: "Not allowed" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  conflict: { status: 409, title: "Conflict" },
  too_large: { status: 413, title: "Too large" },
  unsupported_type: { status: 415, title: "Unsupported content type" },
  range_not_satisfiable: { status: 416, title: "No such part" },
  too_many_requests: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong" },
  unavailable: { status: 503, title: "Not available" },
} as const satisfies Record<ProblemKind, { status: number; title: string }>;

/**
 * The answer to anything thrown. Only an `AppError` speaks for itself; of all else the client learns a reference number,
 * so that no stack, secret or database message leaves the process.
 */
export function problemResponse(error: unknown, at: { instance: string; requestId: string }): Response {
  if (!(error instanceof AppError)) {
    return respond("internal", at, "The error has been logged. Its reference is the request id.");
  }
  const headers = new Headers();
  if (error.retryAfterSeconds !== null) headers.set("Retry-After", String(Math.ceil(error.retryAfterSeconds)));
  if (error.code === "unauthenticated") headers.set("WWW-Authenticate", 'Bearer realm="yagura"');
  return respond(error.code, at, error.message, { headers, errors: error.errors });
}

export function methodNotAllowedResponse(allow: string, at: { instance: string; requestId: string }): Response {
  const detail = `This address answers to ${allow}.`;
  return respond("method_not_allowed", at, detail, { headers: new Headers({ Allow: allow }) });
}

function respond(
  kind: ProblemKind,
  at: { instance: string; requestId: string },
  detail: string,
  extra: { headers?: Headers; errors?: readonly FieldError[] } = {},
): Response {
  const { status, title } = KINDS[kind];
  const problem: Problem = {
    type: `urn:yagura:problem:${kind.replaceAll("_", "-")}`,
    title,
    status,
    detail,
    instance: at.instance,
    request_id: at.requestId,
  };
  if (extra.errors && extra.errors.length > 0) problem.errors = extra.errors;
  const headers = extra.headers ?? new Headers();
  headers.set("Content-Type", "application/problem+json");
  headers.set("Cache-Control", "private, no-store");
  headers.set("X-Request-Id", at.requestId);
  headers.set("X-Content-Type-Options", "nosniff");
  return new Response(JSON.stringify(problem), { status, headers });
}
