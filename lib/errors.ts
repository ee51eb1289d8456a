export const ERROR_CODES = [
  "bad_request",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "too_large",
  "unsupported_type",
  "range_not_satisfiable",
  "too_many_requests",
  "unavailable",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** `pointer` is a JSON pointer into the body, or the name of a query parameter behind `?`. */
export interface FieldError {
  pointer: string;
  message: string;
  code: string;
}

const BRAND: unique symbol = Symbol.for("yagura.AppError");

/** What a use case throws when it must refuse. `lib/http/problem.ts` maps the code to a status; the message is for people. */
export class AppError extends Error {
  readonly [BRAND] = true;

  /** By brand: pages, routes and instrumentation are bundled apart, and each has a class of its own. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: { errors?: readonly FieldError[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}
