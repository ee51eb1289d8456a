const CENSORED = "[redacted]";
const DEPTH_MAX = 6;

const SECRET_WORD =
  "(?:password|passwd|passphrase|pwd|secret|token|api[-_]?key|(?:instance|private|access|encryption)[-_]?key|credentials?|signature)";
const SECRET_NAME = new RegExp(`${SECRET_WORD}|authorization|cookie|^pass$`, "i");
const SECRET_HEADER = /^(?:proxy-)?authorization$|^(?:set-)?cookie$|^x-[\w-]*(?:key|token|secret)$/i;

/** What a secret looks like in a text, and what stays of it. The order matters: what names a secret goes before what only looks like one. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // User information of an address, up to the last @ before the path: a password may hold one itself.
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s"'?#]+@/gi, `$1${CENSORED}@`],
  // Headers as text: the whole value, which may have several parts.
  [/\b((?:proxy-)?authorization|(?:set-)?cookie)(["'\\]*\s*[:=]\s*)(?!\[redacted\])[^\r\n"']+/gi, `$1$2${CENSORED}`],
  // Parameters of an address, also in its fragment.
  [/([?&;#](?:[\w.-]*(?:key|token|secret|password|pass|auth|sig(?:nature)?))=)[^&#\s"']+/gi, `$1${CENSORED}`],
  // Fields of a form, of JSON in a text (escaped or not), of a header line: name, then = or :, then the value.
  [
    new RegExp(`\\b([\\w.-]*${SECRET_WORD}["'\\\\]*\\s*[:=]\\s*["'\\\\]*)(?!\\[redacted\\])[^\\s"'\\\\&,;}]+`, "gi"),
    `$1${CENSORED}`,
  ],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${CENSORED}`],
  // Keys and tokens known by their looks: our own API keys, OpenAI's and Anthropic's, Google's, JSON web tokens.
  [/\b(?:ygr_[A-Za-z0-9]+_|sk-(?:[a-z]+\d*-)*|AIza)[\w-]{6,}/g, CENSORED],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, CENSORED],
];

/** Text without credentials: in addresses, headers, forms and JSON, and keys that can be told by their looks. */
export function redactText(text: string): string {
  return PATTERNS.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);
}

/** A copy of a log record in which values under secret-looking names are censored and all texts are redacted. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof URL) return redactText(value.href);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  if (depth >= DEPTH_MAX) return "[deep]";
  if (Array.isArray(value)) return redactList(value, depth);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, hides(name, item) ? CENSORED : redact(item, depth + 1)]),
  );
}

/** Headers may come as a list of names and values in turn. */
function redactList(list: readonly unknown[], depth: number): unknown[] {
  return list.map((item, index) => {
    const before = list[index - 1];
    return typeof before === "string" && SECRET_HEADER.test(before) ? CENSORED : redact(item, depth + 1);
  });
}

function hides(name: string, item: unknown): boolean {
  return SECRET_NAME.test(name) && item !== null && item !== undefined && typeof item !== "boolean";
}

function redactError(error: Error, depth: number): unknown {
  return {
    type: error.name,
    message: redactText(error.message),
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    stack: redactText(error.stack ?? ""),
    ...(error.cause === undefined || depth >= DEPTH_MAX ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}
