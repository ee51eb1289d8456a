import { ANTHROPIC_MODELS } from "./model-names";
import { type Reply, replyJson } from "./reply";
import type { Call } from "./route";
import type { Spelling, Upstream } from "./upstream";

const PAGE = 20;
const LARGEST_PAGE = 1000;
const VERSIONS = ["2023-01-01", "2023-06-01"];

const TYPES: Readonly<Record<number, string>> = {
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  504: "timeout_error",
  529: "overloaded_error",
};

/** Anthropic's API, the part about models: https://platform.claude.com/docs/en/api/models/list */
export function createAnthropic(key: string): Upstream {
  return {
    id: "anthropic",
    name: "Anthropic",
    basePath: "/v1",
    spelling: spelling(),
    guard: (call) => guard(call, key),
    routes: [
      {
        method: "GET",
        path: "/v1/models",
        handle: (call, { isEmpty }) => listModels(call, isEmpty ? [] : ANTHROPIC_MODELS),
      },
      { method: "GET", path: "/v1/models/:id", handle: getModel },
    ],
  };
}

function spelling(): Spelling {
  return {
    error: (status, message) => replyError(status, message),
    errorAsSuccess: () => ({ ...replyError(500, "Internal server error"), status: 200 }),
    forbidden: () => replyError(403, "Your API key does not have permission to use the specified resource."),
    quota: () =>
      replyError(429, "Your organization has reached its monthly usage limit.", {
        details: { error_code: "enforced_spend_limit_reached" },
      }),
    overload: () => replyError(529, "Overloaded"),
    rateLimitHeaders: (after, until) => ({
      "retry-after": String(after),
      "anthropic-ratelimit-requests-limit": "50",
      "anthropic-ratelimit-requests-remaining": "0",
      "anthropic-ratelimit-requests-reset": new Date(until * 1000).toISOString(),
    }),
  };
}

function replyError(status: number, message: string, more: object = {}): Reply {
  const type = TYPES[status] ?? (status >= 500 ? "api_error" : "invalid_request_error");
  const id = "req_011CSHoEeqs5C35K2UUqR7Fy";
  return replyJson(status, { type: "error", error: { type, message, ...more }, request_id: id }, { "request-id": id });
}

function guard({ headers }: Call, key: string): Reply | null {
  const [given, version] = [headers["x-api-key"], headers["anthropic-version"]];
  if (!given) return replyError(401, "x-api-key header is required");
  if (given !== key) return replyError(401, "invalid x-api-key");
  if (!version) return replyError(400, "anthropic-version: header is required");
  return VERSIONS.includes(String(version))
    ? null
    : replyError(400, `anthropic-version: "${version}" is not a valid version`);
}

function listModels(call: Call, models: typeof ANTHROPIC_MODELS): Reply {
  const unknown = [...call.query.keys()].find((name) => !["limit", "after_id", "before_id"].includes(name));
  if (unknown !== undefined) return replyError(400, `${unknown}: Extra inputs are not permitted`);
  const limit = Number(call.query.get("limit") ?? PAGE);
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) {
    return replyError(400, `limit: Input should be a whole number from 1 to ${LARGEST_PAGE}`);
  }
  const [after, before] = [call.query.get("after_id"), call.query.get("before_id")];
  if (after !== null && before !== null) return replyError(400, "after_id and before_id cannot be used together");
  const place = models.findIndex(({ id }) => id === (after ?? before));
  if ((after ?? before) !== null && place < 0) return replyError(400, "No model has the id that the page begins at");
  const rest = before === null ? models.slice(place + 1) : models.slice(0, place);
  const shown = before === null ? rest.slice(0, limit) : rest.slice(-limit);
  const data = shown.map(toModel);
  return replyJson(200, {
    data,
    has_more: rest.length > shown.length,
    first_id: shown[0]?.id ?? null,
    last_id: shown.at(-1)?.id ?? null,
  });
}

function getModel(call: Call): Reply {
  const model = ANTHROPIC_MODELS.find(({ id }) => id === call.params["id"]);
  return model ? replyJson(200, toModel(model)) : replyError(404, `model: ${call.params["id"]}`);
}

function toModel({ id, name, created }: (typeof ANTHROPIC_MODELS)[number]): object {
  return { type: "model", id, display_name: name, created_at: `${created}T00:00:00Z` };
}
