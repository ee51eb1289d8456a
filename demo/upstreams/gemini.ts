import { GEMINI_MODELS } from "./model-names";
import { type Reply, replyJson } from "./reply";
import type { Call } from "./route";
import type { Spelling, Upstream } from "./upstream";

const PAGE = 50;
const LARGEST_PAGE = 1000;
const RPC = "type.googleapis.com/google.rpc";

const NAMES: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};

/** Google's Gemini API, the part about models: https://ai.google.dev/api/models */
export function createGemini(key: string): Upstream {
  return {
    id: "gemini",
    name: "Gemini",
    basePath: "/v1beta",
    spelling: spelling(),
    guard: (call) => guard(call, key),
    routes: [
      {
        method: "GET",
        path: "/v1beta/models",
        handle: (call, { isEmpty }) => listModels(call, isEmpty ? [] : GEMINI_MODELS),
      },
      { method: "GET", path: "/v1beta/models/:id", handle: getModel },
    ],
  };
}

function spelling(): Spelling {
  return {
    error: (status, message) => replyStatus(status, message),
    errorAsSuccess: () => ({ ...replyStatus(500, "An internal error has occurred."), status: 200 }),
    badKey: replyBadKey,
    forbidden: () => replyStatus(403, "Your project has been denied access."),
    throttled: (after) =>
      replyStatus(429, "You exceeded your current quota.", [
        ...exhausted("RequestsPerMinutePerProject"),
        retryAfter(after),
      ]),
    quota: () =>
      replyStatus(429, "You exceeded your current quota.", [
        ...exhausted("RequestsPerDayPerProject-FreeTier"),
        retryAfter(12),
      ]),
    rateLimitHeaders: () => ({}),
  };
}

function replyStatus(code: number, message: string, details: readonly object[] = []): Reply {
  const status = NAMES[code] ?? "UNKNOWN";
  return replyJson(code, { error: { code, message, status, ...(details.length > 0 && { details }) } });
}

function replyBadKey(): Reply {
  return replyStatus(400, "API key not valid. Please pass a valid API key.", [
    { "@type": `${RPC}.ErrorInfo`, reason: "API_KEY_INVALID", domain: "googleapis.com" },
  ]);
}

function exhausted(quota: string): object[] {
  return [{ "@type": `${RPC}.QuotaFailure`, violations: [{ quotaMetric: "requests", quotaId: `Generate${quota}` }] }];
}

/** In the body alone. */
function retryAfter(seconds: number): object {
  return { "@type": `${RPC}.RetryInfo`, retryDelay: `${seconds}s` };
}

/** The real one takes the key as a parameter too. */
function guard({ headers, query }: Call, key: string): Reply | null {
  const given = headers["x-goog-api-key"] ?? query.get("key");
  if (!given) return replyStatus(403, "Method doesn't allow unregistered callers.");
  return given === key ? null : replyBadKey();
}

function listModels(call: Call, models: typeof GEMINI_MODELS): Reply {
  const unknown = [...call.query.keys()].find((name) => !["pageSize", "pageToken", "key"].includes(name));
  if (unknown !== undefined) return replyStatus(400, `Unknown name "${unknown}": Cannot bind query parameter.`);
  const size = Number(call.query.get("pageSize") ?? PAGE);
  if (!Number.isInteger(size) || size < 0) return replyStatus(400, "Invalid value at 'page_size' (TYPE_INT32)");
  const token = Buffer.from(call.query.get("pageToken") ?? "", "base64url").toString();
  if (!/^\d*$/.test(token)) return replyStatus(400, "The page token is invalid.");
  const start = Number(token);
  const end = start + Math.min(size || PAGE, LARGEST_PAGE);
  return replyJson(200, {
    ...(models.length > 0 && { models: models.slice(start, end).map(toModel) }),
    ...(end < models.length && { nextPageToken: Buffer.from(String(end)).toString("base64url") }),
  });
}

function getModel(call: Call): Reply {
  const model = GEMINI_MODELS.find(({ id }) => id === call.params["id"]);
  return model
    ? replyJson(200, toModel(model))
    : replyStatus(404, `models/${call.params["id"]} is not found for API version v1beta.`);
}

/** The oldest has no description. */
function toModel({ id, name, methods, limits: [read, written] }: (typeof GEMINI_MODELS)[number]): object {
  return {
    name: `models/${id}`,
    version: "001",
    displayName: name,
    ...(id !== "aqa" && { description: `Stable release of ${name}` }),
    inputTokenLimit: read,
    outputTokenLimit: written,
    supportedGenerationMethods: methods,
  };
}
