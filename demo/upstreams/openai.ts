import type { OPENAI_MODELS } from "./model-names";
import { type Reply, replyJson } from "./reply";
import type { Call, Route } from "./route";
import type { ServiceId } from "./service-ids";
import type { Spelling, Upstream, UpstreamContext } from "./upstream";

type Models = typeof OPENAI_MODELS;

/** What makes one API of this kind different from the others. */
interface Dialect {
  id: ServiceId;
  name: string;
  basePath: string;
  models: Models;
  /** Null asks for none. */
  key: string | null;
  badKey(key: string): Reply;
  forbidden: Reply;
  quota?: Reply;
  /** An entry of the list. */
  toModel?(model: Models[number]): object;
}

interface ErrorBody {
  message: string;
  type: string;
  code: string | null;
}

/** An API that speaks OpenAI's (https://platform.openai.com/docs/api-reference/models), the part about models. */
export function createOpenAiApi(dialect: Dialect): Upstream {
  const { id, name, basePath, key } = dialect;
  const route = (path: string, handle: Route<UpstreamContext>["handle"]) =>
    ({ method: "GET", path: `${basePath}${path}`, handle }) as const;
  return {
    id,
    name,
    basePath,
    spelling: spelling(dialect),
    guard: (call) => (key === null ? null : guard(call, key, dialect)),
    routes: [
      route("/models", (call, { isEmpty }) => listModels(call, isEmpty ? [] : dialect.models, dialect.toModel)),
      route("/models/:id", (call) => getModel(call, dialect)),
    ],
  };
}

export function replyError(status: number, { message, type, code }: ErrorBody): Reply {
  return replyJson(status, { error: { message, type, param: null, code } });
}

function spelling({ badKey, forbidden, quota }: Dialect): Spelling {
  return {
    error: (status, message) => replyError(status, toError(status, message)),
    errorAsSuccess: () => replyError(200, toError(500, "The server had an error while processing your request.")),
    badKey: () => badKey("sk-of-somebody-else"),
    forbidden: () => forbidden,
    ...(quota && { quota: () => quota }),
    rateLimitHeaders: (after) => ({
      "retry-after": String(after),
      "x-ratelimit-limit-requests": "500",
      "x-ratelimit-remaining-requests": "0",
      "x-ratelimit-reset-requests": `${after}s`,
    }),
  };
}

function toError(status: number, message: string): ErrorBody {
  if (status === 429) return { message, type: "requests", code: "rate_limit_exceeded" };
  return { message, type: status >= 500 ? "server_error" : "invalid_request_error", code: null };
}

function guard(call: Call, key: string, { badKey }: Dialect): Reply | null {
  const [, given] = /^Bearer (\S+)$/.exec(call.headers.authorization ?? "") ?? [];
  if (given === key) return null;
  if (given !== undefined) return badKey(given);
  const message = "You didn't provide an API key: it goes into an Authorization header, with Bearer before it.";
  return replyError(401, { message, type: "invalid_request_error", code: null });
}

function listModels(call: Call, models: Models, toModel: Dialect["toModel"] = toUsualModel): Reply {
  const [unknown] = call.query.keys();
  if (unknown !== undefined) return replyError(400, toError(400, `Unrecognized request argument supplied: ${unknown}`));
  return replyJson(200, { object: "list", data: models.map(toModel) });
}

function getModel(call: Call, { models, toModel = toUsualModel }: Dialect): Reply {
  const model = models.find(({ id }) => id === call.params["id"]);
  if (model) return replyJson(200, toModel(model));
  const message = `The model '${call.params["id"]}' does not exist or you do not have access to it.`;
  return replyError(404, { message, type: "invalid_request_error", code: "model_not_found" });
}

function toUsualModel({ id, created, owner, ends }: Models[number]): object {
  return {
    id,
    object: "model",
    created: Date.parse(created) / 1000,
    owned_by: owner,
    ...(ends && { shutdown_date: ends }),
  };
}
