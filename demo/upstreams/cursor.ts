import { CURSOR_MODELS } from "./model-names";
import { type Reply, replyJson } from "./reply";
import type { Call } from "./route";
import type { Spelling, Upstream } from "./upstream";

/** Cursor's Cloud Agents API, the parts about the key and the models: https://cursor.com/docs/cloud-agent/api/endpoints */
export function createCursor(key: string): Upstream {
  return {
    id: "cursor",
    name: "Cursor",
    basePath: "/v1",
    spelling: spelling(),
    guard: (call) => guard(call, key),
    routes: [
      {
        method: "GET",
        path: "/v1/me",
        handle: () =>
          replyJson(200, { apiKeyName: "Tower", createdAt: "2026-01-15T10:30:00Z", userEmail: "keeper@tower.example" }),
      },
      {
        method: "GET",
        path: "/v1/models",
        handle: (_, { isEmpty }) => replyJson(200, { models: isEmpty ? [] : CURSOR_MODELS }),
      },
    ],
  };
}

const CODES: Readonly<Record<number, string>> = {
  401: "unauthenticated",
  404: "not_found",
  429: "rate_limit_exceeded",
  500: "internal",
  503: "unavailable",
};

function spelling(): Spelling {
  return {
    error: (status, message) => replyError(status, CODES[status] ?? "error", message),
    errorAsSuccess: () => replyError(200, "internal", "Something went wrong"),
    forbidden: () =>
      replyError(403, "plan_required", "Cloud Agent is not available for free users. Please upgrade to Pro."),
    rateLimitHeaders: (after) => ({ "retry-after": String(after) }),
  };
}

function replyError(status: number, code: string, message: string): Reply {
  return replyJson(status, { error: { code, message } });
}

/** The key is the user's name, and the password empty. */
function guard({ headers }: Call, key: string): Reply | null {
  const expected = Buffer.from(`${key}:`).toString("base64");
  return headers.authorization === `Basic ${expected}` ? null : replyError(401, "unauthenticated", "Invalid API key");
}
