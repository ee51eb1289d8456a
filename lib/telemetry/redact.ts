const SECRET_NAME = /(pass(word|wd)?|secret|token|api[-_]?key|apikey|authorization|cookie|credential|signature)/i;
const SECRET_PARAMETER = /([?&;](?:[\w.-]*(?:key|token|secret|password|pass|auth|sig(?:nature)?))=)[^&#\s"']+/gi;
const URL_USER_INFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s"'@]+@/gi;
const AUTHORIZATION = /\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi;
const OWN_API_KEY = /\bygr_[A-Za-z0-9]+_[A-Za-z0-9_-]+/g;
const CENSORED = "[redacted]";
const DEPTH_MAX = 6;

/** Text without credentials: user information and secret parameters of URLs, authorization values, our own API keys. */
export function redactText(text: string): string {
  return text
    .replace(URL_USER_INFO, `$1${CENSORED}@`)
    .replace(SECRET_PARAMETER, `$1${CENSORED}`)
    .replace(AUTHORIZATION, `$1 ${CENSORED}`)
    .replace(OWN_API_KEY, CENSORED);
}

/** A copy of a log record in which values under secret-looking names are censored and all texts are redacted. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (value instanceof Error) return redactError(value, depth);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  if (depth >= DEPTH_MAX) return "[deep]";
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, hides(name, item) ? CENSORED : redact(item, depth + 1)]),
  );
}

function hides(name: string, item: unknown): boolean {
  return SECRET_NAME.test(name) && item !== null && item !== undefined && typeof item !== "boolean";
}

function redactError(error: Error, depth: number): unknown {
  return {
    type: error.name,
    message: redactText(error.message),
    stack: redactText(error.stack ?? ""),
    ...(error.cause === undefined || depth >= DEPTH_MAX ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}
